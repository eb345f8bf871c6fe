"""The copy of a report with comments on what is told of it: the table of formats that have these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from extractor.annotating.note import Note, notes_of
from extractor.checking.checked import ToldFinding
from extractor.documents.formats import format_of
from extractor.documents.source import Source
from extractor.errors import InputError
from extractor.pipeline import ReadReport
from rules.words import Language

_Annotates: TypeAlias = Callable[[Source, Sequence[Note]], bytes]


def annotated(
    source: Source, reports: Sequence[ReadReport], told: Sequence[ToldFinding], language: Language
) -> bytes:
    """The bytes of a copy with a comment for each wrong cell or sentence; nothing else in it differs.

    Args:
        source: the file.
        reports: in it.
        told: what is told of it.
        language: of the comments.

    Raises:
        InputError: if files of its format have no comments that gongkai can write.
        OutputError: if the copy can't be made.
    """
    kind = format_of(source).name
    if kind not in _FORMATS:
        raise _has_no_comments(source.name)
    return _FORMATS[kind](source, list(notes_of(reports, told, language)))


def refuse_copy(source: str, copy: Path) -> None:
    """Refuse a copy whose name promises another format than its source's, before anything is read.

    Args:
        source: what was given to be checked.
        copy: the path of the copy.

    Raises:
        InputError: if no copy of it can have that name.
    """
    ending, wanted = Path(source).suffix.lower(), copy.suffix.lower()
    if ending not in _ENDINGS:
        raise _has_no_comments(source)
    if wanted != ending:
        raise InputError(
            f"{copy} 的扩展名须与报告相同（{ending}）。", f"{copy} must end in {ending}, as the report does"
        )


def _has_no_comments(name: str) -> InputError:
    return InputError(
        f"{name} 不是 DOCX 或 PDF，无法写入批注。请用 gongkai review {name} -o page.html 写出查看页面；"
        "旧版 Word 文件可先另存为 docx。",
        f"{name} is neither DOCX nor PDF, and takes no comments; write a page to look at with "
        f"gongkai review {name} -o page.html, or save an old Word file as docx first",
    )


def _word(source: Source, notes: Sequence[Note]) -> bytes:
    from extractor.annotating.word import annotated_docx  # its modules are of no use to the others

    return annotated_docx(source, notes)


def _pdf(source: Source, notes: Sequence[Note]) -> bytes:
    from extractor.annotating.pdf import annotated_pdf

    return annotated_pdf(source, notes)


_FORMATS: Mapping[str, _Annotates] = {"DOCX": _word, "PDF": _pdf}
_ENDINGS = (".docx", ".pdf")
