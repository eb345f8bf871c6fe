"""The layouts of the zoo: MESS of real pages, each by itself, in every format that is read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from eval.zoo.damage import Damage
from eval.zoo.generation import Layout as TextLayout
from eval.zoo.programs import Program
from eval.zoo.reports import Recipe, Zero
from eval.zoo.tables import Shape


class Kind(StrEnum):
    """Of what kind a layout's files are, which is also how many of them are made."""

    TEXT = "text"
    HTML = "HTML"
    WORD = "Word"
    OFFICE = "office"
    OFD = "OFD"
    PDF = "PDF"
    SCAN = "scan"
    PICTURE = "picture"


class Layout(StrEnum):
    """What a document of the zoo looks like."""

    TEXT_PIPE_AFTER = "text-pipe-after"
    TEXT_CELL_A_LINE = "text-cell-a-line"
    TEXT_PARAGRAPHS = "text-paragraphs"
    TEXT_PIPES = "text-pipes"
    TEXT_TABS = "text-tabs"
    TEXT_BLANKS = "text-blanks"
    TEXT_TORN = "text-torn"
    TEXT_GBK = "text-gbk"
    TEXT_MERGED_LEFT = "text-merged-left"
    TEXT_MERGED_REPEATED = "text-merged-repeated"
    TEXT_ZERO_BLANK = "text-zero-blank"
    TEXT_ZERO_MARK = "text-zero-mark"
    TEXT_SHIFTED = "text-shifted"
    TEXT_HEADER_LOST = "text-header-lost"
    TEXT_LABELS_BROKEN = "text-labels-broken"
    TEXT_LABELS_CUT = "text-labels-cut"
    TEXT_FLAT = "text-flat"
    TEXT_LISTS = "text-lists"
    TEXT_APART = "text-apart"
    TEXT_LAID_OUT = "text-laid-out"
    TEXT_WRAPPED = "text-wrapped"
    TEXT_DRAWN = "text-drawn"
    HTML_MERGED = "html-merged"
    HTML_MERGED_LEFT = "html-merged-left"
    HTML_MERGED_REPEATED = "html-merged-repeated"
    HTML_MERGED_DROPPED = "html-merged-dropped"
    HTML_ONE_COLUMN = "html-one-column"
    HTML_PARAGRAPHS = "html-paragraphs"
    HTML_SITE = "html-site"
    HTML_GBK = "html-gbk"
    HTML_ZERO_BLANK = "html-zero-blank"
    HTML_ZERO_MARK = "html-zero-mark"
    HTML_SHIFTED = "html-shifted"
    HTML_HEADER_LOST = "html-header-lost"
    HTML_LABELS_BROKEN = "html-labels-broken"
    HTML_LABELS_CUT = "html-labels-cut"
    WORD_MERGED = "word-merged"
    WORD_MERGED_LEFT = "word-merged-left"
    WORD_PARAGRAPHS = "word-paragraphs"
    WORD_ZERO_BLANK = "word-zero-blank"
    WORD_LABELS_BROKEN = "word-labels-broken"
    OFFICE_DOC = "doc"
    OFFICE_RTF = "rtf"
    OFFICE_ODT = "odt"
    OFD_LINES = "ofd"
    OFD_PLAIN = "ofd-no-lines"
    PDF_BROWSER = "pdf-browser"
    PDF_BROWSER_PLAIN = "pdf-browser-no-lines"
    PDF_BROWSER_BREAKS = "pdf-browser-breaks"
    PDF_OFFICE = "pdf-office"
    PDF_OFFICE_PLAIN = "pdf-office-no-lines"
    PDF_OFFICE_BREAKS = "pdf-office-breaks"
    SCAN_150 = "scan-150"
    SCAN_200 = "scan-200"
    SCAN_100 = "scan-100"
    SCAN_300 = "scan-300"
    SCAN_ASKEW = "scan-askew"
    SCAN_COARSE = "scan-jpeg-30"
    SCAN_SMALL = "scan-small-print"
    SCAN_PLAIN = "scan-no-lines"
    SCAN_FAINT = "scan-faint-lines"
    SCAN_STAMP = "scan-stamp"
    SCAN_MARGIN = "scan-scribbles"
    SCAN_PHOTO = "scan-photograph"
    SCAN_FAX = "scan-fax"
    SCAN_BANDS = "scan-dark-bands"
    SCAN_SCREEN = "scan-screenshot"

    @property
    def kind(self) -> Kind:
        """Of what kind its files are."""
        return LAYOUTS[self].kind


class About(NamedTuple):
    """What there is to know of a layout.

    Attributes:
        title: in English and Chinese, for tables.
        recipe: what its reports are like.
        text: which layout of the generator of texts it is, if it is one of those.
        needs: what must be installed to make its documents.
    """

    kind: Kind
    title: tuple[str, str]
    recipe: Recipe = Recipe()
    text: TextLayout | None = None
    needs: tuple[Program, ...] = ()


# How many documents `make zoo` has of each layout.
COUNTS = {
    Kind.TEXT: 2000,
    Kind.HTML: 2000,
    Kind.WORD: 2000,
    Kind.OFFICE: 50,
    Kind.OFD: 500,
    Kind.PDF: 200,
    Kind.SCAN: 100,
    Kind.PICTURE: 50,
}
_FLAT = (Shape.FLAT, Shape.LEFT)
_ALL = (Shape.MERGED, Shape.FLAT, Shape.LEFT, Shape.DROPPED)
_UNMERGED = (Shape.FLAT, Shape.LEFT, Shape.DROPPED)
_LINES = (Shape.MERGED,)
_PRINTED, _BLANK, _MARK = (Zero.PRINTED,), (Zero.BLANK,), (Zero.MARK,)
_BROWSER = (Program.BROWSER, Program.DRIVER, Program.FONT)
_OFFICE = (Program.OFFICE, Program.FONT)


def _text(en: str, zh: str, recipe: Recipe = Recipe(), text: TextLayout | None = None) -> About:  # noqa: B008 - a tuple
    return About(Kind.TEXT, (en, zh), recipe, text)


def _picture(en: str, zh: str) -> About:
    return About(Kind.PICTURE, (en, zh), needs=_BROWSER)


def _html(en: str, zh: str, recipe: Recipe) -> About:
    return About(Kind.HTML, (en, zh), recipe)


LAYOUTS: Mapping[Layout, About] = {
    Layout.TEXT_PIPE_AFTER: _text(
        "a cell a line, pipe after", "每行一格，后有竖线", text=TextLayout.PIPE_AFTER
    ),
    Layout.TEXT_CELL_A_LINE: _text("a cell a line", "每行一格", text=TextLayout.PLAIN),
    Layout.TEXT_PARAGRAPHS: _text("a paragraph a cell", "每段一格", text=TextLayout.PARAGRAPHS),
    Layout.TEXT_PIPES: _text("pipes", "竖线分隔", text=TextLayout.PIPES),
    Layout.TEXT_TABS: _text("tabs", "制表符分隔", text=TextLayout.TABS),
    Layout.TEXT_BLANKS: _text("runs of blanks", "空格分隔", text=TextLayout.BLANKS),
    Layout.TEXT_TORN: _text("figures torn from labels", "数值与标签分离", text=TextLayout.TORN),
    Layout.TEXT_GBK: _text("GBK bytes", "GBK 编码"),
    Layout.TEXT_MERGED_LEFT: _text("merged cells left blank", "合并格留空", Recipe(_FLAT)),
    Layout.TEXT_MERGED_REPEATED: _text("merged cells repeated", "合并格重复", Recipe((Shape.REPEATED,))),
    Layout.TEXT_ZERO_BLANK: _text("blanks for zero", "零留空", Recipe(_UNMERGED, _BLANK)),
    Layout.TEXT_ZERO_MARK: _text("marks for zero", "零作符号", Recipe(_UNMERGED, _MARK)),
    Layout.TEXT_SHIFTED: _text("shifted rows", "行左移", Recipe(_FLAT, damage=Damage.SHIFTED)),
    Layout.TEXT_HEADER_LOST: _text("lost header lines", "表头缺行", Recipe(_UNMERGED, damage=Damage.HEADER)),
    Layout.TEXT_LABELS_BROKEN: _text(
        "labels broken over lines", "标签断行", Recipe(_LINES, _PRINTED, Damage.BROKEN)
    ),
    Layout.TEXT_LABELS_CUT: _text("labels cut over rows", "标签跨行截断", Recipe(_FLAT, damage=Damage.CUT)),
    Layout.TEXT_FLAT: _text("a table in one paragraph", "整表一段", Recipe(_LINES, _PRINTED)),
    Layout.TEXT_LISTS: _text("figures in lists", "数值以逗号等连写", Recipe(_LINES, _PRINTED)),
    Layout.TEXT_APART: _text("labels and figures apart", "标签与数值分为两块", Recipe(_LINES, _PRINTED)),
    Layout.TEXT_LAID_OUT: _text("the look of a page kept", "保留版面位置", Recipe(_FLAT, _PRINTED)),
    Layout.TEXT_WRAPPED: _text("narrow cells side by side", "窄格断行并排", Recipe(_LINES, _PRINTED)),
    Layout.TEXT_DRAWN: _text("lines drawn by characters", "字符画线", Recipe(_FLAT, _PRINTED)),
    Layout.HTML_MERGED: _html("merged cells", "合并单元格", Recipe()),
    Layout.HTML_MERGED_LEFT: _html("merged cells left blank", "合并格留空", Recipe(_FLAT)),
    Layout.HTML_MERGED_REPEATED: _html("merged cells repeated", "合并格重复", Recipe((Shape.REPEATED,))),
    Layout.HTML_MERGED_DROPPED: _html("merged cells dropped", "合并格丢失", Recipe((Shape.DROPPED,))),
    Layout.HTML_ONE_COLUMN: _html("a table of one column", "单列表格", Recipe(_LINES, _PRINTED)),
    Layout.HTML_PARAGRAPHS: _html("a paragraph or line a cell", "每段或每行一格", Recipe(_LINES, _PRINTED)),
    Layout.HTML_SITE: _html("a site around the report", "整站页面", Recipe(tuple(Shape))),
    Layout.HTML_GBK: _html("GBK bytes, wrong charset", "GBK 编码，字符集有误", Recipe(tuple(Shape))),
    Layout.HTML_ZERO_BLANK: _html("blanks for zero", "零留空", Recipe(_ALL, _BLANK)),
    Layout.HTML_ZERO_MARK: _html("marks for zero", "零作符号", Recipe(_ALL, _MARK)),
    Layout.HTML_SHIFTED: _html("shifted rows", "行左移", Recipe(_FLAT, damage=Damage.SHIFTED)),
    Layout.HTML_HEADER_LOST: _html("lost header lines", "表头缺行", Recipe(_UNMERGED, damage=Damage.HEADER)),
    Layout.HTML_LABELS_BROKEN: _html(
        "labels broken over lines", "标签断行", Recipe(_ALL, damage=Damage.BROKEN)
    ),
    Layout.HTML_LABELS_CUT: _html("labels cut over rows", "标签跨行截断", Recipe(_FLAT, damage=Damage.CUT)),
    Layout.WORD_MERGED: About(Kind.WORD, ("merged cells", "合并单元格")),
    Layout.WORD_MERGED_LEFT: About(Kind.WORD, ("merged cells left blank", "合并格留空"), Recipe(_FLAT)),
    Layout.WORD_PARAGRAPHS: About(Kind.WORD, ("a paragraph a cell", "每段一格"), Recipe(_LINES, _PRINTED)),
    Layout.WORD_ZERO_BLANK: About(Kind.WORD, ("blanks for zero", "零留空"), Recipe(_ALL, _BLANK)),
    Layout.WORD_LABELS_BROKEN: About(
        Kind.WORD, ("labels broken over lines", "标签断行"), Recipe(_ALL, damage=Damage.BROKEN)
    ),
    Layout.OFFICE_DOC: About(Kind.OFFICE, ("DOC", "DOC"), needs=_OFFICE),
    Layout.OFFICE_RTF: About(Kind.OFFICE, ("RTF", "RTF"), needs=_OFFICE),
    Layout.OFFICE_ODT: About(Kind.OFFICE, ("ODT", "ODT"), needs=_OFFICE),
    Layout.OFD_LINES: About(Kind.OFD, ("OFD, lines", "OFD，有框线")),
    Layout.OFD_PLAIN: About(Kind.OFD, ("OFD, no lines", "OFD，无框线")),
    Layout.PDF_BROWSER: About(Kind.PDF, ("by a browser, lines", "浏览器打印，有框线"), needs=_BROWSER),
    Layout.PDF_BROWSER_PLAIN: About(
        Kind.PDF, ("by a browser, no lines", "浏览器打印，无框线"), needs=_BROWSER
    ),
    Layout.PDF_BROWSER_BREAKS: About(
        Kind.PDF, ("by a browser, page breaks", "浏览器打印，多处分页"), needs=_BROWSER
    ),
    Layout.PDF_OFFICE: About(Kind.PDF, ("by LibreOffice, lines", "LibreOffice 导出，有框线"), needs=_OFFICE),
    Layout.PDF_OFFICE_PLAIN: About(
        Kind.PDF, ("by LibreOffice, no lines", "LibreOffice 导出，无框线"), needs=_OFFICE
    ),
    Layout.PDF_OFFICE_BREAKS: About(
        Kind.PDF, ("by LibreOffice, page breaks", "LibreOffice 导出，多处分页"), needs=_OFFICE
    ),
    Layout.SCAN_150: About(Kind.SCAN, ("150 dots an inch", "每英寸 150 点"), needs=_BROWSER),
    Layout.SCAN_200: About(Kind.SCAN, ("200 dots an inch", "每英寸 200 点"), needs=_BROWSER),
    Layout.SCAN_100: _picture("100 dots an inch", "每英寸 100 点"),
    Layout.SCAN_300: _picture("300 dots an inch", "每英寸 300 点"),
    Layout.SCAN_ASKEW: _picture("up to 5° askew", "倾斜至 5°"),
    Layout.SCAN_COARSE: _picture("JPEG of quality 30", "JPEG 质量 30"),
    Layout.SCAN_SMALL: About(Kind.PICTURE, ("7 points, by LibreOffice", "7 磅，LibreOffice"), needs=_OFFICE),
    Layout.SCAN_PLAIN: _picture("no lines", "无框线"),
    Layout.SCAN_FAINT: _picture("faint, dotted or dashed lines", "框线浅、点线或虚线"),
    Layout.SCAN_STAMP: _picture("a red seal over the text", "盖有红章"),
    Layout.SCAN_MARGIN: _picture("strokes of a pen in the margins", "页边有笔迹"),
    Layout.SCAN_PHOTO: _picture("photographs", "手机拍照"),
    Layout.SCAN_FAX: _picture("fax", "传真"),
    Layout.SCAN_BANDS: _picture("light text on dark bands", "深底白字的表头"),
    Layout.SCAN_SCREEN: _picture("screenshots, 96 dots an inch", "屏幕截图，每英寸 96 点"),
}
