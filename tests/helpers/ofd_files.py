"""OFD files, object by object."""

from __future__ import annotations

from collections.abc import Mapping

from tests.helpers.packages import archive

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(
    words: str, x: float, y: float, *, size: float = 4, attributes: str = "", code: str = "", inside: str = ""
) -> str:
    """A text object whose first character stands at a place in millimetres."""
    width = max(1.0, len(words) * size)
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} {width} {size * 1.4}" Font="1" Size="{size}" '
        f'{attributes}>{inside}<ofd:TextCode X="0" Y="{size}" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, boundary: str = "0 0 210 297", attributes: str = "", inside: str = "") -> str:
    """A path object."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" {attributes}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def filled(left: float, top: float, right: float, bottom: float, colour: str, alpha: int = 255) -> str:
    """A rectangle in a colour."""
    return path(
        f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} C",
        attributes='Stroke="false" Fill="true"',
        inside=f'<ofd:FillColor Value="{colour}" Alpha="{alpha}"/>',
    )


def layer(*objects: str, attributes: str = "") -> str:
    """A layer."""
    return f'<ofd:Layer ID="3" {attributes}>{"".join(objects)}</ofd:Layer>'


def page(*layers: str, before: str = "") -> str:
    """The content of a page."""
    return f"<ofd:Page {_SPACE}>{before}<ofd:Content>{''.join(layers)}</ofd:Content></ofd:Page>"


def ofd(
    *pages: str, common: str = "", after: str = "", files: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A file with these pages.

    Args:
        pages: their contents.
        common: what stands in the document before the pages.
        after: what stands behind them.
        files: more files.
    """
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number in range(1, len(pages) + 1)
    )
    return archive(
        {
            "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
            f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>{after}</ofd:Document>",
            **{f"Doc_0/Pages/{number}.xml": one for number, one in enumerate(pages, 1)},
            **(files or {}),
        }
    )
