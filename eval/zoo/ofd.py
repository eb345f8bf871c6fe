"""Reports as OFD files (GB/T 33190), laid out here: what draws them can be had nowhere as a program.

Programs that write OFD differ in how they say the same thing. Chance chooses among their ways: a text object
a line or a character, the steps between characters or none, a transformation or none, lines that are drawn or
thin shapes that are filled, names with a prefix or without, a template with the page's foot or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from eval.zoo.reports import Report
from eval.zoo.sheets import HEIGHT, LEADING, MARGIN, RULE_WIDTH, WIDTH, Line, Page, Rule, length, pages_of

_SPACE = "http://www.ofdspec.org/2016"


def ofd_file(report: Report, rng: Random, *, borders: bool = True) -> bytes:
    """A report with its tables; merged cells are merged.

    Args:
        report: what it says.
        rng: chooses how the file says it.
        borders: whether the tables have lines.
    """
    return _written(pages_of(report, borders=borders), rng)


def _written(pages: Sequence[Page], rng: Random) -> bytes:
    prefix = rng.choice(("ofd:", ""))
    root = f'xmlns{":ofd" if prefix else ""}="{_SPACE}"'
    writer = _Writer(prefix, rng)
    has_template = rng.random() < 0.5
    base = rng.choice(("", "/Doc_0/"))
    listed = "".join(
        f'<{prefix}Page ID="{number + 1}" BaseLoc="{base}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    area = f"<{prefix}PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</{prefix}PhysicalBox>"
    template = f'<{prefix}TemplatePage ID="9001" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if has_template else ""
    common = (
        f"<{prefix}CommonData><{prefix}MaxUnitID>9999</{prefix}MaxUnitID><{prefix}PageArea>{area}"
        f"</{prefix}PageArea>{template}</{prefix}CommonData>"
    )
    files = {
        "OFD.xml": f'<{prefix}OFD {root} Version="1.0" DocType="OFD"><{prefix}DocBody><{prefix}DocRoot>'
        f"Doc_0/Document.xml</{prefix}DocRoot></{prefix}DocBody></{prefix}OFD>",
        "Doc_0/Document.xml": f"<{prefix}Document {root}>{common}<{prefix}Pages>{listed}</{prefix}Pages>"
        f"</{prefix}Document>",
    }
    if has_template:
        foot = writer.layer(Page([Line(MARGIN, HEIGHT - 8, 3, "政府信息公开工作年度报告")], []))
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = f"<{prefix}Page {root}>{foot}</{prefix}Page>"
    use = f'<{prefix}Template TemplateID="9001" ZOrder="Background"/>' if has_template else ""
    for number, page in enumerate(pages):
        content = f"{use}{writer.layer(page)}"
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<{prefix}Page {root}>{content}</{prefix}Page>"
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # Of a day that is always the same: the same seed gives the same file.
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return stream.getvalue()


class _Writer:
    """Writes objects in one of the ways of programs."""

    def __init__(self, prefix: str, rng: Random) -> None:
        self._prefix = prefix
        self._by_character = rng.random() < 0.3
        self._has_steps = rng.random() < 0.8
        self._scale = rng.choice((1.0, 1.0, 0.5))
        self._is_filled = rng.random() < 0.3
        self._number = 100

    def layer(self, page: Page) -> str:
        """The content of a page."""
        rules = "".join(map(self._rule, dict.fromkeys(page.rules)))
        texts = "".join(self._text(part) for text in page.texts for part in self._parts(text))
        layer = f'<{self._prefix}Layer ID="{self._next()}" Type="Body">{rules}{texts}</{self._prefix}Layer>'
        return f"<{self._prefix}Content>{layer}</{self._prefix}Content>"

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _parts(self, text: Line) -> Iterator[Line]:
        if not self._by_character:
            yield text
            return
        left = text.left
        for character in text.text:
            yield Line(left, text.base, text.size, character)
            left += length(character) * text.size

    def _text(self, text: Line) -> str:
        width, scale, prefix = length(text.text) * text.size, self._scale, self._prefix
        size, top = text.size, text.base - text.size
        steps = [f"{length(one) * size / scale:.4g}" for one in text.text[:-1]]
        if len(set(steps)) == 1 and len(steps) > 2:
            steps = ["g", str(len(steps)), steps[0]]
        delta = f' DeltaX="{" ".join(steps)}"' if steps and self._has_steps else ""
        matrix = f' CTM="{scale:g} 0 0 {scale:g} 0 0"' if scale != 1 else ""
        return (
            f'<{prefix}TextObject ID="{self._next()}" Boundary="{text.left:.3f} {top:.3f} {width:.3f} '
            f'{size * LEADING:.3f}" Font="1" Size="{size / scale:.4g}"{matrix}>'
            f'<{prefix}TextCode X="0" Y="{size / scale:.4g}"{delta}>{escape(text.text)}</{prefix}TextCode>'
            f"</{prefix}TextObject>"
        )

    def _rule(self, rule: Rule) -> str:
        prefix = self._prefix
        left, top, width, height = rule.x0, rule.y0, rule.x1 - rule.x0, rule.y1 - rule.y0
        wide, high = max(width, RULE_WIDTH), max(height, RULE_WIDTH)
        if self._is_filled:
            path, how = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C", "Fill"
            kind = 'Stroke="false" Fill="true"'
        else:
            path, how = f"M 0 0 L {width:.3f} {height:.3f}", "Stroke"
            kind = f'LineWidth="{RULE_WIDTH}"'
        return (
            f'<{prefix}PathObject ID="{self._next()}" Boundary="{left:.3f} {top:.3f} {wide:.3f} '
            f'{high:.3f}" {kind}><{prefix}{how}Color Value="0 0 0"/>'
            f"<{prefix}AbbreviatedData>{path}</{prefix}AbbreviatedData></{prefix}PathObject>"
        )
