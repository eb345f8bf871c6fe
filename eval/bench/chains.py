"""Made-up chains of five years: pages of many organs with breaks planted in them, read as a user reads them.

The pages go through `gongkai batch` and what `gongkai panel` is made of; every break that was planted must be
told, and no other. Exit status 1 if that isn't so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias

from eval.zoo.drawing import APPLICANTS, Number, draw_numbers
from eval.zoo.generation import PREAMBLE, draw_narrative
from eval.zoo.pages import merged_page, site_page
from eval.zoo.reports import Recipe, Report, Zero, draw
from eval.zoo.texts import table_text
from eval.zoo.word import word_file
from extractor.forms import FormSet
from extractor.organs.divisions import divisions
from extractor.organs.organ_list import OrganList
from extractor.panel.stated import stated_reports
from extractor.panel.years import MISSING, SEVERAL, Chains, chains_of, part_of_chain
from rules.form import Form

YEARS = range(2021, 2026)
_EDITION = "2021"
_DOCUMENTS = ("disclosure.regulations", "disclosure.normative_documents")
_SHARE_BROKEN = 0.4
# A page that leaves its zeros blank or marks them states no number that the next year could contradict.
_RECIPE = Recipe(zeros=(Zero.PRINTED,))
# A rule, the key of an organ, a year.
PlacedBreak: TypeAlias = tuple[str, str, int]


class MadePage(NamedTuple):
    """A page of a chain: the name of its file, and its bytes."""

    name: str
    data: bytes


@dataclass
class MadeChains:
    """The pages of many organs' years.

    Attributes:
        pages: of all of them.
        planted: the breaks that were planted.
    """

    pages: list[MadePage] = field(default_factory=list)
    planted: set[PlacedBreak] = field(default_factory=set)


def made_chains(count: int, seed: int) -> MadeChains:
    """Pages on five years of some counties, whose figures go on from year to year but for planted breaks.

    Args:
        count: how many counties.
        seed: the same seed gives the same pages.
    """
    rng = Random(f"chains {seed}")  # noqa: S311 - no secret
    today = {one.identity: one for one in divisions() if one.until is None}
    counties = [one for one in today.values() if not one.code.endswith("00")]
    made = MadeChains()
    for county in rng.sample(counties, count):
        organ = f"{today[county.above or ''].name}{county.name}人民政府"
        year = rng.choice(YEARS[1:-1])
        rule = rng.choice((*_PLANTS, MISSING, SEVERAL)) if rng.random() < _SHARE_BROKEN else None
        if rule is not None:
            made.planted.add((rule, county.identity, year))
        before: Mapping[str, Number] | None = None
        for one in YEARS:
            planted = rule if one == year else None
            report, before = _report(rng, organ, one, before, planted)
            if planted != MISSING:
                made.pages.append(_written(rng, report, f"{county.code}-{one}"))
            if planted == SEVERAL:
                other, _ = _report(rng, organ, one, None, None)
                made.pages.append(_written(rng, other, f"{county.code}-{one}-again"))
    return made


def _report(
    rng: Random, organ: str, year: int, before: Mapping[str, Number] | None, planted: str | None
) -> tuple[Report, Mapping[str, Number]]:
    """A report on a year, and its figures, which go on from those of the year before."""
    drawn: dict[str, Number] = {}

    def numbers_of(chance: Random, form: Form, left_out: frozenset[str]) -> Mapping[str, Number]:
        drawn.clear()
        drawn.update(draw_numbers(chance, form, left_out))
        if form.edition == _EDITION:
            if before is not None:
                _go_on(drawn, before)
            if planted in _PLANTS:
                _PLANTS[planted](drawn, chance.randint(1, 5))
        return drawn

    while (report := draw(rng, _RECIPE, numbers_of)).form.edition != _EDITION:
        pass
    text = PREAMBLE.format(organ=organ, year=year).splitlines()
    narrative = draw_narrative(rng, year, drawn["requests.received.total"])
    return replace(report, before=[*text, *narrative]), drawn


def _go_on(numbers: dict[str, Number], before: Mapping[str, Number]) -> None:
    """Have a year's figures go on from the year before, all balances holding."""
    for column in APPLICANTS:
        carried = before[f"requests.carried_out.{column}"]
        more = carried - numbers[f"requests.carried_in.{column}"]
        numbers[f"requests.carried_in.{column}"] = carried
        numbers[f"requests.{'carried_out' if more > 0 else 'received'}.{column}"] += max(more, -more)
    for row in ("received", "carried_in", "carried_out"):
        numbers[f"requests.{row}.total"] = sum(numbers[f"requests.{row}.{column}"] for column in APPLICANTS)
    for row in _DOCUMENTS:
        known = before[f"{row}.in_force"] + numbers[f"{row}.issued"]
        numbers[f"{row}.repealed"] = min(numbers[f"{row}.repealed"], known)
        numbers[f"{row}.in_force"] = known - numbers[f"{row}.repealed"]


def _carry_in_more(numbers: dict[str, Number], more: int) -> None:
    for row in ("carried_in", "carried_out"):
        for column in ("natural_person", "total"):
            numbers[f"requests.{row}.{column}"] += more


def _have_more_in_force(numbers: dict[str, Number], more: int) -> None:
    numbers[f"{_DOCUMENTS[1]}.in_force"] += more


# How a break is planted in a page that is right by itself.
_PLANTS = {"previous-carried-over": _carry_in_more, "previous-in-force": _have_more_in_force}


def _written(rng: Random, report: Report, name: str) -> MadePage:
    match rng.randrange(4):
        case 0:
            return MadePage(f"{name}.txt", table_text(report, rng)[0].encode())
        case 1:
            return MadePage(f"{name}.html", merged_page(report, rng))
        case 2:
            return MadePage(f"{name}.html", site_page(report, rng))
        case _:
            return MadePage(f"{name}.docx", word_file(report))


def read_chains(paths: Iterable[Path]) -> Chains:
    """What is told of the years of reports.

    Args:
        paths: of reports, or of folders of results.
    """
    forms = FormSet.of()
    reports = (report for path in paths for report in stated_reports(path, forms, OrganList()))
    return chains_of([part_of_chain(report, forms.forms) for report in reports], forms.forms)


def told(chains: Chains) -> set[PlacedBreak]:
    """The breaks that were told."""
    return {(one.rule, one.key, one.year) for one in chains.breaks}


def main() -> None:
    """Print how many breaks were planted, found and invented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organs", type=int, default=200, help="how many")
    parser.add_argument("--seed", type=int, default=16, help="of chance")
    given = parser.parse_args()
    made = made_chains(given.organs, given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        for page in made.pages:
            (folder / "pages" / page.name).write_bytes(page.data)
        command = [
            sys.executable,
            "-m",
            "extractor",
            "batch",
            str(folder / "pages"),
            "-o",
            str(folder / "out"),
        ]
        subprocess.run(command, check=True)  # noqa: S603 - our own program
        chains = read_chains([folder / "out"])
    found = told(chains)
    print(f"{given.organs} organs, {len(made.pages)} reports, {chains.compared} pairs of years compared")
    right, invented = found & made.planted, found - made.planted
    print(f"planted {len(made.planted)}, found {len(right)}, invented {len(invented)}")
    for one in sorted(found ^ made.planted):
        print("invented:" if one in found else "not found:", *one)
    if found != made.planted or chains.left_out:
        sys.exit(1)


if __name__ == "__main__":
    main()
