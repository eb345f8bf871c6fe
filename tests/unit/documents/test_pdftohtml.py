"""Pages that pdftohtml wrote: their words are read from where they are placed."""

from __future__ import annotations

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.formats import format_of
from extractor.documents.source import Source

ROWS = [
    ("信息内容", "制发件数", "废止件数"),
    ("规章", "12", "3"),
    ("规范性文件", "0", "45"),
    ("总计", "12", "48"),
]
LEFTS = (90, 300, 420)


def words(left: int, top: int, text: str, font: str = "ft10") -> str:
    """A piece of a line."""
    place = f"position:absolute;top:{top}px;left:{left}px;white-space:nowrap"
    return f'<p style="{place}" class="{font}">{text}</p>\n'


def page(body: str = "", style: str = "") -> str:
    """A file with a table whose columns are written one after the other."""
    columns = "".join(
        words(left, 100 + 30 * row, cells[column])
        for column, left in enumerate(LEFTS)
        for row, cells in enumerate(ROWS)
    )
    return (
        '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="" xml:lang="">\n'
        "<head>\n<title>a</title>\n"
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>\n'
        '<meta name="generator" content="pdftohtml 0.36"/>\n</head>\n<body bgcolor="#A0A0A0">\n'
        "<!-- Page 1 -->\n"
        '<a name="1"></a>\n<style type="text/css">\n<!--\n\tp {margin: 0; padding: 0;}'
        "\t.ft10{font-size:16px;font-family:AAAAAA+Song;color:#000000;}\n"
        f"\t.ft11{{font-size:16px;line-height:20px;font-family:Song;color:#ffffff;}}\n{style}-->\n</style>\n"
        f'<div id="page1-div" style="position:relative;width:892px;height:1262px;">\n{columns}{body}</div>\n'
        "</body>\n</html>\n"
    )


def text_of(file: str) -> str:
    """What a file says."""
    source = Source(file.encode(), "a.html")
    kind = format_of(source)
    assert kind.name == "HTML of pdftohtml"
    return kind.read(source).text


TABLE = "".join("\t".join(cells) + "\n" for cells in ROWS)


def test_rows_are_read_by_their_places() -> None:
    assert text_of(page()) == TABLE


def test_words_on_several_lines_and_in_other_styles() -> None:
    more = words(90, 300, "<b>本年度</b>没有收到<br/>申请，也没有<i>收费</i>&#160;。")
    assert "本年度没有收到申请，也没有收费 。".replace(" ", "") in text_of(page(more)).replace(
        " ", ""
    ).replace("\n", "")


def test_light_words_may_not_be_seen() -> None:
    told = text_of(page(words(540, 130, "77", "ft11")))
    assert "77" not in told
    assert UNREADABLE in told


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>99</p>", ""),
        (words(540, 130, "<s>99</s>"), ""),
        (words(540, 130, "99").replace("white-space", "display:none;white-space"), ""),
        ("", "\t.ft12{display:none}\n"),
        ("<script>alert(1)</script>", ""),
    ],
    ids=["another element", "struck", "another style", "another rule", "a script"],
)
def test_what_that_program_does_not_write_is_read_as_any_page(body: str, style: str) -> None:
    assert text_of(page(body, style)) != TABLE
    assert "\t" not in text_of(page(body, style))
