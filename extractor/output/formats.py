"""The table of output formats; a format is a row here and a writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeAlias

from extractor.errors import OutputError
from extractor.extras import how_to_install
from extractor.output.presentation import Presentation
from extractor.output.tidy import to_csv, to_json
from extractor.pipeline import ReadReport

Writer: TypeAlias = Callable[[Sequence[ReadReport], Presentation], bytes]


class OutputFormat(NamedTuple):
    """A format that results are written in.

    Attributes:
        name: that ``--to`` has for it.
        endings: of the names of its files, in small letters, with the dot.
        is_binary: whether its bytes are no text; the bytes of a text are UTF-8.
        write: makes the bytes of results.
        needs: the package that it takes besides gongkai, which the extra ``tables`` installs; None if none.
    """

    name: str
    endings: tuple[str, ...]
    is_binary: bool
    write: Writer
    needs: str | None = None

    def required(self) -> OutputFormat:
        """The same.

        Raises:
            OutputError: if the package isn't installed that it takes.
        """
        if self.needs is not None and find_spec(self.needs) is None:
            how = how_to_install("tables")
            raise OutputError(
                f"写 {self.name} 需要可选的 {self.needs}：{how.zh}，然后再试。",
                f"to write {self.name} takes the optional {self.needs}: {how.en}, and try again",
            )
        return self


def _to_text(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    from extractor.output.text import (
        to_text,  # what draws tables takes longer to import than a report to read
    )

    return to_text(reports, presentation)


def _to_xlsx(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    from extractor.output.tables.workbook import to_xlsx  # so does what writes workbooks

    return to_xlsx(reports, presentation)


def _to_parquet(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    from extractor.output.tables.parquet import to_parquet  # an extra of the package

    return to_parquet(reports, presentation)


FORMATS = (
    OutputFormat("text", (".txt",), is_binary=False, write=_to_text),
    OutputFormat("json", (".json", ".jsonl"), is_binary=False, write=to_json),
    OutputFormat("csv", (".csv",), is_binary=False, write=to_csv),
    OutputFormat("xlsx", (".xlsx",), is_binary=True, write=_to_xlsx),
    OutputFormat("parquet", (".parquet",), is_binary=True, write=_to_parquet, needs="pyarrow"),
)
# Of standard output, and of a file whose name has no ending.
DEFAULT_FORMAT = FORMATS[0]


def format_of_ending(path: Path) -> OutputFormat:
    """The format of a file by the ending of its name; text if it has none.

    Raises:
        OutputError: if no format has this ending.
    """
    ending = path.suffix.lower()
    if not ending:
        return DEFAULT_FORMAT
    for output_format in FORMATS:
        if ending in output_format.endings:
            return output_format
    endings = [ending for output_format in FORMATS for ending in output_format.endings]
    raise OutputError(
        f"无法写入 {path}：没有后缀为 {path.suffix} 的输出格式。可用的后缀：{'、'.join(endings)}；"
        "也可用 --to 指定格式。",
        f"can't write {path}: no output format has the ending {path.suffix}; "
        f"there are {', '.join(endings)}, or name a format with --to",
    )
