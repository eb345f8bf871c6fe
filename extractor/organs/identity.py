"""Whose report it is: which division an organ belongs to, at which level it is, which department it is.

The name that a page gives is taken apart from its beginning: divisions, each within the one before (江苏省
淮安市洪泽区), then what is left (财政局). Several divisions of one name stay ambiguous, unless other words of
the report name the province or city of one of them; a name without any division has no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from extractor.organs.divisions import Division, divisions
from extractor.reports.organs import level_of
from extractor.text.folding import fold_label

OrganLevel: TypeAlias = Literal["ministry", "province", "city", "county", "township", "department", "other"]

_LONGEST_NAME = 18
_GOVERNMENT = re.compile(r"(?:人民)?政府$|(?:人民)?政府信息公开$")
_OFFICE = re.compile(r"(?:人民)?政府办(?:公(?P<kind>室|厅))?$")
_TOWNSHIP = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}?(?:街道|镇|乡|苏木))(?:办事处|人民政府|政府|党工委|党政办公室)?$"
)
_ZONE = re.compile(
    r"(?:开发区|高新区|示范区|度假区|保税区|园区|新区|景区|试验区|合作区)|管理?委员会$|管委会$"
)
_MINISTRY = re.compile(r"^(?:中华人民共和国|国务院|国家|中国|全国)|^[\u4e00-\u9fff]{2,8}部$|(?:总局|总署)$")
_NATIONAL = re.compile(r"^国家(?:税务总局|统计局)(?=.)")
_DEPARTMENT = re.compile(r"(?:局|厅|委|办|办公室|委员会|支队|大队|中心|院|队|所|站|处|部|会|社|馆)$")
_LEVELS: dict[int, OrganLevel] = {1: "province", 2: "city", 3: "county"}


class OrganIdentity(NamedTuple):
    """Whose report it is.

    Attributes:
        key: the same for every name and year of the organ, and no other's; None where that isn't known.
        name: in full, as its divisions were called in the year; None without a certain division.
        code: of its division in that year, six digits; None where that isn't known.
        level: of the organ; None where its name leaves that open.
        department: which organ of its division, such as 财政局 or 黄集街道; None for a government.
        possible: codes of the divisions that it may be of, where there are several.
    """

    key: str | None = None
    name: str | None = None
    code: str | None = None
    level: OrganLevel | None = None
    department: str | None = None
    possible: tuple[str, ...] = ()


class _Chain(NamedTuple):
    """Divisions that a name begins with, as the last of them says, and what is left of the name."""

    division: Division
    rest: str


def identify(organ: str | None, year: str | None = None, hints: Iterable[str] = ()) -> OrganIdentity:
    """Whose report it is, by the name that the page gives.

    Args:
        organ: the name; None if the page doesn't say.
        year: that the report is on, in which divisions had their names; None for any.
        hints: other words of the report, such as its address, that may name a province or city.
    """
    name = fold_label(organ or "").replace(" ", "")
    if not name:
        return OrganIdentity()
    return _identify(name, int(year) if year is not None and year.isdigit() else None, tuple(hints))


@lru_cache(maxsize=4096)
def _identify(name: str, year: int | None, hints: tuple[str, ...]) -> OrganIdentity:
    # What answers to a ministry alone is still of the division that its name goes on with.
    chains = _longest(_chains(name, None, year)) or _longest(_chains(_NATIONAL.sub("", name), None, year))
    if not chains:
        return _without_division(name)
    if len(chains) > 1:
        chains = _near(chains, hints) or chains
    level, department = _of_rest(chains[0].rest, chains[0].division)
    if len(chains) > 1:
        possible = tuple(sorted(chain.division.code for chain in chains))
        return OrganIdentity(level=level, department=department, possible=possible)
    (chain,) = chains
    above = "".join(division.name for division in reversed(_above(chain.division, year)))
    return OrganIdentity(
        key=f"{chain.division.identity}:{department}" if department else chain.division.identity,
        name=f"{above}{chain.division.name}{department or '人民政府'}",
        code=chain.division.code,
        level=level,
        department=department,
    )


def lies_in(inner: str, outer: str) -> bool:
    """Whether an organ's report may be part of another's: it is of its division, or of one within that.

    Args:
        inner: the key of an organ.
        outer: the key of another; a department has nothing within it.
    """
    division, _, department = inner.partition(":")
    if ":" in outer or inner == outer:
        return False
    if division == outer:
        return bool(department)
    known = _by_identity().get(division, ())
    return any(outer in {above.identity for above in _above(one, None)} for one in known)


def _chains(text: str, above: Division | None, year: int | None) -> Iterator[_Chain]:
    """All ways to take divisions from the beginning of a name, each within the one before it."""
    for length in range(min(len(text), _LONGEST_NAME), 1, -1):
        rest = text[length:]
        for division, is_short in _by_name().get(text[:length], ()):
            if year is not None and not division.known_in(year):
                continue
            if above is not None and above.identity not in {one.identity for one in _above(division, year)}:
                continue
            further = list(_chains(rest, division, year))
            yield from further
            # A short name alone is any word; before a division within it, it is a name.
            if not is_short and not further:
                yield _Chain(division, rest)


def _longest(chains: Iterable[_Chain]) -> list[_Chain]:
    """The chains that take the most of a name, one a division."""
    found = list(chains)
    shortest = min((len(chain.rest) for chain in found), default=0)
    best = {chain.division.identity: chain for chain in found if len(chain.rest) == shortest}
    return list(best.values())


def _near(chains: list[_Chain], hints: tuple[str, ...]) -> list[_Chain]:
    """Those of which a province or city is named elsewhere, if that is one."""
    words = fold_label("\n".join(hints))
    named = [
        chain
        for chain in chains
        if any(fold_label(above.short) in words for above in _above(chain.division, None))
    ]
    return named if len(named) == 1 else []


def _of_rest(rest: str, division: Division) -> tuple[OrganLevel, str | None]:
    """The level of an organ and which of its division it is, by what follows the division in its name."""
    if not rest or _GOVERNMENT.fullmatch(rest):
        return _LEVELS[_depth(division)], None
    if (office := _OFFICE.fullmatch(rest)) is not None:
        return "department", f"人民政府办公{office['kind'] or '室'}"
    if (town := _TOWNSHIP.fullmatch(rest)) is not None:
        return "township", town["name"]
    if _ZONE.search(rest):
        return "other", rest
    return "department" if _DEPARTMENT.search(rest) else "other", rest.removeprefix("人民政府")


def _without_division(name: str) -> OrganIdentity:
    if _MINISTRY.search(name):
        return OrganIdentity(key=name, name=name, level="ministry", department=name)
    if _ZONE.search(name):
        return OrganIdentity(level="other")
    level = level_of(name)
    if level is None or level == "department":
        return OrganIdentity(level="department" if _DEPARTMENT.search(name) else "other")
    return OrganIdentity(level="township" if level == "town" else level)


def _depth(division: Division) -> int:
    """1 for a province, 2 for a city, 3 for a county; by its code, as some of these belong to a province."""
    return 1 if division.code.endswith("0000") else 2 if division.code.endswith("00") else 3


def _above(division: Division, year: int | None) -> tuple[Division, ...]:
    """The divisions that one belongs to, the nearest first, as they were called in a year."""
    found: list[Division] = []
    identity = division.above
    while identity is not None:
        called = [one for one in _by_identity()[identity] if year is None or one.known_in(year)]
        found.append(called[-1] if called else _by_identity()[identity][-1])
        identity = found[-1].above
    return tuple(found)


@cache
def _by_identity() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for division in divisions():
        found.setdefault(division.identity, []).append(division)
    return found


@cache
def _by_name() -> dict[str, list[tuple[Division, bool]]]:
    """Divisions by their names, with whether it is one that is short; 恩施州 is no short name."""
    found: dict[str, list[tuple[Division, bool]]] = {}
    for division in divisions():
        names = {division.name: False, f"{division.short}{division.name[-1]}": False}
        if _depth(division) < 3:
            names.setdefault(division.short, True)
        for name, is_short in names.items():
            found.setdefault(fold_label(name), []).append((division, is_short))
    return found
