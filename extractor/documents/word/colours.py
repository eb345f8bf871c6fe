"""The colours of a Word file, which its theme may name, and the theme's fonts."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from typing import NamedTuple

from docx.oxml.ns import qn

from extractor.documents.word.ooxml import VALUE, Element

# Of drawings there are two variants, as of texts.
_DRAWING = "{*}"
_EFFECTS = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_BYTE = re.compile(r"[0-9A-Fa-f]{1,2}")
_WHOLE = 100_000
WHITE, BLACK = "FFFFFF", "000000"
# Those of Office, for a file without a theme.
_OFFICE = {
    "dk1": BLACK,
    "lt1": WHITE,
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
# What texts call them, unless the file's settings say otherwise, and drawings.
_MAPPED = {"background1": "light1", "text1": "dark1", "background2": "light2", "text2": "dark2"}
_SETTINGS = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
_SHORT = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_DRAWN = {"bg1": "background1", "tx1": "text1", "bg2": "background2", "tx2": "text2"}
_HIGHLIGHTS = {
    "black": BLACK,
    "white": WHITE,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
_PATTERN = re.compile(r"pct(\d{1,2})")


class Ink(NamedTuple):
    """A colour, as six hexadecimal digits, and which part of what is behind it is seen through it."""

    colour: str
    transparency: float

    def on(self, behind: str) -> str:
        """The colour that is seen where this one is laid on another."""
        return _mixed(behind, self.colour, self.transparency)


class Colours:
    """Tells which colours a file means.

    Args:
        theme: the part with its named colours and fonts; None without.
        settings: the part that says which of them are those of text and page; None without.
    """

    def __init__(self, theme: Element | None, settings: Element | None) -> None:
        schemes = [*theme.iter(f"{_DRAWING}clrScheme")] if theme is not None else []
        self._scheme: dict[str, str] = _OFFICE | {
            _name(one): colour
            for scheme in schemes[:1]
            for one in scheme
            for inner in one
            if _HEX.fullmatch(colour := inner.get("lastClr") or inner.get("val", ""))
        }
        mapping = settings.find(qn("w:clrSchemeMapping")) if settings is not None else None
        self._mapped = _MAPPED | {
            name: mapping.get(qn(f"w:{short}"), _MAPPED[name])
            for name, short in _SETTINGS.items()
            if mapping is not None
        }
        self._fonts: dict[str, str] = {
            kind: latin.get("typeface", "")
            for kind in ("major", "minor")
            for font in (theme.iter(f"{_DRAWING}{kind}Font") if theme is not None else ())
            for latin in font.findall(f"{_DRAWING}latin")
        }

    def text(self, colour: Element | None) -> str | None:
        """The colour that an element of a text's look states; None for the usual one, always seen."""
        if colour is None:
            return None
        return self._stated(colour, VALUE, ("themeColor", "themeTint", "themeShade"))

    def shading(self, shading: Element | None) -> tuple[str, ...]:
        """The colours that a shading lays behind a text; none where it lays none."""
        pattern = shading.get(VALUE, "clear") if shading is not None else "nil"
        if pattern == "nil":
            return ()
        names = ("themeFill", "themeFillTint", "themeFillShade")
        fill = self._stated(shading, qn("w:fill"), names)
        if pattern == "clear":
            return () if fill is None else (fill,)
        names = ("themeColor", "themeTint", "themeShade")
        colour = self._stated(shading, qn("w:color"), names) or BLACK
        if pattern == "solid":
            return (colour,)
        dots = _PATTERN.fullmatch(pattern)
        return (_mixed(colour, fill or WHITE, int(dots[1]) / 100),) if dots else (colour, fill or WHITE)

    def highlight(self, highlight: Element | None) -> tuple[str, ...]:
        """The colour of a text marker; none without."""
        name = highlight.get(VALUE, "") if highlight is not None else ""
        return (_HIGHLIGHTS[name],) if name in _HIGHLIGHTS else ()

    def inks(self, fill: Element) -> tuple[Ink, ...] | None:
        """The inks of a text that is filled as drawings are.

        Args:
            fill: a ``textFill``, or what else is filled in such a way.

        Returns:
            Those of a colour or of a run of colours; () where it has no filling, None where it isn't known.
        """
        kinds = {_name(one): one for one in fill}
        if "noFill" in kinds:
            return ()
        found = [ink for kind in kinds.values() for ink in self._inks_in(kind)]
        return tuple(found) if found and not kinds.keys() - {"solidFill", "gradFill"} else None

    def font(self, name: str) -> str:
        """The font for Latin letters and digits that a theme's name of one stands for."""
        return self._fonts.get(name[:5], "")

    def _inks_in(self, fill: Element) -> list[Ink]:
        inks = []
        for one in fill.iter(f"{_EFFECTS}srgbClr", f"{_EFFECTS}schemeClr"):
            name = one.get(f"{_EFFECTS}val", "")
            colour = name if _HEX.fullmatch(name) else self._named(_DRAWN.get(name, name))
            inks.append(_changed(colour or BLACK, one))
        return inks

    def _stated(self, element: Element, plain: str, names: tuple[str, str, str]) -> str | None:
        """A colour that an element states by the theme's name for it, which holds, or by its digits."""
        named, tint, shade = (element.get(qn(f"w:{name}")) for name in names)
        colour = self._named(named) if named is not None else None
        if colour is None:
            # Some programs write colours as web pages have them.
            plainly = str(element.get(plain, "")).removeprefix("#")
            plainly = _HIGHLIGHTS.get(plainly, plainly)
            return plainly if _HEX.fullmatch(plainly) else None
        for share, to_white in ((tint, True), (shade, False)):
            if share is not None and _BYTE.fullmatch(share):
                part = int(share, 16) / 255
                colour = _lightened(colour, part, 1 - part if to_white else 0)
        return colour

    def _named(self, name: str) -> str | None:
        name = self._mapped.get(name, name)
        return self._scheme.get(_SHORT.get(name, name))


def is_same(one: str, other: str, most: int) -> bool:
    """Whether two colours differ by no more than that, in 255 parts of red, green and blue."""
    return all(abs(a - b) <= most for a, b in zip(_parts(one), _parts(other), strict=True))


def _name(element: Element) -> str:
    """The name of an element, without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _changed(colour: str, element: Element) -> Ink:
    """A colour of a drawing with what its element says more of it."""
    transparency = 0.0
    for one in element:
        kind = _name(one)
        value = one.get(f"{_EFFECTS}val", "")
        part = int(value) / _WHOLE if re.fullmatch(r"\d{1,7}", value) else 1.0
        if kind == "alpha":
            transparency = min(part, 1.0)
        elif kind in ("lumMod", "shade"):
            colour = _lightened(colour, part, 0)
        elif kind == "lumOff":
            colour = _lightened(colour, 1, part)
        elif kind == "tint":
            colour = _lightened(colour, part, 1 - part)
    return Ink(colour, transparency)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return red, green, blue


def _written(parts: tuple[float, ...]) -> str:
    return "".join(f"{min(255, max(0, round(part))):02X}" for part in parts)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour of which that share is the one, the rest the other."""
    both = zip(_parts(one), _parts(other), strict=True)
    return _written(tuple(a * share + b * (1 - share) for a, b in both))


def _lightened(colour: str, part: float, more: float) -> str:
    """A colour with that part of its lightness, and more of it."""
    red, green, blue = (part / 255 for part in _parts(colour))
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    lighter = hls_to_rgb(hue, min(1.0, lightness * part + more), saturation)
    return _written(tuple(255 * one for one in lighter))
