"""``gongkai review``: a report to look at, the source beside its figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import FormOption, LangOption, PreviousOption
from extractor.forms import FormSet
from extractor.output.files import write_file
from extractor.pipeline import read_previous
from extractor.review.writing import reviewed


@with_model_options()
def review(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The report.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Write the page to this file.")],
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    *,
    options: ModelOptions,
) -> None:
    """Write a page that shows the report beside its figures, and what proves each of them.

    Exit status: 0 if the report could be read, whatever the verdict; 2 if not.
    """
    language = language_of(lang)
    with exit_on_error(language):
        forms = FormSet.from_files(form or ())
        with options.opened(language) as asking:
            before = read_previous(previous, forms) if previous is not None else None
            with exit_on_error(language, file):
                page = reviewed(Path(file), forms=forms, asking=asking, previous=before, language=language)
        write_file(output, page.encode(), Path(file))
        note(language, f"已写入 {output}", f"written to {output}")
