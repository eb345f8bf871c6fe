"""A copy with comments: they stand at the wrong cells and sentences, and nothing else in it differs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn
from lxml import etree

from eval.gold.cases import load_case
from extractor.pipeline import read_reports
from tests.helpers.import_graph import ROOT
from tests.helpers.pdf_files import drawn
from tests.helpers.word_files import report
from tests.integration.commands.test_cli import run

HONGZE = ROOT / "eval" / "cases" / "hongze-2023" / "hongze-2023.pdf"
BLANK = ROOT / "eval" / "cases" / "form2021-blank" / "form2021-blank.docx"
COMMENT = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


def annotated(source: Path, *options: str) -> Path:
    """The copy that ``check`` writes beside a file."""
    target = source.with_name(f"marked{source.suffix}")
    status, _, err = run("check", str(source), "--annotate", str(target), "--lang", "zh", *options)
    assert status in (0, 1), err
    return target


def same_findings(source: Path, target: Path) -> bool:
    name = source.name
    read = [[one.extraction for one in read_reports(one.read_bytes(), name=name)] for one in (source, target)]
    return read[0] == read[1]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A Word file whose 予以公开·自然人 was typed 60 instead of 103; its sums tell."""
    path = tmp_path / "report.docx"
    document = docx.Document(BytesIO(report(load_case("luozhuang-2023"), merged=True)))
    (row,) = (row for table in document.tables for row in table.rows if "(一)予以公开" in row.cells[1].text)
    (run,) = (run for cell in row.cells if cell.text == "103" for run in cell.paragraphs[0].runs)
    run.text = "60"
    document.save(str(path))
    return path


# --- Word --------------------------------------------------------------------------------------------------


def marked_in(path: Path) -> dict[str, list[str]]:
    """What each comment stands at, by its text: of a cell, the figure."""
    document = docx.Document(str(path))
    found: dict[str, list[str]] = {}
    for comment in document.comments:
        (start,) = document.element.body.xpath(f"//w:commentRangeStart[@w:id='{comment.comment_id}']")
        (end,) = document.element.body.xpath(f"//w:commentRangeEnd[@w:id='{comment.comment_id}']")
        assert start.getparent() is end.getparent()
        between = [one for one in start.itersiblings() if one in list(end.itersiblings(preceding=True))]
        words = "".join(text.text or "" for one in between for text in one.iter(qn("w:t")))
        found.setdefault(comment.text, []).append(words)
    return found


def without_comments(root: Any) -> bytes:
    """The text's part as it was before: canonical, without what marks comments."""
    for name in COMMENT:
        for element in list(root.iter(qn(name))):
            # The run that refers to a comment is of it.
            whole = element.getparent() if name == COMMENT[2] else element
            whole.getparent().remove(whole)
    canonical: bytes = etree.tostring(root, method="c14n")
    return canonical


def parts_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same_but_for_comments(source: Path, target: Path) -> bool:
    before, after = parts_of(source), parts_of(target)
    told = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"}
    own = "word/document.xml"
    texts = [without_comments(etree.fromstring(parts[own])) for parts in (before, after)]
    others = before.keys() - told - {own}
    return texts[0] == texts[1] and {n: before[n] for n in others} == {
        n: data for n, data in after.items() if n not in told | {own}
    }


def test_a_comment_stands_at_the_wrong_cell(wrong: Path) -> None:
    target = annotated(wrong, "--select", "requests")
    (text,) = marked_in(target)
    assert marked_in(target)[text] == ["60"]
    assert text.startswith("表三“（一）予以公开”×自然人：")
    assert text.endswith("\nrequests-handled-total, requests-row-total")
    assert same_findings(wrong, target)
    assert same_but_for_comments(wrong, target)


def test_comments_stand_at_sentences_and_what_has_no_place_at_the_beginning(tmp_path: Path) -> None:
    source = tmp_path / BLANK.name
    source.write_bytes(BLANK.read_bytes())
    target = annotated(source)
    marked = marked_in(target)
    assert len(marked["文中留有待填写的“（文字描述）”。\ntemplate-left"]) == 2
    assert all("文字描述" in one for text, ones in marked.items() if "template-left" in text for one in ones)
    assert len([text for text in marked if "empty-table" in text]) == 3
    assert same_findings(source, target)
    assert same_but_for_comments(source, target)


def test_comments_that_are_there_stay_and_new_ones_have_numbers_of_their_own(wrong: Path) -> None:
    first = annotated(wrong, "--select", "requests").rename(wrong.with_name("first.docx"))
    document = docx.Document(str(annotated(first, "--select", "requests")))
    assert len({comment.comment_id for comment in document.comments}) == 2
    assert same_findings(wrong, annotated(first))


def test_the_same_file_gives_the_same_copy(wrong: Path) -> None:
    first = annotated(wrong).read_bytes()
    assert annotated(wrong).read_bytes() == first


def test_a_file_of_the_strict_variant_that_links_nothing_stays_strict(wrong: Path) -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    source = wrong.with_name("strict.docx")
    links = "word/_rels/document.xml.rels"
    with ZipFile(source, "w") as archive:
        for name, data in parts_of(wrong).items():
            if name != links:
                archive.writestr(name, data.replace(usual, strict))
    target = annotated(source)
    after = parts_of(target)
    for name in ("word/document.xml", "word/comments.xml"):
        assert strict in after[name]
        assert usual not in after[name]
    assert b"comments.xml" in after[links]
    assert same_findings(source, target)


# --- PDF ---------------------------------------------------------------------------------------------------


def highlights(path: Path) -> Iterator[tuple[int, str, str]]:
    """Of every comment its page, its words, and what it stands over."""
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
            size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            words = (ctypes.c_ushort * (size // 2))()
            pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", words, size)
            points = pdfium.FS_QUADPOINTSF()
            over = ""
            if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, 0, points):
                over = page.get_textpage().get_text_bounded(points.x3, points.y3, points.x2, points.y2)
            yield number + 1, bytes(words).decode("utf-16-le").rstrip("\0"), over.strip()
            pdfium.FPDFPage_CloseAnnot(annotation)


def test_highlights_stand_over_the_wrong_figures_of_a_pdf(tmp_path: Path) -> None:
    """On page 4 the totals 0 and 0; the second may be right if 5 is wrong."""
    source = tmp_path / HONGZE.name
    source.write_bytes(HONGZE.read_bytes())
    target = annotated(source)
    found = list(highlights(target))
    assert [(page, over) for page, _, over in found] == [(4, "0"), (4, "0"), (4, "5")]
    assert found[0][1].startswith("表四“行政复议”×总计：“行政复议”的总计为0")
    assert found[1][1] == found[2][1]
    # All that is new stands behind the file as it was.
    assert target.read_bytes().startswith(HONGZE.read_bytes())
    assert same_findings(source, target)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_highlights_of_a_turned_page_stand_over_what_they_mean(tmp_path: Path, turns: int) -> None:
    from extractor.annotating.note import Note
    from extractor.annotating.pdf import annotated_pdf
    from extractor.documents.pdf.reader import read_pdf
    from extractor.documents.source import Source

    def lines(canvas: Any) -> None:
        canvas.setPageRotation(turns)
        for row in range(20):
            canvas.drawString(100, 700 - 20 * row, f"figure {row} of the page")
        canvas.showPage()

    source = Source(drawn(lines), "page.pdf")
    document = read_pdf(source)
    places = tuple(one for start, end, one in document.located if "figure 7" in document.text[start:end])
    (tmp_path / "marked.pdf").write_bytes(annotated_pdf(source, [Note("看", None, "", places)]))
    ((_, words, over),) = highlights(tmp_path / "marked.pdf")
    assert (words, over) == ("看", "figure 7 of the page")


# --- the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "copy", "told"),
    [
        (["report.html"], "b.html", "gongkai review report.html"),
        (["report.txt"], "b.docx", "gongkai review report.txt"),
        (["-"], "b.docx", "neither DOCX nor PDF"),
        (["a.docx"], "b.pdf", "must end in .docx"),
        (["a.docx", "b.docx"], "c.docx", "one by one"),
    ],
)
def test_a_copy_that_cannot_be_is_refused_before_anything_is_read(
    files: list[str], copy: str, told: str
) -> None:
    status, out, err = run("check", *files, "--annotate", copy, "--lang", "en")
    assert (status, out) == (2, "")
    assert told in err
    assert "can't read" not in err


def test_the_report_itself_is_not_written_over(wrong: Path) -> None:
    before = wrong.read_bytes()
    status, _, err = run("check", str(wrong), "--annotate", str(wrong), "--lang", "en")
    assert status == 2
    assert "is the report itself" in err
    assert wrong.read_bytes() == before


def test_only_what_is_told_is_commented(wrong: Path) -> None:
    (text,) = marked_in(annotated(wrong, "--select", "requests-row-total"))
    assert text.endswith("\nrequests-row-total")
    assert marked_in(annotated(wrong, "--select", "disputes")) == {}
