"""What isn't simply printed, outside of tables: figures in paragraphs, rows in lines, sentences."""

import pytest

from extractor.documents.document import UNREADABLE, Document
from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from extractor.documents.word.docx import read_docx
from tests.helpers.packages import word

U = UNREADABLE


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def read(page: str) -> Document:
    return read_html(Source(page.encode(), "page"))


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("<del>20</del>", U),
        ("<del>7</del>20", "20"),
        ("20 <s>7</s>", "20"),
        ("20<sup>1</sup>", "20"),
        ("20<sup>注</sup>", "20"),
        ("20<span style='font-size:3px'>1</span>", f"20{U}"),
        ("<span style='color:#fff'>20</span>", U),
        ("<bdo dir=rtl>20</bdo>", U),
        ("20<a href='#fn1'>1</a>", f"20{U}1"),
        ("<img src=a.png alt=20>", U),
        ("<input value=20>", U),
        ("<style>b::before{content:'3'}</style><b>20</b>", f"20{U}"),
        # Nothing says that these are figures.
        ("<img src=a.png>前", "前"),
        ("<del>规章</del>", "规章"),
        ("<style>b::before{content:'•'}</style><b>规章</b>", "规章"),
    ],
)
def test_a_paragraph_that_is_a_cell(paragraph: str, text: str) -> None:
    assert read(f"<p>前</p><p>{paragraph}</p><p>后</p>").text.split("\n")[1] == text


@pytest.mark.parametrize("between", [" ", "\t", " | ", "&nbsp;&nbsp;"])
def test_a_line_that_is_a_row(between: str) -> None:
    cells = ["<del>3</del>20", "1<sup>2</sup>", "<del>5</del>", "<img src=a.png>", "0", "21"]
    (line,) = read(f"<pre>{between.join(cells)}</pre>").text.splitlines()
    assert line.replace("|", " ").split() == ["20", "1", U, U, "0", "21"]


def test_remarks_stand_at_the_cells_of_a_line() -> None:
    document = read("<p>前</p><pre>\t行政许可\t<del>3</del>20\t1<sup>9</sup></pre>")
    line = document.text.index("行")
    assert document.remarks_at(document.text.index("20")) == ("struck: 3",)
    assert document.remarks_at(document.text.index("1", line)) == ("note: 9",)
    assert document.remarks_at(line) == ()


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("收到<s>15</s>16件", "收到 16件"),
        ("收到 <s>15</s>16 件", "收到 16 件"),
        ("收到<s>15</s>件", f"收到 {U} 件"),
        ("<s>收到15件。</s>收到16件", f"收到{U}件。 收到16件"),
        ("收到16<sup>1</sup>件", "收到16 件"),
        ("收到16<span style='font-size:3px'>1</span>件", f"收到16{U}件"),
        ("<del>1.规章</del>", "1.规章"),
        ("<del>（1）规章</del>", "（1）规章"),
        ("行政许可<del>1,532</del>", f"行政许可 {U}"),
    ],
)
def test_a_figure_in_words(sentence: str, text: str) -> None:
    assert read(f"<p>{sentence}</p>").text == f"{text}\n"


def test_paragraphs_of_word() -> None:
    struck = "<w:strike/>"
    body = f"<w:p>{run('20', struck)}</w:p><w:p>{run('7', struck)}{run('21')}</w:p>"
    document = read_docx(Source(word(body), "report.docx"))
    assert document.text == f"{U}\n21\n"
    assert document.remarks_at(document.text.index("21")) == ("struck: 7",)
