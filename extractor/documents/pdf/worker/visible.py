"""What a person sees of the text of a page, and what stands there besides.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from extractor.documents.pdf.worker.annotations import Annotation, annotations_of
from extractor.documents.pdf.worker.boxes import Box, around_all, holds, middle, overlap
from extractor.documents.pdf.worker.calls import address_of
from extractor.documents.pdf.worker.figures import Odd, odd_glyphs
from extractor.documents.pdf.worker.glyphs import REPLACEMENT, Frame, Glyphs, objects_of
from extractor.documents.pdf.worker.marks import Replaced
from extractor.documents.pdf.worker.painting import Painted
from extractor.documents.pdf.worker.sight import COVERED, HIDDEN, SHOWN, Sight

# Points. Two glyphs whose places differ by no more are one glyph that was painted twice.
_SAME_PLACE = 1.0
# So many text objects that lie upon each other are looked at one by one.
_MOST_ALONE = 20
# Hidden or covered glyphs of which so many stand on a page are told: no table has more.
_MOST_TOLD = 5000
# Points. Glyphs whose middles are farther apart don't lie upon each other.
_NEAR = 30.0
_OF_FIGURES = "0123456789.,-+%"
_BLANK = frozenset(map(ord, " \t\r\n\u00a0\u3000"))


class Aside(NamedTuple):
    """What stands on a page besides the text that is seen.

    Attributes:
        kind: ``hidden``, ``struck``, ``reversed`` of characters; ``overlay``, ``control``, ``picture`` of
            what isn't text; ``drawing`` of what may be one.
        text: the characters, or what is said of it.
        box: where, in page coordinates.
    """

    kind: str
    text: str
    box: Box


class _Text(NamedTuple):
    """The glyphs of a page.

    Attributes:
        frame: the part of the page that is shown.
        glyphs: in page coordinates.
        handles: the text object of each.
        objects: where that is; it tells objects from each other.
    """

    frame: Frame
    glyphs: Glyphs
    handles: list[Any]
    objects: list[int]


def seen(
    page: Any, text: Any, frame: Frame, painted: Painted, own: Sequence[int], glyphs: Glyphs, usual: int
) -> tuple[Glyphs, list[Aside]]:
    """The glyphs that are seen, and what stands besides.

    Args:
        page: the page.
        text: PDFium's text of it.
        frame: the part of it that is shown.
        painted: what is painted on it.
        own: the numbers of its glyphs in that text.
        glyphs: the glyphs.
        usual: by how many quarter turns most of them are turned.
    """
    notes = annotations_of(page)
    asides = [Aside(kind, "", box) for kind, box in painted.sights]
    asides += [Aside(*note) for note in notes if note.kind != "struck"]
    odd = odd_glyphs(text, own, glyphs, usual)
    if not (notes or any(odd) or painted.hidden or painted.doubtful or painted.replaced):
        return glyphs, asides
    handles = objects_of(text, own)
    content = _Text(frame, glyphs, handles, list(map(address_of, handles)))
    looks = [
        HIDDEN if one in painted.hidden or place in odd.unseen else SHOWN
        for place, one in enumerate(content.objects)
    ]
    for place in odd.blended:
        looks[place] = COVERED
    if places := _doubtful(content, painted, notes, odd.doubtful, looks):
        _look(page, content, painted, notes, places, looks)
    asides += _told(glyphs, looks)
    kept = [look == SHOWN for look in looks]
    asides += _disguised(glyphs, kept, odd)
    asides += _struck(glyphs, kept, _areas(notes, "struck"))
    return _said(painted, content, kept, asides)


# --- what is in doubt ------------------------------------------------------------------------------------


def _areas(notes: Iterable[Annotation], *kinds: str) -> list[Box]:
    """Where annotations of some kinds stand."""
    return [note.box for note in notes if note.kind in kinds]


def _doubtful(
    content: _Text, painted: Painted, notes: Sequence[Annotation], odd: set[int], looks: list[int]
) -> list[int]:
    """The places of the glyphs that must be looked at.

    Args:
        content: the glyphs of the page.
        painted: what is painted on it.
        notes: the annotations.
        odd: the places of some of them.
        looks: of each glyph, what is known; what annotations cover is put in.
    """
    over, drawn = _areas(notes, "overlay", "control"), _areas(notes, "drawing")
    found = []
    for place in _with_ink(content.glyphs, looks):
        box = content.glyphs.box(place)
        if any(holds(area, box) for area in over):
            looks[place] = COVERED
            continue
        is_odd = place in odd or content.objects[place] in painted.doubtful
        if is_odd or any(overlap(area, box) for area in drawn):
            found.append(place)
    return found


def _look(
    page: Any,
    content: _Text,
    painted: Painted,
    notes: Sequence[Annotation],
    places: Sequence[int],
    looks: list[int],
) -> None:
    """Judge the glyphs whose look is in doubt.

    Args:
        page: the page.
        content: its glyphs.
        painted: what is painted on it.
        notes: the annotations.
        places: of the glyphs that are judged.
        looks: of each glyph, what is known; what is judged is put in.
    """
    glyphs, objects = content.glyphs, content.objects
    handles = {**painted.doubtful, **{objects[place]: content.handles[place] for place in places}}
    sight = Sight(page, handles.values(), painted.covers)
    pictures = (box for kind, box in painted.sights if kind == "picture")
    seals = [*_areas(notes, "drawing"), *(box for box in pictures if not _is_large(box, content))]
    for place in places:
        looks[place] = _look_of(content, place, sight, seals)
    # What lies upon each other shows the ink of both.
    alone: dict[int, Sight] = {}
    for place in _upon_each_other(content, _with_ink(glyphs, looks, places)):
        one = objects[place]
        if one not in alone and len(alone) < _MOST_ALONE:
            alone[one] = sight.alone(handles[one])
        if one in alone:
            looks[place] = alone[one].of(content.frame.box(glyphs.box(place)))


def _with_ink(glyphs: Glyphs, looks: Sequence[int], places: Sequence[int] | None = None) -> list[int]:
    """The places of glyphs that are shown and no blanks, of some or of all."""
    own = range(len(looks)) if places is None else places
    return [place for place in own if looks[place] == SHOWN and glyphs.codes[place] not in _BLANK]


def _look_of(content: _Text, place: int, sight: Sight, seals: Sequence[Box]) -> int:
    """Whether a glyph is seen; a seal stands on a signature, and a stamp on a title: they hide no words."""
    box = content.glyphs.box(place)
    look = sight.of(content.frame.box(box))
    is_word = chr(content.glyphs.codes[place]) not in _OF_FIGURES
    return SHOWN if look == COVERED and is_word and any(holds(seal, box) for seal in seals) else look


def _is_large(box: Box, content: _Text) -> bool:
    """Whether a picture is on more than half of a page, as that of a scan is."""
    width, height = content.frame.size()
    return 2 * (box[2] - box[0]) * (box[3] - box[1]) > width * height


def _upon_each_other(content: _Text, places: Sequence[int]) -> list[int]:
    """Those glyphs of different text objects in whose boxes the middle of each other stands."""
    found = []
    cells = defaultdict(list)
    for place in places:
        x, y = middle(content.glyphs.box(place))
        cells[round(x / _NEAR), round(y / _NEAR)].append(place)
    for place in places:
        box = content.glyphs.box(place)
        column, row = (round(side / _NEAR) for side in middle(box))
        near = (
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in cells.get((column + across, row + down), ())
        )
        if any(
            content.objects[other] != content.objects[place] and holds(box, content.glyphs.box(other))
            for other in near
        ):
            found.append(place)
    return found


# --- what stands besides ---------------------------------------------------------------------------------


def _told(glyphs: Glyphs, looks: Sequence[int]) -> Iterator[Aside]:
    """The glyphs that aren't seen, without those that are painted again at the same place."""
    unseen = [place for place, look in enumerate(looks) if look != SHOWN][:_MOST_TOLD]
    if not unseen:
        return
    shown = {
        (code, round(left / _SAME_PLACE), round(bottom / _SAME_PLACE))
        for code, left, bottom, look in zip(glyphs.codes, glyphs.lefts, glyphs.bottoms, looks, strict=True)
        if look == SHOWN
    }
    for place in unseen:
        code, box = glyphs.codes[place], glyphs.box(place)
        x, y = round(box[0] / _SAME_PLACE), round(box[1] / _SAME_PLACE)
        steps = (-1, 0, 1)
        if code in _BLANK or any((code, x + across, y + up) in shown for across in steps for up in steps):
            continue
        yield Aside("hidden", chr(code), box) if looks[place] == HIDDEN else Aside("overlay", "", box)


def _disguised(glyphs: Glyphs, kept: list[bool], odd: Odd) -> Iterator[Aside]:
    """What looks like other characters or like none; it isn't kept among the glyphs."""
    for place in sorted(odd.turned | odd.misnamed):
        if kept[place]:
            kept[place] = False
            said = "" if place in odd.misnamed else chr(glyphs.codes[place])
            yield Aside("reversed", said, glyphs.box(place))


def _struck(glyphs: Glyphs, kept: list[bool], areas: Sequence[Box]) -> Iterator[Aside]:
    """The figures that annotations strike out; they aren't kept among the glyphs."""
    for place, code in enumerate(glyphs.codes if areas else ()):
        box = glyphs.box(place)
        if kept[place] and chr(code) in _OF_FIGURES and any(holds(area, box) for area in areas):
            kept[place] = False
            yield Aside("struck", chr(code), box)


def _said(
    painted: Painted, content: _Text, kept: list[bool], asides: list[Aside]
) -> tuple[Glyphs, list[Aside]]:
    """The glyphs with the words that the file says they are, where these don't contradict them.

    A person sees the glyphs. Their figures count; if it isn't told which characters they are, nobody
    knows the figures there.

    Args:
        painted: what is painted on the page.
        content: its glyphs.
        kept: which of them are seen.
        asides: what stands besides.
    """
    glyphs = content.glyphs
    groups: dict[Replaced, list[int]] = defaultdict(list)
    for place, one in enumerate(content.objects if painted.replaced else ()):
        if kept[place] and one in painted.replaced:
            groups[painted.replaced[one]].append(place)
    added: list[tuple[int, int, Box]] = []
    for (_, said), places in groups.items():
        shown = "".join(chr(glyphs.codes[place]) for place in places)
        if _digits(shown) == _digits(said) and len(said) == len(shown):
            for place, character in zip(places, said, strict=True):
                glyphs.codes[place] = ord(character)
        elif chr(REPLACEMENT) in shown:
            for place in places:
                kept[place] = False
            if _digits(said):
                asides.append(Aside("reversed", said, glyphs.box(places[0])))
            else:
                added += _spread(said, glyphs, places)
    glyphs = glyphs if all(kept) else glyphs.only(kept)
    for code, turn, box in added:
        glyphs.add(code, turn, box)
    return glyphs, asides


def _spread(said: str, glyphs: Glyphs, places: Sequence[int]) -> Iterator[tuple[int, int, Box]]:
    """The characters of a text in the place of some glyphs, with their turns and boxes."""
    left, bottom, right, top = around_all([glyphs.box(place) for place in places])
    step = (right - left) / max(1, len(said))
    for number, character in enumerate(said):
        start = left + number * step
        yield ord(character), glyphs.turns[places[0]], (start, bottom, start + step, top)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text)))
