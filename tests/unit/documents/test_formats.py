"""The table of formats, and what is opened by it: pictures are read only where tables are missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.documents import opening
from extractor.documents.document import Document
from extractor.documents.formats import ARCHIVE, FORMATS, Format, format_of
from extractor.documents.opening import Judge, open_document
from extractor.documents.plain.text import read_text
from extractor.documents.source import MOST_PICTURES, Pictures, Source
from extractor.errors import UnknownFormatError
from tests.helpers.packages import archive

NEVER = Judge(lacks_tables=lambda _: False, likeness=lambda _: 0)
ALWAYS = Judge(lacks_tables=lambda _: True, likeness=lambda _: 0)


def test_every_file_has_a_format() -> None:
    assert [one.name for one in FORMATS if one.begins(Source(b"", "x"))] == ["text"]
    assert FORMATS[-1].begins(Source(bytes(range(256)), "x"))


def test_the_first_row_that_fits_is_taken() -> None:
    source = Source(archive({"[Content_Types].xml": "", "word/document.xml": "", "xl/a.xml": ""}), "x")
    fitting = [one.name for one in FORMATS if one.begins(source)]
    assert fitting == ["DOCX", "spreadsheet", "other package", "ZIP", "text"]
    assert format_of(source).name == "DOCX"


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    with pytest.raises(UnknownFormatError, match="is an archive inside an archive"):
        ARCHIVE.read(Source(archive({"a.txt": b"x"}), "内.zip"))


def test_as_many_pictures_are_admitted_as_there_is_room_for() -> None:
    pictures = Pictures(2)
    assert [pictures.admit() for _ in range(4)] == [True, True, False, False]
    assert pictures.unread == 2
    assert not Pictures().admit()


class Album:
    """A format whose files show three pictures and one that is elsewhere."""

    def __init__(self) -> None:
        self.admitted: list[int] = []

    def read(self, source: Source) -> Document:
        assert source.pictures is not None
        self.admitted.append(sum(source.pictures.admit() for _ in range(3)))
        source.pictures.elsewhere += 1
        return read_text(source)


@pytest.fixture
def album(monkeypatch: pytest.MonkeyPatch) -> Album:
    album = Album()
    row = Format("album", lambda source: source.data.startswith(b"album"), album.read)
    monkeypatch.setattr(opening, "format_of", lambda source: row if row.begins(source) else FORMATS[-1])
    monkeypatch.setattr(opening, "is_installed", lambda: True)
    return album


def test_pictures_are_counted_where_the_tables_are_there(album: Album) -> None:
    document = open_document(Source(b"album", "x"), NEVER)
    assert (document.unread_pictures, document.pictures_elsewhere) == (3, 1)
    assert album.admitted == [0]


def test_pictures_are_read_where_tables_are_missing(album: Album) -> None:
    document = open_document(Source(b"album", "x"), ALWAYS)
    assert (document.unread_pictures, document.pictures_elsewhere) == (0, 1)
    assert album.admitted == [0, 3]
    assert MOST_PICTURES > 3


def test_pictures_are_not_asked_for_without_what_reads_them(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "is_installed", lambda: False)
    assert open_document(Source(b"album", "x"), ALWAYS).unread_pictures == 3
    assert album.admitted == [0]


def test_what_is_embedded_goes_by_the_name_of_its_file() -> None:
    part = Source(b"x", "报告.docx", Pictures()).part(b"y")
    assert (part.data, part.name, part.pictures) == (b"y", "报告.docx", None)
    # What is kept of an archive isn't handed on to other bytes.
    whole = Source(archive({"a": b"1"}), "x")
    assert list(whole.archive) == ["a"]
    assert list(replace(whole, data=archive({"b": b"1"})).archive) == ["b"]
