"""Printing what is told of files: of each when it is checked, or of all at the end, as the format has it."""

from __future__ import annotations

from enum import StrEnum

from extractor.checking.checked import CheckedFile
from extractor.errors import OutputError
from extractor.output.files import write_standard_output
from extractor.output.findings.formats import FINDINGS_FORMATS
from extractor.output.findings.statistics import counted
from rules.words import Language


class OutputFormat(StrEnum):
    """How findings are written: the names of the table of formats."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


class FindingsPrinter:
    """Prints what is told of files to standard output.

    Attributes:
        files: that were checked, in their order.

    Args:
        output_format: to print in.
        language: of the messages.
        is_full: whether rules that name one cell are each told by itself in any format.
        is_counted: whether only the number of findings of each rule is printed.
    """

    def __init__(
        self, output_format: OutputFormat, language: Language, *, is_full: bool, is_counted: bool
    ) -> None:
        self.files: list[CheckedFile] = []
        self._format = next(row for row in FINDINGS_FORMATS if row.name == output_format)
        self._write = (None if is_full else self._format.grouped) or self._format.write
        self._language = language
        self._is_counted = is_counted

    def begin(self) -> None:
        """Print what stands before all files.

        Raises:
            OutputError: if the rules are to be counted and the format has no such thing.
        """
        if self._is_counted and self._format.statistics is None:
            able = [row.name for row in FINDINGS_FORMATS if row.statistics is not None]
            raise OutputError(
                f"--statistics 不能写成 {self._format.name}。可用的格式：{'、'.join(able)}。",
                f"--statistics can't be written as {self._format.name}; there are {', '.join(able)}",
            )
        if not self._is_counted:
            self._print(self._format.head)

    def add(self, file: CheckedFile) -> None:
        """Print what is told of a file, if its format tells of each on its own."""
        self.files.append(file)
        if self._format.is_by_file and not self._is_counted:
            self._print(self._write([file], self._language))

    def end(self) -> None:
        """Print what is told of all files together."""
        if self._is_counted and self._format.statistics is not None:
            self._print(self._format.statistics(counted(self.files), self._language))
        elif not self._format.is_by_file:
            self._print(self._write(self.files, self._language))

    def _print(self, text: str) -> None:
        if text:
            write_standard_output(text.encode(errors="replace"), is_binary=False)
