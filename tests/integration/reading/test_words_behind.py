"""Words that may stand behind what they name: names of columns behind figures, labels of rows behind theirs.

Read the usual way, every row would have figures of the one below it, and sums would hold of them, too.
"""

from random import Random

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from extractor.result.verdict import Verdict
from tests.helpers.pages import LABELS, NAMES, by_address, document, figures

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
HEADING = "三、收到和处理政府信息公开申请情况\n"
# Of every row another total, so that no figure is right by chance.
FIGURES = {row: [str(100 * number + i) for i in range(7)] for number, row in enumerate(LABELS, 1)}
# What stands before the labels of some rows where each is printed whole.
GROUPS_OF = {
    row: group
    for row in LABELS
    for part, group in (
        ("refused.", "（三）不予公开"),
        ("unavailable.", "（四）无法提供"),
        ("not_processed.", "（五）不予处理"),
        ("other.", "（六）其他处理"),
    )
    if row.startswith(part)
}


def _wrong(extraction: Extraction, shown: dict[str, list[str]]) -> list[str]:
    """The cells that are settled and hold another figure than the page has for them."""
    printed = by_address(shown)
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in SETTLED and cell.address in printed and cell.printed != printed[cell.address]
    ]


@pytest.mark.parametrize("between", ["，", "\n", " ", "\t", "；"])
@pytest.mark.parametrize("inside", ["", " ", "\n", "件"])
@pytest.mark.parametrize("shown", [figures(), FIGURES], ids=["sums", "no sums"])
def test_names_behind_figures_name_no_figure_below_them(
    between: str, inside: str, shown: dict[str, list[str]]
) -> None:
    rows = [
        f"{LABELS[row]} "
        + between.join(f"{text}{inside}{name}" for text, name in zip(texts, NAMES, strict=True))
        for row, texts in shown.items()
    ]
    (extraction,) = extract(document(HEADING + "\n".join(rows)))
    assert _wrong(extraction, shown) == []


@pytest.mark.parametrize("order", [NAMES, [*NAMES[6:], *NAMES[:6]]])
def test_a_header_of_some_columns_right_below_other_words_still_tells_them(order: list[str]) -> None:
    numbers = figures()
    columns = [NAMES.index(name) for name in order]
    rows = [f"{LABELS[row]} | " + " | ".join(texts[i] for i in columns) for row, texts in numbers.items()]
    (extraction,) = extract(document(HEADING + " | ".join(("项目", *order)) + "\n" + "\n".join(rows)))
    granted = extraction.cell("requests.granted.natural_person")
    assert (granted.value, granted.status) == (5, Status.CONFIRMED)
    assert _wrong(extraction, numbers) == []


@pytest.mark.parametrize("between", ["  ", "；", "\n"])
@pytest.mark.parametrize("is_repeated", [False, True])
def test_labels_behind_figures_take_none_below_them(between: str, *, is_repeated: bool) -> None:
    shown, names = figures(), " ".join(NAMES)
    rows = [
        f"{' '.join(texts)} {names + ' ' if is_repeated else ''}{LABELS[row]}" for row, texts in shown.items()
    ]
    header = "" if is_repeated else f"{names}{between}"
    (extraction,) = extract(document(HEADING + header + between.join(rows) + "\n四、其他\n"))
    assert _wrong(extraction, shown) == []


@pytest.mark.parametrize(("between", "behind"), [("\t", "："), ("、", " "), ("\n", "\n")])
def test_labels_behind_figures_with_their_names_take_none_below_them(between: str, behind: str) -> None:
    # Two rows stand in another order than the form's.
    first, second, *others = figures().items()
    shown = dict([second, first, *others])
    rows = [
        between.join(f"{text}\n{name}" for text, name in zip(texts, NAMES, strict=True))
        + f"{behind}{LABELS[row]}"
        for row, texts in shown.items()
    ]
    (extraction,) = extract(document(HEADING + "\n".join(rows) + "\n四、其他\n"))
    assert _wrong(extraction, shown) == []


@pytest.mark.parametrize("seed", [1, 9, 10, 16, 19, 28])
def test_labels_behind_figures_on_the_line_of_the_first_of_the_row_below_take_none_of_it(seed: int) -> None:
    ordered = list(figures().items())
    Random(seed).shuffle(ordered)  # noqa: S311  # no secret
    shown = dict(ordered)
    rows = [
        "、".join(f"{text}\n{name}" for text, name in zip(texts, NAMES, strict=True))
        + f" {'（三）不予公开' if row.startswith('refused.') else ''}{LABELS[row]}"
        for row, texts in shown.items()
    ]
    (extraction,) = extract(document(HEADING + "  ".join(rows) + "\n四、其他\n"))
    assert _wrong(extraction, shown) == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("between", ["\n", "  "])
def test_labels_behind_figures_below_one_header_take_none_below_them(seed: int, between: str) -> None:
    # The last figure of a row and its label run into each other: 156（五）不予处理5.….
    ordered = list(figures().items())
    Random(seed).shuffle(ordered)  # noqa: S311  # no secret
    rows = [f"{' '.join(texts)}{GROUPS_OF.get(row, '')}{LABELS[row]}" for row, texts in ordered]
    body = between.join([" ".join(NAMES), *rows])
    (extraction,) = extract(document(f"{HEADING}{body}\n四、其他\n"))
    assert _wrong(extraction, dict(ordered)) == []


@pytest.mark.parametrize("seed", range(6))
def test_labels_below_figures_with_their_names_take_none_below_them(seed: int) -> None:
    ordered = list(figures().items())
    Random(seed).shuffle(ordered)  # noqa: S311  # no secret
    # The last label is one that is the name of a column, too.
    ordered.sort(key=lambda entry: entry[0] == "other.other")
    names = [*reversed(NAMES)]
    lines = []
    for row, texts in ordered:
        cells = zip(names, reversed(texts), strict=True)
        lines += [
            "|".join(f"{name} {text}件" for name, text in cells),
            f"{GROUPS_OF.get(row, '')}{LABELS[row]}",
        ]
    (extraction,) = extract(document(HEADING + "\n".join(lines) + "\n四、其他\n"))
    assert _wrong(extraction, dict(ordered)) == []


def _named(row: str, shown: dict[str, list[str]], unit: str = "件") -> str:
    return "，".join(f"{name} {text}{unit}" for name, text in zip(NAMES, shown[row], strict=True))


def test_labels_behind_figures_with_their_names_before_them_take_none_below_them() -> None:
    # Each label begins the line of the row below it.
    shown = figures()
    lines = [_named(row, shown) for row in shown]
    labels = [LABELS[row] for row in shown]
    body = "\n".join(
        [lines[0], *(f"{label}；{line}" for label, line in zip(labels, lines[1:], strict=False)), labels[-1]]
    )
    (extraction,) = extract(document(f"{HEADING}{body}\n四、其他\n"))
    assert _wrong(extraction, shown) == []


def test_a_sentence_that_names_all_columns_above_labelled_rows_is_none_of_them() -> None:
    shown = figures()
    body = "\n".join(f"{LABELS[row]}；{_named(row, shown)}" for row in shown)
    (extraction,) = extract(document(f"{HEADING}{_named('received', shown)}\n{body}\n四、其他\n"))
    assert extraction.cell("requests.received.total").status is Status.CONFIRMED
    assert _wrong(extraction, shown) == []


def test_a_row_that_lost_its_label_alone_is_no_sign_of_labels_behind_figures() -> None:
    # The first label is lost, and the last one has its figures.
    shown = figures()
    rows = [f"{LABELS[row]} | {' | '.join(texts)}" for row, texts in shown.items()]
    rows[0] = rows[0].partition(" | ")[2]
    (extraction,) = extract(document(HEADING + " | ".join(("项目", *NAMES)) + "\n" + "\n".join(rows)))
    assert extraction.cell("requests.granted.total").status is Status.CONFIRMED
    assert _wrong(extraction, shown) == []


def test_a_list_of_cells_is_no_sentence_that_repeats_a_cell() -> None:
    # 其他结果 ends the line above the figures: nothing says that they are its.
    names = "结果维持，总计，结果纠正，尚未审结，其他结果"
    groups = {
        "未经复议直接起诉": "18件，110件，47件，22件，23件",
        "行政复议": "77件，138件，38件，17件，6件",
        "复议后起诉": "68件，178件，19件，7件，84件",
    }
    body = "四、政府信息公开行政复议、行政诉讼情况\n"
    body += "".join(f"{group} {names}\n{cells}\n" for group, cells in groups.items())
    (extraction,) = extract(document(body))
    assert extraction.verdict is not Verdict.SOURCE_ERROR
    assert not any(finding.rule.startswith("narrative") for finding in extraction.findings)
    direct = extraction.cell("disputes.litigation.direct.other")
    assert (direct.value, direct.status) == (23, Status.CONFIRMED)


@pytest.mark.parametrize(
    ("heading", "below", "is_own"),
    [
        *((f"{HEADING.strip()}（{words}）\n", "", False) for words in ("前三季度", "2022年度", "县直部门")),
        *((HEADING, below, False) for below in ("以上为未经核实的数据", "注：以上为2022年数据。")),
        *(
            (f"{HEADING.strip()}（2023年度）\n", "", True),
            (HEADING, "以上为2023年数据", True),
            (HEADING, "", True),
        ),
    ],
)
@pytest.mark.parametrize("copies", [1, 3])
def test_words_around_rows_with_the_names_of_columns_in_them_are_said_of_all_rows(
    heading: str, below: str, copies: int, *, is_own: bool
) -> None:
    shown = figures()
    lines = []
    for row, texts in shown.items():
        group = [GROUPS_OF[row]] if row in GROUPS_OF else []
        cells = [cell for pair in zip(texts, NAMES, strict=True) for cell in pair]
        lines.append("".join(f"<td>{cell}</td>" for cell in [*group, *[LABELS[row]] * copies, *cells]))
    table = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    page = document(heading + table + (f"<p>{below}</p>" if below else ""))
    (extraction,) = extract(page)
    settled = [one for one in extraction.cells if one.status in SETTLED and one.address in by_address(shown)]
    assert bool(settled) == is_own


@pytest.mark.parametrize("zero", ["0", "-", "/"])
def test_of_figures_on_both_sides_of_labels_nothing_is_settled_without_a_header_for_both(zero: str) -> None:
    shown = {row: [zero if text == "0" else text for text in texts] for row, texts in figures().items()}
    last_year = {row: [str(1000 * number + i) for i in range(7)] for number, row in enumerate(shown, 1)}
    rows = ["\t".join([*shown[row], LABELS[row], *last_year[row]]) for row in shown]
    page = document("\t".join(NAMES) + "\n" + "\n".join(rows) + "\n")
    (extraction,) = extract(page)
    assert _wrong(extraction, shown) == []
