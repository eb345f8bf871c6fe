"""What the page admits one reading of is settled, and nothing else: real pages in small, and an adversary's.

The figures of the small pages, and the gold of the adversary's, were read off the pages.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from extractor import Basis, Extraction, Status, extract
from tests.helpers.pages import BLOCK, CORNER, LABELS, document, figures

DATA = Path(__file__).parents[2] / "data"
SETTLED = {Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED}
GOLD: dict[str, dict[str, dict[str, str]]] = json.loads(
    (DATA / "attack" / "columns_and_rows.json").read_text(encoding="utf-8")
)
WHOLE = tuple(name for name in GOLD if name.startswith(("01", "03", "04")))


@cache
def read(folder: str, name: str) -> Extraction:
    (extraction,) = extract(DATA / folder / name)
    return extraction


def settled(extraction: Extraction) -> dict[str, str]:
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


@pytest.mark.parametrize("name", GOLD)
def test_nothing_wrong_is_settled(name: str) -> None:
    gold = {
        f"{row}.{column}": seen for row, columns in GOLD[name].items() for column, seen in columns.items()
    }
    for address, printed in settled(read("attack", name)).items():
        assert printed == gold.get(address), address


@pytest.mark.parametrize("name", WHOLE)
def test_columns_and_groups_stand_in_the_order_that_the_header_shows(name: str) -> None:
    extraction = read("attack", name)
    assert len(settled(extraction)) == len(extraction.cells)
    assert extraction.verdict == "verified"


def row(name: str, figures: str) -> dict[str, str]:
    """The cells of a row of table 3, from ``"56 _ _ _ _ _ 56"``, where _ is blank."""
    columns = ("natural_person", "business", "research", "public_welfare", "legal_service")
    printed = ["" if figure == "_" else figure for figure in figures.split()]
    return {
        f"requests.{name}.{column}": figure
        for column, figure in zip((*columns, "other_organization", "total"), printed, strict=True)
    }


@pytest.mark.parametrize("ending", ["txt", "html", "docx"])
def test_a_column_of_last_year_is_told_apart_by_its_own_header(ending: str) -> None:
    extraction = read("attack", f"16-last-year-column.{ending}")
    found = settled(extraction)
    assert extraction.verdict == "verified"
    assert found.items() >= row("received", "81 154 119 55 49 76 534").items()
    assert found.items() >= row("refused.state_secret", "0 0 0 0 0 0 _").items()
    assert found.items() >= row("not_processed.published_material", "0 0 27 0 10 0 37").items()
    assert found.items() >= row("carried_out", "25 0 11 22 0 0 58").items()


BLANKS = "_ _ _ _ _ _ 0"
ZEROS = "0 0 0 0 0 0 0"
OUTCOMES = ("upheld", "overturned", "other", "pending", "total")
DISPUTES = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
ON_PAGE = {
    "01-blanks-and-pads": {
        **row("received", "56 _ _ _ _ _ 56"),
        **row("carried_in", BLANKS),
        **row("granted", "56 _ _ _ _ _ 56"),
        **row("handled_total", "56 _ _ _ _ _ 56"),
        **row("carried_out", BLANKS),
    },
    "02-totals-only-pipes": {
        address: printed
        for name in ("received", "carried_in", "granted", "partially_granted", "refused.state_secret")
        for address, printed in row(name, BLANKS).items()
    }
    | row("refused.prohibited_by_law", BLANKS)
    | row("handled_total", BLANKS)
    | row("carried_out", BLANKS),
    "04-traditional": {
        **{f"disclosure.regulations.{one}": "0" for one in ("issued", "repealed", "in_force")},
        "disclosure.normative_documents.issued": "3",
        "disclosure.normative_documents.repealed": "0",
        "disclosure.normative_documents.in_force": "9",
        **{f"disputes.{group}.{outcome}": "0" for group in DISPUTES for outcome in OUTCOMES},
        "disputes.reconsideration.upheld": "1",
        "disputes.reconsideration.total": "1",
    },
    "06-misprinted-column": {
        **row("received", "3 0 0 0 0 0 3"),
        **row("carried_in", ZEROS),
        **row("granted", "3 0 0 0 0 0 3"),
        **row("handled_total", "3 0 0 0 0 0 3"),
        **row("carried_out", ZEROS),
    },
    "08-brackets-lost": {"disclosure.fees.amount": "26.55"},
    "09-label-lost": {
        **{f"disclosure.regulations.{one}": "0" for one in ("issued", "repealed", "in_force")},
        "disclosure.normative_documents.issued": "2",
        "disclosure.normative_documents.repealed": "0",
        "disclosure.normative_documents.in_force": "7",
        "disclosure.licences.decisions": "124",
    },
    "11-word-in-a-cell": {
        "disclosure.licences.items_last_year": "4",
        "disclosure.licences.decisions": "9",
        "disclosure.other_services.items_last_year": "0",
        "disclosure.other_services.decisions": "0",
    },
    "12-pdf-text-table4": {
        **{f"disputes.{group}.{outcome}": "0" for group in DISPUTES for outcome in OUTCOMES},
        "disputes.reconsideration.upheld": "1",
        "disputes.reconsideration.total": "1",
    },
    "24-last-line-open": {
        **row("received", "0 _ _ _ _ _ 0"),
        **row("carried_in", BLANKS),
        **row("granted", BLANKS),
        **row("partially_granted", BLANKS),
    },
}


@pytest.mark.parametrize("name", ON_PAGE)
def test_what_a_person_reads_at_a_glance_is_settled(name: str) -> None:
    assert settled(read("wild", f"{name}.txt")) == ON_PAGE[name]


def test_a_header_that_is_put_together_settles_by_order_and_is_confirmed() -> None:
    cells = [cell for cell in read("wild", "12-pdf-text-table4.txt").cells if cell.status in SETTLED]
    assert {(cell.basis, cell.status) for cell in cells} == {(Basis.ORDER, Status.CONFIRMED)}


def test_a_lost_header_is_told_once_a_table_and_confirms_nothing() -> None:
    (extraction,) = extract(Path("eval/cases/shanghai-sci-2024/shanghai-sci-2024.txt"))
    requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert {cell.basis for cell in requests} == {Basis.CONVENTION}
    assert Status.CONFIRMED not in {cell.status for cell in requests}
    assert [finding.rule for finding in extraction.findings].count("by-convention") == 1


def page_without(lost: int, moved: int | None = None) -> Extraction:
    """A web page whose header has lost a label; or has it, blank, at another column."""
    labels = [column.label for column in BLOCK.columns]
    if moved is None:
        labels[lost] = ""
    else:
        labels = [*labels[:lost], *labels[lost + 1 :]]
        labels.insert(moved, "")
    lines = [[CORNER, *labels], *([LABELS[name], *texts] for name, texts in figures().items())]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    (extraction,) = extract(document(f"<table>{rows}</table>"))
    return extraction


@pytest.mark.parametrize("lost", range(7))
def test_with_one_label_lost_no_less_is_told_than_without_all_of_them(lost: int) -> None:
    extraction = page_without(lost)
    for name, texts in figures().items():
        cells = [extraction.cell(f"requests.{name}.{column.id}") for column in BLOCK.columns]
        assert [cell.printed for cell in cells] == texts
        assert {(cell.status, cell.basis) for cell in cells} == {(Status.UNCHECKED, Basis.CONVENTION)}


@pytest.mark.parametrize(("lost", "moved"), [(2, 0), (6, 1), (0, 6), (3, 5)])
def test_a_column_without_a_label_at_another_place_is_not_the_one_that_is_lost(lost: int, moved: int) -> None:
    cells = [cell for cell in page_without(lost, moved).cells if cell.address.startswith("requests.")]
    assert {cell.status for cell in cells} <= {Status.DISPUTED, Status.ABSENT}


@pytest.mark.parametrize(
    "header",
    [
        "<td><img src=a.png></td>" * 7,
        "<td>商业企业①</td><td>自然人②</td><td>科研机构③</td><td></td><td></td><td></td><td></td>",
    ],
)
def test_a_header_that_is_there_and_not_the_forms_own_is_not_lost(header: str) -> None:
    figures_below = "".join(
        f"<tr><td>{LABELS[name]}</td>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"
        for name, texts in figures().items()
    )
    (extraction,) = extract(document(f"<table><tr><td>{CORNER}</td>{header}</tr>{figures_below}</table>"))
    cells = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert {cell.status for cell in cells} <= {Status.DISPUTED, Status.ABSENT}


@pytest.mark.parametrize("separator", ["\t", "  "])
@pytest.mark.parametrize(
    "header",
    [
        "自然人 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他 自然人 总计",
    ],
)
def test_words_of_a_header_on_one_line_with_the_figures_tell_no_order(header: str, separator: str) -> None:
    rows = [cell for name, texts in figures().items() for cell in (LABELS[name], *texts)]
    (extraction,) = extract(document(separator.join([CORNER, *header.split(), *rows])))
    for name, texts in figures().items():
        for column, text in zip(BLOCK.columns, texts, strict=True):
            cell = extraction.cell(f"requests.{name}.{column.id}")
            assert cell.status in (Status.DISPUTED, Status.ABSENT) or cell.printed == text
