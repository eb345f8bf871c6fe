"""The copy with comments that ``check`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.checking.checked import CheckedFile
from extractor.commands.language import count, note
from extractor.errors import InputError
from extractor.pipeline import ReadReport
from rules.words import Language


class AnnotatedCopy:
    """A copy of the one report that is checked, with what is told of it as comments.

    Args:
        path: of the copy; None if none is wanted.
        files: that are to be checked.

    Raises:
        InputError: if there can be none of these.
    """

    def __init__(self, path: Path | None, files: Sequence[str]) -> None:
        self._path = path
        if path is None:
            return
        from extractor.annotating.copy import refuse_copy

        if len(files) > 1:
            raise InputError(
                "--annotate 只能与一份报告同用。请逐份检查。",
                "--annotate goes with one report only; check them one by one",
            )
        refuse_copy(files[0], path)

    def write(self, reports: Sequence[ReadReport], checked: CheckedFile, language: Language) -> None:
        """Write the copy, if one is wanted and the file could be read.

        Args:
            reports: in the file.
            checked: the file, with what is told of it.
            language: of the comments.

        Raises:
            InputError: if the file isn't of the format that its name ends in.
            OutputError: if the copy can't be written.
        """
        if self._path is None or not reports:
            return
        from extractor.annotating.copy import annotated
        from extractor.documents.source import Source, read_file
        from extractor.output.files import write_file

        source = Source(read_file(checked.path), checked.path)
        write_file(self._path, annotated(source, reports, checked.told, language), Path(checked.path))
        told = len(checked.told)
        note(
            language,
            f"已写入 {self._path}：{told} 个问题写作批注",
            f"written to {self._path}: {count(told, 'finding')} as comments",
        )
