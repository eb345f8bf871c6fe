"""Form files: drafted from reports, looked at, told apart: ``gongkai form``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of, note
from extractor.commands.on_demand import APPEARANCE
from extractor.commands.options import LangOption
from extractor.output.files import write_file, write_standard_output
from rules.words import Bilingual, Language

if TYPE_CHECKING:  # checking a report starts without them
    from rules.form import Form, Row

form_commands = typer.Typer(
    name="form",
    help="Draft a form of reports that no form describes, look at one, tell two apart.",
    no_args_is_help=True,
    **APPEARANCE,
)

_HEADINGS = Bilingual(zh="地址\t标签\t单位\t属于\t其他写法", en="address\tlabel\tunit\tpart of\tvariants")
_RULES = Bilingual(zh="规则\t级别\t内容\t依据", en="rule\tseverity\texpression\tcitation")
_CHANGES = {
    "added": Bilingual(zh="新增", en="added"),
    "gone": Bilingual(zh="删除", en="gone"),
    "renamed": Bilingual(zh="改名", en="renamed"),
    "moved": Bilingual(zh="改编号", en="moved"),
    "changed": Bilingual(zh="修改", en="changed"),
}
_KINDS = {
    "row": Bilingual(zh="行", en="row"),
    "column": Bilingual(zh="栏", en="column"),
    "rule": Bilingual(zh="规则", en="rule"),
}


@form_commands.command("draft")
def draft(
    files: Annotated[list[Path], typer.Argument(help="Reports on the same form, the more the better.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the form there.  [default: standard output]")
    ] = None,
    family: Annotated[
        str | None, typer.Option("--family", help="What to call the form.  [default: the name of the output]")
    ] = None,
    edition: Annotated[str, typer.Option("--edition", help="Which edition of it.")] = "1",
    lang: LangOption = None,
) -> None:
    """Draft a form file from reports, for a person to correct.

    Rows and columns are those of any of the reports, with the wordings that were seen; a sum that they state
    becomes a rule if it holds in several independent places, and says in how many, and where it doesn't.

    Exit status: 0; 2 if a report can't be read or has no table.
    """
    language = language_of(lang)
    with exit_on_error(language):
        from extractor.drafting.drafting import draft_form

        name = family or (output.stem if output is not None else "draft")
        text = draft_form(files, family=name, edition=edition)
        if output is None:
            write_standard_output(text.encode(), is_binary=False)
            return
        write_file(output, text.encode(), None)
        note(
            language,
            f"已写入 {output}。请逐行核对，用 gongkai form check {output} 查看，"
            f"以 --form {output} 读取报告。",
            f"written to {output}: correct it, look at it with gongkai form check {output}, and read "
            f"reports by it with --form {output}",
        )


@form_commands.command("check")
def check_form(
    file: Annotated[Path, typer.Argument(help="A form file.")],
    lang: LangOption = None,
) -> None:
    """Validate a form file and show it as a table: a row a line, then its rules.

    Exit status: 0; 2 if it has a mistake, which is told with its line.
    """
    language = language_of(lang)
    with exit_on_error(language):
        from extractor.forms import load_form_file

        form = load_form_file(file)
        write_standard_output(
            "".join(f"{line}\n" for line in _shown(form, language)).encode(), is_binary=False
        )


@form_commands.command("diff")
def diff_forms(
    before: Annotated[Path, typer.Argument(help="A form file.")],
    after: Annotated[Path, typer.Argument(help="Another edition of it.")],
    lang: LangOption = None,
) -> None:
    """Tell two editions of a form apart: rows and columns added, renamed, moved, gone; rules that changed.

    Exit status: 0 if nothing differs; 1 if anything does; 2 if one can't be read.
    """
    language = language_of(lang)
    with exit_on_error(language):
        from extractor.drafting.comparing import differences
        from extractor.forms import load_form_file

        found = list(differences(load_form_file(before), load_form_file(after)))
        for one in found:
            words = " → ".join(filter(None, (one.before, one.after)))
            change, what = _CHANGES[one.change].in_language(language), _KINDS[one.what].in_language(language)
            sys.stdout.write(f"{change}\t{what}\t{one.id}\t{words}\n")
    raise typer.Exit(1 if found else 0)


def _shown(form: Form, language: Language) -> list[str]:
    """A form as lines of cells with tabs between them."""
    lines = [f"{form.title.in_language(language)} {form.family} {form.edition}", ""]
    for table in form.tables:
        for block in table.blocks:
            columns = [f"{column.id} {column.label}" for column in block.columns]
            lines += [
                f"{table.title.in_language(language)}: {', '.join(columns)}",
                _HEADINGS.in_language(language),
            ]
            lines += ["\t".join(_row(table.id, row)) for row in block.rows]
            lines.append("")
    lines.append(_RULES.in_language(language))
    lines += [f"{rule.id}\t{rule.severity}\t{rule.expression}\t{rule.citation}" for rule in form.rules]
    return lines


def _row(table: str, row: Row) -> list[str]:
    label = f"{row.number or ''}{row.label}"
    optional = " ?" if row.optional else ""
    return [
        f"{table}.{row.id}{optional}",
        label,
        row.unit or "",
        row.within or row.under or "",
        "、".join(row.variants),
    ]
