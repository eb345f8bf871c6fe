"""Words in a row besides its label and figures may say that these aren't the report's."""

from collections.abc import Callable, Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import LABELS
from tests.helpers.sweeps import part_of
from tests.helpers.whole_reports import DISCLOSURE, REQUESTS, Cell, Report, Writer, in_lines, web

pytestmark = pytest.mark.dealt_out("write")
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
NORMATIVE, GRANTED = "disclosure.normative_documents.", "requests.granted."
TABS, BARS = in_lines("\t"), in_lines(" | ")
WRITERS = pytest.mark.parametrize("write", [web, TABS, BARS], ids=["web", "tabs", "bars"])
SITES = pytest.mark.parametrize(
    ("write", "is_last"),
    part_of([(web, True), (web, False), (TABS, False), (TABS, True), (BARS, True), (BARS, False)], 2),
)


def settled(report: Report, write: Writer) -> dict[str, str]:
    (extraction,) = extract(report.written(write))
    assert len(extraction.cells) == 200
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


def disclosure(head: str, word: str, *, is_last: bool) -> Report:
    """Table 2 with a column that the form hasn't, in which one row has a word."""
    report = Report()
    for row in report.tables[DISCLOSURE]:
        if row[0].words.startswith("第二十条"):
            row[0].across += 1
            continue
        said = {"信息内容": head, "行政规范性文件": word}.get(row[0].words, "")
        row.insert(len(row) if is_last else 1, Cell(said))
    return report


def requests(head: str, word: str, *, is_last: bool) -> Report:
    """Table 3 with such a column."""
    report = Report()
    for place, row in enumerate(report.tables[REQUESTS]):
        at = len(row) if is_last else len(row) - 7 if place > 2 else 1
        if place in (1, 2):
            continue
        is_granted = any(cell.words == LABELS["granted"] for cell in row)
        row.insert(at, Cell(head, down=3) if place == 0 else Cell(word if is_granted else ""))
    return report


@SITES
@pytest.mark.parametrize(("table", "row"), [(disclosure, NORMATIVE), (requests, GRANTED)])
@pytest.mark.parametrize(
    ("head", "word"),
    [
        *(("年度", word) for word in ("2022年", "上年", "2022", "2021年度", "非本年度")),
        *(("口径", word) for word in ("上半年", "不含本级", "原数", "预计数")),
        *(("备注", word) for word in ("更正：应为1", "应为1件", "数据有误", "作废", "改为1", "误报", "示例")),
    ],
)
def test_a_word_beside_its_figures_disowns_a_row(
    table: Callable[..., Report], row: str, head: str, word: str, write: Writer, *, is_last: bool
) -> None:
    found = settled(table(head, word, is_last=is_last), write)
    assert not [address for address in found if address.startswith(row)]
    assert len(found) == 200 - (3 if row == NORMATIVE else 7)


@SITES
@pytest.mark.parametrize(("table", "row"), [(disclosure, NORMATIVE), (requests, GRANTED)])
@pytest.mark.parametrize(
    ("head", "word"),
    [
        *(("年度", word) for word in ("2023年", "本年", "2023")),
        *(("备注", word) for word in ("已核对", "联合制发2件", "2023年1月办结", "含联合发文")),
    ],
)
def test_other_words_leave_it_settled(
    table: Callable[..., Report], row: str, head: str, word: str, write: Writer, *, is_last: bool
) -> None:
    assert len([one for one in settled(table(head, word, is_last=is_last), write) if one.startswith(row)]) > 2


def twofold(head: str, words: Sequence[str]) -> Report:
    """Table 2 with several lines for each row, the first with the form's figures."""
    report = Report()
    rows: list[list[Cell]] = []
    for row in report.tables[DISCLOSURE]:
        if row[0].words.startswith("第二十条"):
            rows.append([Cell(row[0].words, across=5)])
        elif row[0].words == "信息内容":
            rows.append([row[0], Cell(head), *row[1:]])
        else:
            row[0].down = len(words)
            rows.append([row[0], Cell(words[0]), *row[1:]])
            rows += (
                [Cell(word), *(Cell(f"9{line}", across=cell.across) for cell in row[1:])]
                for line, word in enumerate(words[1:])
            )
    report.tables[DISCLOSURE] = rows
    return report


@WRITERS
@pytest.mark.parametrize(
    ("head", "words"),
    [
        *(("口径", ("局机关", "下属单位")), ("范围", ("本级", "全区")), ("单位", ("甲局", "乙局"))),
        *(("季度", ("一季度", "二季度")), ("数据", ("原数", "现数")), ("渠道", ("网上", "现场"))),
        *(("年度", ("2021年", "2022年")), ("年度", ("上年", "上上年"))),
    ],
)
def test_of_several_lines_of_one_label_none_is_taken(head: str, words: Sequence[str], write: Writer) -> None:
    found = settled(twofold(head, words), write)
    assert not [address for address in found if address.startswith(DISCLOSURE)]
    assert len(found) == 190
