"""A pile of made-up files for a batch: reports of many kinds, copies of some, and files that do harm."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from eval.zoo.documents import documents
from eval.zoo.drawn_pdf import pdf_file
from eval.zoo.generation import ORGANS
from eval.zoo.layouts import LAYOUTS, Kind, Layout
from eval.zoo.ofd import ofd_file
from eval.zoo.reports import Recipe, draw
from extractor.organs.divisions import divisions

_SEED = 7
# Of a hundred files, and what their names end with.
_SHARES = {
    Kind.TEXT: (30, "txt"),
    Kind.HTML: (35, "html"),
    Kind.WORD: (20, "docx"),
    Kind.PDF: (10, "pdf"),
    Kind.OFD: (5, "ofd"),
}
# Those that are laid out here: no other program is started for each of them.
_DRAWN: Mapping[Kind, Callable[..., bytes]] = {Kind.PDF: pdf_file, Kind.OFD: ofd_file}
# Every so many files.
_COPIES, _HOSTILE = 33, 50
_OFFICES = ("人民政府", "财政局", "教育局", "民政局", "卫生健康局")


class Planted(NamedTuple):
    """What is in a pile beside reports that are nobody else's.

    Attributes:
        copies: how many files are another's, byte by byte.
        hostile: how many hold no report, or do harm.
    """

    copies: int
    hostile: int


def planted(count: int) -> Planted:
    """What there is in a pile of so many files beside reports that are nobody else's."""
    return Planted(sum(map(_is_copy, range(count))), sum(map(_is_hostile, range(count))))


def make_pile(folder: Path, count: int) -> None:
    """Write files: reports of all digital formats, each of another organ, 3 % copies, 2 % hostile.

    Their names mix them, so that any thousand of them are like any other.

    Args:
        folder: to be made.
        count: how many files.
    """
    folder.mkdir()
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    numbers = chance.sample(range(count), count)
    kinds = chance.choices(list(_SHARES), [share for share, _ in _SHARES.values()], k=count)
    reports = {kind: _reports(kind, kinds.count(kind)) for kind in _SHARES}
    organs, hostile = _organs(chance), cycle(_hostile())
    last = b"", ""
    for place, (number, kind) in enumerate(zip(numbers, kinds, strict=True)):
        if _is_hostile(place):
            ending, data = next(hostile)
            # Or it would be read once.
            data = data + b"\n%d" % place if ending != "zip" else data
        elif _is_copy(place):
            data, ending = last
        else:
            ending, data = _SHARES[kind][1], next(reports[kind])(next(organs))
            last = data, ending
        (folder / f"{number:06}.{ending}").write_bytes(data)


def _is_hostile(place: int) -> bool:
    return place % _HOSTILE == _HOSTILE - 1


def _is_copy(place: int) -> bool:
    return place % _COPIES == _COPIES - 1 and not _is_hostile(place)


# --- reports -----------------------------------------------------------------------------------------------


def _organs(chance: random.Random) -> Iterator[str]:
    """Names of organs, none twice until all were told."""
    today = {one.identity: one for one in divisions() if one.until is None}
    counties = [one for one in today.values() if not one.code.endswith("00")]
    above = [today[one.above].name if one.above in today else "" for one in counties]
    names = [
        f"{city}{county.name}{office}"
        for (city, county), office in product(zip(above, counties, strict=True), _OFFICES)
    ]
    return cycle(chance.sample(names, len(names)))


def _reports(kind: Kind, count: int) -> Iterator[Callable[[str], bytes]]:
    """Reports of a kind, of all its layouts, each of the organ that it is then given."""
    if kind in _DRAWN:
        for number in range(count):
            yield _drawn(kind, number)
        return
    layouts = [layout for layout in Layout if LAYOUTS[layout].kind is kind]
    for place, layout in enumerate(layouts):
        # The same seed may write one report in two layouts.
        for one in documents(layout, _SEED + place, -(-count // len(layouts))):
            yield _renamed(kind, one.data)


def _drawn(kind: Kind, number: int) -> Callable[[str], bytes]:
    def write(organ: str) -> bytes:
        chance = random.Random(f"{_SEED} {kind} {number}")  # noqa: S311 - no secret
        report = draw(chance, Recipe())
        own = replace(report, before=[_with_organ(line, organ) for line in report.before])
        return _DRAWN[kind](own, chance, borders=chance.random() < 0.5)

    return write


def _with_organ(text: str, organ: str) -> str:
    for name in ORGANS:
        text = text.replace(name, organ)
    return text


def _renamed(kind: Kind, data: bytes) -> Callable[[str], bytes]:
    def write(organ: str) -> bytes:
        return _docx_of(data, organ) if kind is Kind.WORD else _text_of(data, organ)

    return write


def _text_of(data: bytes, organ: str) -> bytes:
    for name, encoding in product(ORGANS, ("utf-8", "gb18030")):
        data = data.replace(name.encode(encoding), organ.encode(encoding))
    return data


def _docx_of(data: bytes, organ: str) -> bytes:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(stream, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, _text_of(source.read(entry), organ))
    return stream.getvalue()


# --- what does harm ----------------------------------------------------------------------------------------


def _hostile() -> Iterator[tuple[str, bytes]]:
    """Files that are damaged, no report, or made to take long: their endings and their bytes."""
    yield "pdf", b"%PDF-1.7 damaged"
    yield "txt", "关于召开会议的通知\n".encode() * 20
    yield "txt", "1件、".encode() * 100_000
    yield "html", b"<td>" * 20_000
    yield "txt", "一二三四五六七八九".encode() * 20_000
    yield "docx", b"PK\x03\x04 cut off"
    yield "txt", b"a" * 200_000 + b"@"
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", b"0" * 50_000_000)
    yield "zip", stream.getvalue()
