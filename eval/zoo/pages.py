"""Reports as web pages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from random import Random

from eval.zoo.reports import Report, Section, lines_of
from eval.zoo.tables import Beside, Cell, Look, Rows

_HEAD = "<!DOCTYPE html>\n<html><head>{charset}<title>{title}</title>{style}</head>\n<body>\n"
_END = "</body></html>\n"
_UTF8 = '<meta charset="utf-8">'
# What sites stand around a report; nothing of it is of the report, though there are figures in it.
_MENU = (
    "首页",
    "政务公开",
    "政府信息公开年报",
    "网上办事",
    "互动交流",
    "2019年",
    "2020年",
    "2021年",
    "总计 128 篇",
)
_SCRIPT = "<script>var total = 157; document.write('<td>9</td>');</script><style>td {padding: 2px}</style>"
_FOOT = (
    "主办单位：临江县人民政府办公室　网站标识码：3204820001　苏公网安备 32048202000231号",
    "您是第 1284673 位访问者　今日访问 316",
)

_OF_CLASS = ' class="old"'
# What stands around a piece that is seen in another way.
_LOOKS = {
    Look.STRUCK: ('<span style="text-decoration: line-through">', "</span>"),
    Look.RAISED: ("<sup>", "</sup>"),
    Look.HIDDEN: ('<span style="display:none">', "</span>"),
    Look.HIDDEN_BY_CLASS: (f"<span{_OF_CLASS}>", "</span>"),
    Look.TINY: ('<span style="font-size:0">', "</span>"),
    # Else the browser prints it in grey, so that it can be seen.
    Look.SAME_COLOUR: ('<span style="color:#ffffff;print-color-adjust:exact">', "</span>"),
    Look.IMAGE: ('<img src="', '.png">'),
    Look.INPUT: ('<input type="text" value="', '">'),
    Look.HIDDEN_ROW: ("", ""),
    Look.BY_SHEET: ('<span class="said" data-words="', '"></span>'),
    Look.CHOSEN: ("<select><option>请选择</option><option selected>", "</option></select>"),
    Look.SVG: ('<svg width="400" height="24"><text x="0" y="18">', "</text></svg>"),
    Look.FRAME: ('<iframe width="400" height="40" srcdoc="', '"></iframe>'),
    Look.WATERMARK: (
        '<div style="position:fixed;top:40%;left:10%;font-size:80px;opacity:.25;transform:rotate(-30deg)">',
        "</div>",
    ),
}
# What a style sheet says of pieces that are hidden by their class.
HIDING = ".old {display: none} "
# What it says of words that it puts on the page itself.
SAYING = ".said::before {content: attr(data-words)} "


def merged_page(report: Report, rng: Random) -> bytes:
    """A page of its own, with tables as they are; merged cells are merged."""
    body = _paragraphs(report.before) + _tables(report, rng) + _paragraphs(report.after)
    return _document(report.before[0], body).encode()


def one_column_page(report: Report, rng: Random) -> bytes:
    """A page whose tables have one column, and a cell of the report in each of their rows."""
    cells = "".join(f"<tr><td>{_text(line)}</td></tr>\n" for line in lines_of(report))
    border = rng.choice(("", ' border="1"', ' width="100%" cellpadding="0"'))
    return _document(report.before[0], f"<table{border}>\n{cells}</table>\n").encode()


def paragraph_page(report: Report, rng: Random) -> bytes:
    """A page with a paragraph, or a line, for each cell."""
    end = rng.choice(("p", "div", "br"))
    lines = (_text(line) for line in lines_of(report))
    body = "".join(f"{line}<br>\n" if end == "br" else f"<{end}>{line}</{end}>\n" for line in lines)
    return _document(report.before[0], body).encode()


def site_page(report: Report, rng: Random) -> bytes:
    """A page of a site: the report in a cell of a table, or in a block, between menus."""
    body = _paragraphs(report.before[1:]) + _tables(report, rng) + _paragraphs(report.after)
    title = report.before[0]
    menu = "".join(f'<li><a href="#{i}">{word}</a></li>' for i, word in enumerate(_MENU))
    hidden = f"<table><tr><td>规章</td><td>{rng.randint(1, 99)}</td></tr></table>"
    visits = f"浏览次数：{rng.randint(10, 9999)}次"
    date = f"<div>发布日期：{rng.randint(2020, 2026)}-01-{rng.randint(10, 31)}　{visits}</div>"
    content = f"<h1>{title}</h1>\n{date}\n<div style='display:none'>{hidden}</div>\n{body}"
    if rng.random() < 0.5:
        content = (
            f'<table width="100%"><tr><td width="200"><ul>{menu}</ul></td>\n<td>{content}</td></tr>\n'
            f'<tr><td colspan="2">{"<br>".join(_FOOT)}</td></tr></table>'
        )
    else:
        foot = "".join(f"<p>{line}</p>" for line in _FOOT)
        content = f"<nav><ul>{menu}</ul></nav>\n<div class='content'>{content}</div>\n<footer>{foot}</footer>"
    return _document(title, _SCRIPT + content).encode()


def gbk_page(report: Report, rng: Random) -> bytes:
    """A page in GBK, or in GB18030, that declares the right charset, a wrong one or none."""
    body = _paragraphs(report.before) + _tables(report, rng) + _paragraphs(report.after)
    name = rng.choice(("gb2312", "gbk", "utf-8", "iso-8859-1", ""))
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' if name else ""
    return _document(report.before[0], body, charset=charset).encode(rng.choice(("gbk", "gb18030")))


def printable_page(report: Report, style: str) -> str:
    """A page to be printed.

    Args:
        report: what it says.
        style: a style sheet.
    """
    tables = "".join(_section(section, "") for section in report.sections)
    before = f"<p>{escape(report.before[0])}{_besides(report.beside)}</p>\n" + _paragraphs(report.before[1:])
    stamps = _besides(one for one in report.on_pages if one.look is Look.WATERMARK)
    body = stamps + before + tables + _paragraphs(report.after)
    return _document(report.before[0], body, style=f"<style>{style}</style>")


def _document(title: str, body: str, charset: str = _UTF8, style: str = "") -> str:
    return _HEAD.format(charset=charset, title=escape(title), style=style) + body + _END


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def _tables(report: Report, rng: Random) -> str:
    wrap = rng.choice(("", "p", "span", "div"))
    return "".join(_section(section, wrap) for section in report.sections)


def _section(section: Section, wrap: str) -> str:
    tables = "".join(_table(table, wrap) for table in section.tables)
    heading = f"<p>{escape(section.heading)}{_besides(section.beside)}</p>\n"
    return heading + _paragraphs(section.above) + tables + _paragraphs(section.below)


def _table(table: Rows, wrap: str) -> str:
    """A table, the text of each cell in an element of its own, if one is named."""
    before, after = (f"<{wrap}>", f"</{wrap}>") if wrap else ("", "")
    rows = []
    for row in table:
        cells = []
        for cell in row:
            spans = f' colspan="{cell.right}"' if cell.right > 1 else ""
            spans += f' rowspan="{cell.down}"' if cell.down > 1 else ""
            # Editors put a blank where there would be nothing to see of the cell's border.
            text = _content(cell) or ("&nbsp;" if wrap else "")
            cells.append(f"<td{spans}>{before}{text}{after}</td>")
        is_hidden = all(cell.look is Look.HIDDEN_ROW for cell in row)
        rows.append(f"<tr{_OF_CLASS if is_hidden and row else ''}>{''.join(cells)}</tr>\n")
    return f'<table border="1">\n{"".join(rows)}</table>\n'


def _content(cell: Cell) -> str:
    """Everything in a cell, seen and unseen."""
    before, after = (
        _besides(one for one in cell.beside if one.is_before is is_before) for is_before in (True, False)
    )
    return before + (_looking(cell.text, cell.look) if cell.look else _text(cell.text)) + after


def _besides(besides: Iterable[Beside]) -> str:
    return "".join(_looking(one.text, one.look) for one in besides)


def _looking(text: str, look: Look) -> str:
    before, after = _LOOKS[look]
    return f"{before}{_text(text)}{after}"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
