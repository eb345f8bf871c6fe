"""PDFs whose words stand a little higher, lower or aside: what is read wrongly is never settled."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from eval.gold.cases import Case, load_case
from extractor import Cell, Extraction, Status, extract
from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.pdf import reader as pdf
from extractor.documents.pdf.process import raw_pages
from extractor.documents.source import Source
from rules.loader import built_in_forms
from tests.helpers.rendering import Style, rendered

CASES = [load_case(name) for name in ("luozhuang-2023", "yiyuan-2023", "luodian-2019")]
FORMS = {form.edition: form for form in built_in_forms()}
# Two rows of table 3 and one of table 4 are the first on their pages.
BREAKS = frozenset({"refused.state_secret", "not_processed.published_material", "reconsideration"})
STYLES = {
    "lines": Style(breaks=BREAKS, cut="granted", values_below=True, repeats_header=True, open_ends=True),
    "no lines": Style(borders=False, padding=1.5),
    "no lines, marks": Style(borders=False, zero="—", breaks=BREAKS, vertical="none"),
    "no lines, large": Style(borders=False, size=12),
}


def shifted(seed: int) -> Callable[[Source], list[RawPage]]:
    """The pages of a PDF with every word moved by up to two points."""

    def pages(source: Source) -> list[RawPage]:
        rng = random.Random(seed)  # noqa: S311  # no secret
        return [page._replace(glyphs=_moved(page, rng)) for page in raw_pages(source)]

    return pages


def _moved(page: RawPage, rng: random.Random) -> list[Glyph]:
    glyphs = []
    for line in lines_of(page.glyphs):
        for word in line.words:
            dx, dy = rng.uniform(-2, 2), rng.uniform(-2, 2)
            for text, turn, left, top, right, bottom in word.glyphs:
                glyphs.append(Glyph(text, turn, left + dx, top + dy, right + dx, bottom + dy))
    return glyphs


def _times(printed: str, factor: int) -> str:
    return str(int(printed) * factor) if printed.isdigit() else printed


def read(case: Case, style: Style, factor: int = 1) -> tuple[Extraction, dict[str, str]]:
    """What is read of a case whose figures are this many times as large, and what its cells print."""
    cells = {cell.address: _times(cell.printed, factor) for cell in case.cells if cell.state != "absent"}
    (extraction,) = extract(rendered(FORMS[case.edition], cells, style), name=case.name)
    return extraction, {
        address: style.zero if printed == "0" else printed for address, printed in cells.items()
    }


def wrong(extraction: Extraction, printed: dict[str, str]) -> list[Cell]:
    """The cells that don't say what is printed there."""
    return [
        cell
        for cell in extraction.cells
        if cell.printed != printed[cell.address] or (cell.state == "blank") is not (not cell.printed)
    ]


def is_settled(cell: Cell) -> bool:
    return cell.status not in (Status.DISPUTED, Status.ABSENT)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_read_wrongly_is_never_settled(
    case: Case, style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "raw_pages", shifted(1))
    assert not [cell for cell in wrong(*read(case, style)) if is_settled(cell)]


def test_figures_that_stand_a_little_off_their_row_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of them are lines of their own, so that the tests above have something to find."""
    monkeypatch.setattr(pdf, "raw_pages", shifted(1))
    assert wrong(*read(CASES[0], STYLES["no lines, marks"]))


@pytest.mark.parametrize("borders", [True, False], ids=["lines", "no lines"])
def test_a_number_broken_over_two_lines_is_not_two(borders: bool) -> None:  # noqa: FBT001 - pytest passes it
    extraction, printed = read(CASES[1], Style(borders=borders, zero="", size=12), factor=12345)
    missed = wrong(extraction, printed)
    assert "disputes.reconsideration.total" in {cell.address for cell in missed}
    assert not [cell for cell in missed if is_settled(cell)]


def test_figures_cut_off_from_their_label_by_a_page_break_leave_it_disputed() -> None:
    extraction, printed = read(CASES[0], STYLES["lines"])
    assert not [cell for cell in wrong(extraction, printed) if is_settled(cell)]
