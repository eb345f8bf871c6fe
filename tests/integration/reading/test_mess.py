"""What real pages look like (table 3, in every layout of text): read right, or flagged."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from extractor import Basis, Extraction, Status, extract
from tests.helpers.pages import (
    BLOCK,
    COLUMNS,
    CORNER,
    FLAT_HEADER,
    LABELS,
    LAYOUTS,
    TITLE,
    WITH_BLANKS,
    Page,
    cell_lines,
    document,
    figures,
    lines,
)
from tests.helpers.sweeps import part_of

layouts = pytest.mark.parametrize("layout", LAYOUTS)
ZEROS = pytest.mark.parametrize("zeros", [False, True], ids=["figures", "zeros"])
CELLS = [(row, i, f"requests.{row}.{column}") for row in LABELS for i, column in enumerate(COLUMNS)]
FLAGGED = (Status.ABSENT, Status.DISPUTED)


def read(body: str) -> Extraction:
    (extraction,) = extract(document(body))
    return extraction


def assert_right(extraction: Extraction, values: dict[str, list[str]]) -> None:
    for row, i, address in CELLS:
        cell = extraction.cell(address)
        assert cell.printed == values[row][i], address
        assert cell.status not in FLAGGED, address


def assert_right_or_flagged(extraction: Extraction, values: dict[str, list[str]]) -> None:
    found = {cell.address: cell for cell in extraction.cells}
    for row, i, address in CELLS:
        cell = found.get(address)
        if cell is not None and cell.status not in FLAGGED:
            assert cell.printed == values[row][i], address


def assert_all_flagged(extraction: Extraction) -> None:
    flagged = [extraction.cell(address).status in FLAGGED for _, _, address in CELLS]
    assert all(flagged)


@layouts
@ZEROS
def test_every_layout_is_read(layout: str, zeros: bool) -> None:  # noqa: FBT001
    values = figures(zeros=zeros)
    extraction = read(LAYOUTS[layout](Page(values)))
    assert_right(extraction, values)
    assert {extraction.cell(address).status for _, _, address in CELLS} == {Status.CONFIRMED}


@pytest.mark.parametrize("layout", WITH_BLANKS)
def test_blanks_for_zero_stay_blank(layout: str) -> None:
    values = {row: ["" if text == "0" else text for text in texts] for row, texts in figures().items()}
    extraction = read(LAYOUTS[layout](Page(values)))
    assert_right_or_flagged(extraction, values)
    right = [extraction.cell(a).status not in FLAGGED for _, _, a in CELLS]
    assert all(right), layout
    assert all(extraction.cell(a).value is None for r, i, a in CELLS if values[r][i] == "")


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in WITH_BLANKS])
def test_dropped_blanks_are_flagged(layout: str) -> None:
    values = {row: [text for text in texts if text != "0"] for row, texts in figures().items()}
    extraction = read(LAYOUTS[layout](Page(values)))
    for row, _, address in CELLS:
        if len(values[row]) < len(COLUMNS):
            assert extraction.cell(address).status in FLAGGED, address


@pytest.mark.parametrize(
    ("layout", "mark"), part_of([(layout, mark) for mark in ("/", "-", "—", "无") for layout in LAYOUTS], 2)
)
def test_marks_stay_marks(layout: str, mark: str) -> None:
    values = {row: [mark if text == "0" else text for text in texts] for row, texts in figures().items()}
    extraction = read(LAYOUTS[layout](Page(values)))
    assert_right(extraction, values)
    for row, i, address in CELLS:
        assert extraction.cell(address).state == ("mark" if values[row][i] == mark else "number")


def respelled(how: Callable[[str], str]) -> dict[str, str]:
    return {row: how(label) for row, label in LABELS.items()}


SPELLINGS: dict[str, Callable[[str], str]] = {
    "ideographic comma": lambda label: label.replace(".", "、"),
    "full width": lambda label: label.replace(".", "．").replace("(", "（").replace(")", "）"),
    "no ordinals": lambda label: (
        label.lstrip("一二三四五六七(123456789)、.") if "三安全" not in label else label
    ),
    "traditional": lambda label: label.replace("开", "開").replace("请", "請").replace("务", "務"),
    "Kangxi radicals": lambda label: label.replace("行", "⾏").replace("大", "⼤"),
    "explained": lambda label: f"{label}（只计这一情形，不计其他情形，如-8）",
}


@pytest.mark.parametrize(
    ("layout", "spelling"), part_of([(layout, spelling) for spelling in SPELLINGS for layout in LAYOUTS], 2)
)
def test_labels_spelled_otherwise(layout: str, spelling: str) -> None:
    values = figures()
    page = Page(values, labels=respelled(SPELLINGS[spelling]))
    extraction = read(LAYOUTS[layout](page))
    assert_right_or_flagged(extraction, values)
    if spelling != "no ordinals" and not (layout == "one line" and spelling == "explained"):
        assert_right(extraction, values)


@layouts
def test_digits_spelled_otherwise(layout: str) -> None:
    values = figures()
    values["granted"][0] = "５"
    values["received"][0] = "3\u200b9"
    assert_right(read(LAYOUTS[layout](Page(values))), values)


# --- hazards: figures that can't be tied to their labels ---------------------------------------------


def values_first(
    template: str, *, between: str = "", labels: dict[str, str] = LABELS
) -> Callable[[Page], str]:
    def write(page: Page) -> str:
        cells = [*page.header, *([between] if between else [])]
        for row, values in page.values.items():
            cells += [*values, labels[row]]
        return "".join(template.format(cell) for cell in cells)

    return write


@ZEROS
@pytest.mark.parametrize("template", ["{}\n", "{} |\n", "{}\n\n"])
@pytest.mark.parametrize("between", ["", "本年数"])
@pytest.mark.parametrize("first", [LABELS["received"], "一、本年新收申请总数"])
def test_values_before_their_labels(zeros: bool, template: str, between: str, first: str) -> None:  # noqa: FBT001
    write = values_first(template, between=between, labels=LABELS | {"received": first})
    assert_all_flagged(read(write(Page(figures(zeros=zeros)))))


@ZEROS
@pytest.mark.parametrize("cut", [1, 7, 12, 24])
def test_labels_and_values_in_separate_runs(zeros: bool, cut: int) -> None:  # noqa: FBT001
    values = figures(zeros=zeros)
    rows = list(LABELS)
    body = [*FLAT_HEADER]
    for part in (rows[:cut], rows[cut : cut + 1], rows[cut + 1 :]):
        body += [text for row in part for text in values[row]] + [LABELS[row] for row in part]
    assert_all_flagged(read("\n".join(body) + "\n"))


def test_values_on_the_line_above_their_label() -> None:
    values = figures()
    body = " ".join(column.label for column in BLOCK.columns) + "\n"
    body += "".join(f"{' '.join(values[row])}\n{label}\n" for row, label in LABELS.items())
    assert_right_or_flagged(read(body), values)


@ZEROS
def test_a_header_whose_total_stands_second(zeros: bool) -> None:  # noqa: FBT001
    values = figures(zeros=zeros)
    header = "自然人 | 总计 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"
    moved = {row: [v[0], v[6], *v[1:6]] for row, v in values.items()}
    body = f"申请人情况 | {header}\n" + "".join(
        f"{LABELS[row]} | {' | '.join(texts)}\n" for row, texts in moved.items()
    )
    assert_right(read(body), values)


@pytest.mark.parametrize("at", [0, 7])
def test_an_extra_column(at: int) -> None:
    values = figures()
    labels = [column.label for column in BLOCK.columns]
    labels.insert(at, "上年数")
    body = f"申请人情况 | {' | '.join(labels)}\n"
    for row, texts in values.items():
        printed = [*texts]
        printed.insert(at, "" if row == "granted" else "9")
        body += f"{LABELS[row]} | {' | '.join(printed)}\n"
    assert_right(read(body), values)


@layouts
@pytest.mark.parametrize(
    "header", [[], ["申请人情况"], ["数据1", "数据2", "数据3", "数据4", "数据5", "数据6"]]
)
def test_a_lost_header(layout: str, header: list[str]) -> None:
    values = figures()
    body = LAYOUTS[layout](Page(values, header=header))
    extraction = read(body)
    assert_right_or_flagged(extraction, values)
    if layout in ("a cell a line", "Word"):
        statuses = {extraction.cell(address).status for _, _, address in CELLS}
        assert statuses <= {Status.UNCHECKED, *FLAGGED}


def test_names_that_only_count_are_no_header() -> None:
    values = figures()
    counted = ["项目1", "项目2", "项目3", *(f"数据{number}" for number in range(1, 8))]
    rows = [counted, *([LABELS[row]] * 3 + printed for row, printed in values.items())]
    extraction = read("".join(f"{' | '.join(row)}\n" for row in rows))
    assert_right(extraction, values)
    assert {extraction.cell(address).basis for _, _, address in CELLS} == {Basis.CONVENTION}


def test_two_equal_headers_that_lost_their_second_line() -> None:
    body = "第二十条第（一）项\n信息内容 | 本年新 | 本年新 | 对外公开\n规章 | 1 | 2 | 3\n"
    (extraction,) = extract(document(body))
    assert extraction.cell("disclosure.regulations.disclosed").value == 2
    assert extraction.cell("disclosure.regulations.disclosed").placement == "certain"


def test_the_edition_is_what_the_labels_say_block_by_block() -> None:
    values = figures()
    table_2 = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规范性文件 | 4 | 5 | 6\n"
    (extraction,) = extract(document(table_2 + lines(" | ")(Page(values))))
    assert extraction.edition == "2021"
    assert extraction.block_editions == {"disclosure.article_20_1": "2019"}
    assert extraction.cell("disclosure.normative_documents.made").value == 4


def test_one_row_of_other_outcomes_on_the_2021_form() -> None:
    values = figures()
    body = lines(" | ")(Page(values)).replace("(六)其他处理 | 1.", "1.")
    kept = [line for line in body.split("\n") if "逾期" not in line and not line.startswith("3.其他")]
    table = "\n".join(kept).replace("(七)总计", "(六)其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n(七)总计")
    table_2 = (
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n规范性文件 | 4 | 5 | 6\n"
    )
    (extraction,) = extract(document(table_2 + table))
    assert extraction.edition == "2021"
    assert extraction.cell("requests.other_combined.total").status == Status.CONFIRMED
    assert not any(cell.address.startswith("requests.other.") for cell in extraction.cells)


@pytest.mark.parametrize("number", ["— 4 —", "- 4 -", "第4页", "第 4 页 共 9 页"])
@pytest.mark.parametrize(
    "layout", ["a cell a line", "a cell a line, pipe after", "single blanks", "Markdown"]
)
def test_page_numbers_inside_the_table(layout: str, number: str) -> None:
    values = figures()
    body = LAYOUTS[layout](Page(values))
    at = body.index(LABELS["refused.enforcement_file"])
    at = body.rindex("\n", 0, at) + 1
    assert_right(read(f"{body[:at]}{number}\n{body[at:]}"), values)


def test_a_bare_page_number_is_never_a_confirmed_figure() -> None:
    values = figures()
    body = cell_lines("{}\n")(Page(values))
    at = body.index(LABELS["refused.enforcement_file"])
    extraction = read(f"{body[:at]}4\n{body[at:]}")
    assert_right_or_flagged(extraction, values)
    assert extraction.verdict == "needs_review"


@layouts
def test_a_table_cut_in_the_middle_of_a_label(layout: str) -> None:
    values = figures()
    body = LAYOUTS[layout](Page(values)).replace("本机关不掌握", "本机关不\n掌握")
    assert_right_or_flagged(read(body), values)


@layouts
def test_a_header_repeated_inside_the_table(layout: str) -> None:
    values = figures()
    head = LAYOUTS[layout](Page({}))
    body = LAYOUTS[layout](Page(values))
    at = body.index(LABELS["refused.enforcement_file"])
    at = at if layout in ("one line",) else body.rindex("\n", 0, at) + 1
    assert_right(read(body[:at] + head + body[at:]), values)


def test_duplicate_lines_removed_by_the_site() -> None:
    values = figures()
    body = cell_lines("{}\n")(Page(values)).split("\n")
    extraction = read("\n".join(dict.fromkeys(body)) + "\n")
    assert extraction.verdict == "needs_review"
    assert_right_or_flagged(extraction, values)


@layouts
def test_figures_lost_at_random_never_shift_others_into_their_place(layout: str) -> None:
    # Others in each layout: together they are of every row and column.
    chance = random.Random(layout)  # noqa: S311  # no secret
    for zeros in (False, True):
        values = figures(zeros=zeros)
        for _ in range(7):
            row = chance.choice(list(LABELS))
            lost = chance.randrange(7)
            changed = values | {row: values[row][:lost] + values[row][lost + 1 :]}
            extraction = read(LAYOUTS[layout](Page(changed)))
            for column in COLUMNS:
                assert extraction.cell(f"requests.{row}.{column}").status in FLAGGED, (layout, row, lost)


def test_values_before_their_labels_in_a_page_that_ends_anywhere() -> None:
    values = figures(zeros=True)
    body = values_first("{}\n")(Page(values)).split("\n")
    for end in range(len(FLAT_HEADER) + 8, len(body), 5):
        (extraction,) = extract(f"{TITLE}{chr(10).join(body[:end])}".encode())
        assert extraction.cells
        assert all(cell.status in FLAGGED for cell in extraction.cells), end


def test_a_second_page_with_values_before_their_labels() -> None:
    values = figures(zeros=True)
    rows = list(LABELS)
    body = [*FLAT_HEADER]
    for row in rows[:6]:
        body += [LABELS[row], *values[row]]
    body.append("续表")
    for row in rows[6:]:
        body += [*values[row], LABELS[row]]
    extraction = read("\n".join(body) + "\n")
    for row, _, address in CELLS:
        if row in rows[6:]:
            assert extraction.cell(address).status in FLAGGED, address


@pytest.mark.parametrize("edge", ["", "|"])
def test_values_before_their_label_on_its_line_with_blanks_for_zero(edge: str) -> None:
    values = {row: ["" if text == "0" else text for text in texts] for row, texts in figures().items()}
    body = f"{edge}{' | '.join(column.label for column in BLOCK.columns)} | {CORNER}{edge}\n"
    body += "".join(f"{edge}{' | '.join(v)} | {LABELS[row]}{edge}\n" for row, v in values.items())
    extraction = read(body)
    assert_right_or_flagged(extraction, values)


def test_figures_after_two_labels_may_be_either_row_s() -> None:
    body = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n行政规范性文件\n1\n2\n3\n其他内容\n"
    (extraction,) = extract(document(body))
    assert extraction.cell("disclosure.normative_documents.issued").status in FLAGGED


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("other.other", "(七)其他"),
        ("other.other", "其他"),
        ("handled_total", "(三)总计"),
        ("refused.prohibited_by_law", "2.其他法律行政法规允许公开"),
        ("not_processed.repeated", "2.不重复申请"),
    ],
)
@layouts
def test_labels_that_say_something_else(layout: str, row: str, label: str) -> None:
    values = figures(zeros=True)
    extraction = read(LAYOUTS[layout](Page(values, labels=LABELS | {row: label})))
    for column in COLUMNS:
        assert extraction.cell(f"requests.{row}.{column}").status in FLAGGED


@layouts
def test_a_misprinted_label_is_known_by_its_ordinal(layout: str) -> None:
    values = figures()
    labels = LABELS | {"refused.prohibited_by_law": "2.其他法律行政止公开"}
    assert_right(read(LAYOUTS[layout](Page(values, labels=labels))), values)


def test_rows_of_two_alternatives_exclude_each_other() -> None:
    values = figures()
    body = lines(" | ")(Page(values)).replace(
        "(六)其他处理 | 1.", "(六)其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n1."
    )
    extraction = read(body)
    for row in ("other.not_corrected", "other.fee_unpaid", "other.other"):
        assert extraction.cell(f"requests.{row}.total").status in FLAGGED
    assert extraction.verdict == "needs_review"


def test_a_word_in_the_place_of_a_figure_is_told_as_it_is_printed() -> None:
    (extraction,) = extract("tests/data/wild/11-word-in-a-cell.txt")
    change = extraction.cell("disclosure.licences.change")
    assert (change.printed, change.state, change.value) == ("未增未减", "unread", None)
    rules = [finding.rule for finding in extraction.findings]
    assert "unreadable" in rules
    assert "unread" not in rules
