"""What a page settles where the labels that a model quoted stand whole with the figures, and what not."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extractor import Extraction
from extractor.asking.options import WhoReads
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from tests.helpers.answering import read
from tests.helpers.phone import GOLD

PAGES = Path("tests/data/messy")
TABLE_3 = {address for address in GOLD if address.startswith("requests.")}
GRANTED = (
    "（一）予以公开：自然人为41件，商业企业为6件，科研机构为0件，社会公益组织为2件，法律服务机构为3件，其他为1件，"
    "总计为53件。"
)
Change = Callable[[dict[str, Any]], None]


class Teller:
    """Says the same of every table without rows and columns."""

    name = "teller"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, page: str, change: Change = lambda _: None) -> None:
        self._said = json.loads((PAGES / f"{page}.reply.json").read_text(encoding="utf-8"))
        change(self._said)

    async def ask(self, _: Request) -> Reply:
        return Reply(json.dumps(self._said, ensure_ascii=False), "stop", Traffic(1, 10, 10))


def page(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def wrong(extraction: Extraction) -> list[str]:
    """The cells that are confirmed as what the page doesn't say."""
    return [
        cell.address
        for cell in extraction.cells
        if cell.status is Status.CONFIRMED and cell.printed != GOLD[cell.address]
    ]


def status_of_row(extraction: Extraction, row: str) -> set[tuple[Basis, Status]]:
    return {
        (cell.basis, cell.status)
        for cell in extraction.cells
        if cell.address.startswith(f"requests.{row}.") and cell.basis is not None
    }


PROVED = {(Basis.LABELS, Status.CONFIRMED)}
FOUND = {(Basis.READERS, Status.UNCHECKED)}


@pytest.mark.parametrize("name", ["labelled", "transposed"])
def test_labels_that_stand_whole_with_the_figures_settle_them(name: str) -> None:
    extraction = read(page(name), Teller(name), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} >= TABLE_3
    cell = extraction.cell("requests.granted.business")
    assert (cell.basis, cell.placement, cell.readers) == (Basis.LABELS, "certain", ("teller",))
    assert cell.span is not None
    assert cell.column_label is not None


@pytest.mark.parametrize("name", ["paragraph", "columns"])
def test_labels_that_stand_elsewhere_do_not(name: str) -> None:
    """They are whole, but only their order tells which figure is whose."""
    extraction = read(page(name), Teller(name), WhoReads.AUTO)
    assert {cell.basis for cell in extraction.cells if cell.address.startswith("requests.")} == {
        Basis.READERS
    }
    assert not {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} & TABLE_3


@pytest.mark.parametrize(
    ("new", "row_then"),
    [
        (GRANTED.replace("。", "，另有上年的7件。"), FOUND),
        (GRANTED.replace("53件。", "53件（含上年）。"), FOUND),
        (GRANTED.replace("，科研机构为0件", "，\n科研机构为0件"), FOUND),
        (f"年内{GRANTED}", FOUND),
        (GRANTED.replace("（一）予以公开", "（四）予以公开"), FOUND),
        (GRANTED.replace("予以公开：", "予以公开（不含街道）："), FOUND),
        (f"街道的情况：另有说明；{GRANTED}", FOUND),
    ],
    ids=[
        "sentence goes on",
        "remark behind",
        "over lines",
        "label inside words",
        "another's ordinal",
        "explanation behind",
        "in a sentence of several",
    ],
)
def test_a_line_that_holds_more_or_less_proves_nothing(new: str, row_then: set[tuple[Basis, Status]]) -> None:
    def says_so(said: dict[str, Any]) -> None:
        if "\n" in new:
            for one in said["series"][3:]:
                one["line"] += 1
        if "（四）予以公开" in new:
            said["series"][2]["words"] = "（四）予以公开"

    extraction = read(replaced(page("labelled"), GRANTED, new), Teller("labelled", says_so), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert status_of_row(extraction, "granted") <= row_then
    assert status_of_row(extraction, "carried_in") == PROVED


def test_figures_of_a_neighbour_row_are_none_of_a_label() -> None:
    def neighbours(said: dict[str, Any]) -> None:
        one, two = said["series"][2:4]
        one["cells"], two["cells"] = two["cells"], one["cells"]

    extraction = read(page("labelled"), Teller("labelled", neighbours), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert extraction.cell("requests.granted.total").printed == ""


@pytest.mark.parametrize("key", ["name", "words"])
@pytest.mark.parametrize("members", ["across", "series"])
def test_who_exchanges_labels_proves_nothing(members: str, key: str) -> None:
    def exchanged(said: dict[str, Any]) -> None:
        one, two = said[members][2:4]
        one[key], two[key] = two[key], one[key]

    for name in ("labelled", "transposed"):
        assert wrong(read(page(name), Teller(name, exchanged), WhoReads.AUTO)) == []


def test_a_label_that_two_rows_have_is_none_of_either() -> None:
    text = page("labelled")
    for label in ("1.信访举报投诉类申请", "2.重复申请", "3.其他"):
        text = replaced(text, f"{label}：", "其他：")

    def same(said: dict[str, Any]) -> None:
        for one in said["series"]:
            if one["name"] in ("not_processed.petition", "not_processed.repeated", "other.other"):
                one["words"] = "其他"

    extraction = read(text, Teller("labelled", same), WhoReads.AUTO)
    assert wrong(extraction) == []
    for row in ("not_processed.petition", "not_processed.repeated", "other.other"):
        assert PROVED.isdisjoint(status_of_row(extraction, row))


def test_a_label_behind_its_figures_is_not_taken_for_one_before_others() -> None:
    """The figures come first, the label at the end of their line: the model shifts all of them by a row."""
    lines = page("labelled").split("\n")
    of_rows = [i for i, line in enumerate(lines) if "：自然人" in line]
    for i in of_rows:
        label, _, figures = lines[i].partition("：")
        lines[i] = f"{figures.removesuffix('。')}：{label}"

    def shifted(said: dict[str, Any]) -> None:
        series = said["series"]
        for one, following in pairwise(series):
            one["cells"] = following["cells"]
        series.pop()

    assert wrong(read("\n".join(lines), Teller("labelled", shifted), WhoReads.AUTO)) == []
    assert wrong(read("\n".join(lines), Teller("labelled"), WhoReads.AUTO)) == []


def _lines_with_words(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def a_row_shifted(text: str) -> str:
    """A blank cell too many before the figures of a row, one too few behind: 商业企业 hasn't 科研机构's."""
    line = next(line for line in text.split("\n") if line.startswith("商业企业|"))
    label, *figures = line.split("|")
    return replaced(text, line, "|".join([label, "", *figures]))


def a_label_less(text: str) -> str:
    return replaced(text, "|（一）予以公开|", "|")


def a_column_more(text: str) -> str:
    return "\n".join(f"{line}|备注" if "|" in line else line for line in text.split("\n"))


def header_of(text: str) -> str:
    return next(line for line in text.split("\n") if line.startswith("申请人|"))


def a_second_header(text: str) -> str:
    """Right above the figures, two labels stand the other way round: the header quoted is further off."""
    header = header_of(text)
    cells = header.split("|")
    cells[3], cells[4] = cells[4], cells[3]
    return replaced(text, header, f"{header}\n{'|'.join(cells)}")


def a_band_below_the_header(text: str) -> str:
    return replaced(text, header_of(text), f"{header_of(text)}\n街道情况|见附件")


def header_of_another_table(text: str) -> str:
    """Prose parts it from the figures."""
    return replaced(text, header_of(text), f"{header_of(text)}\n\n各街道的情况另行公布。")


def labels_moved(text: str) -> str:
    """No corner, and a column more behind: each label stands above the figure before its own."""
    line = next(line for line in text.split("\n") if line.startswith("申请人|"))
    return replaced(text, line, f"{line.removeprefix('申请人|')}|备注")


def of_another_year(text: str) -> str:
    return replaced(text, "\n\n四、政府信息公开行政复议", "\n以上为2019年数据。\n四、政府信息公开行政复议")


@pytest.mark.parametrize(
    "change",
    [
        a_row_shifted,
        a_label_less,
        a_column_more,
        labels_moved,
        of_another_year,
        a_second_header,
        a_band_below_the_header,
        header_of_another_table,
    ],
)
def test_a_table_turned_round_with_more_or_less_proves_nothing(change: Callable[[str], str]) -> None:
    text = change(page("transposed"))

    def on_its_lines(said: dict[str, Any]) -> None:
        more = len(_lines_with_words(text)) - len(_lines_with_words(page("transposed")))
        for one in said["series"]:
            one["line"] += 0 if change is of_another_year else more

    extraction = read(text, Teller("transposed", on_its_lines), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert not {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} & TABLE_3


def test_a_cell_that_all_lines_have_lost_shifts_none() -> None:
    """Each column lacks what was granted; its sums along the rows hold, wherever the rest is put."""
    lines = page("transposed").split("\n")
    of_columns = [i for i, line in enumerate(lines) if "|" in line and not line.startswith("申请人|")]
    for i in of_columns:
        label, received, carried_in, _, *others = lines[i].split("|")
        lines[i] = "|".join([label, received, carried_in, *others])

    def without(said: dict[str, Any]) -> None:
        said["across"].pop()
        for one in said["series"]:
            del one["cells"][2]

    extraction = read("\n".join(lines), Teller("transposed", without), WhoReads.AUTO)
    assert not {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} & TABLE_3


@pytest.mark.parametrize("ordinal", ["（一）", "", "1."])
def test_the_same_once_more_proves_nothing(ordinal: str) -> None:
    """Another table with the same labels and other figures: one of a row alone doesn't make it two tables."""
    text = page("labelled")
    again = GRANTED.replace("41", "40").replace("53", "52").replace("（一）", ordinal)
    extraction = read(f"{text}\n附：全区\n{again}\n", Teller("labelled"), WhoReads.AUTO)
    assert PROVED.isdisjoint(status_of_row(extraction, "granted"))
    assert status_of_row(extraction, "carried_in") == PROVED


@pytest.mark.parametrize(
    ("before", "line"),
    [("上年情况如下。", 0), ("上年情况如下：\n", 1), ("（统计时间：1月至6月）\n", 1), ("填表示例：\n", 1)],
)
def test_what_disowns_a_later_row_disowns_the_table(before: str, line: int) -> None:
    """From there on the figures are others; nothing says up to which row."""
    text = replaced(page("labelled"), "\n（一）予以公开", f"\n{before}（一）予以公开")

    def on_its_lines(said: dict[str, Any]) -> None:
        for one in said["series"][2:]:
            one["line"] += line

    extraction = read(text, Teller("labelled", on_its_lines), WhoReads.AUTO)
    assert "of another year, period" in extraction.trace[-1].message.en
    assert not {cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED} & TABLE_3


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("各街道的情况如下。", 0),
        ("各街道办理的：\n", 1),
        ("（以下为并入的原房管局部分）\n", 1),
        ("二、街道情况\n", 1),
    ],
)
def test_behind_words_that_are_no_label_nothing_is_proved(before: str, line: int) -> None:
    """They may say whose figures follow, and nothing says up to which row."""
    text = replaced(page("labelled"), "\n（一）予以公开", f"\n{before}（一）予以公开")

    def on_its_lines(said: dict[str, Any]) -> None:
        for one in said["series"][2:]:
            one["line"] += line

    extraction = read(text, Teller("labelled", on_its_lines), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert status_of_row(extraction, "carried_in") == PROVED
    assert status_of_row(extraction, "granted") == FOUND
    assert status_of_row(extraction, "other.other") == FOUND


def test_a_row_that_the_model_left_out_is_no_such_word() -> None:
    def without_one(said: dict[str, Any]) -> None:
        del said["series"][3]

    extraction = read(page("labelled"), Teller("labelled", without_one), WhoReads.AUTO)
    assert status_of_row(extraction, "refused.administrative_inquiry") == PROVED
