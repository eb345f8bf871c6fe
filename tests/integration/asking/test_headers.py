"""Headers that the layout can't read, put to a model: taken where the page bears them out, and only there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from eval.gold.cases import load_case
from extractor import Extraction, extract
from extractor.asking.options import WhoReads
from extractor.asking.schemas import ColumnsReply
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from extractor.result.steps import Action
from tests.helpers.answering import read

FORM = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
    "total",
)
ROWS = {
    "一、本年新收政府信息公开申请数量": (11, 12, 13, 14, 15, 16, 81),
    "二、上年结转政府信息公开申请数量": (1, 0, 2, 0, 3, 0, 6),
    "（一）予以公开": (4, 5, 6, 7, 8, 9, 39),
    "（二）部分公开": (3, 2, 4, 5, 6, 7, 27),
    "（七）总计": (7, 7, 10, 12, 14, 16, 66),
    "四、结转下年度继续办理": (5, 5, 5, 2, 4, 0, 21),
}
RESULT = "三、本年度办理结果"
WORDS = ("个人", "企业", "研究所", "公益类", "律所", "其余", "合计")
# The easy guess is the form's order; this page has another one.
OTHER_ORDER = (3, 1, 4, 0, 2, 5, 6)


class HeaderModel:
    """Says of any header what it is told to; of rows, nothing."""

    name = "told"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, columns: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.asked: list[Request] = []
        self._columns = [{"column": name, "words": list(words)} for name, words in columns]

    async def ask(self, request: Request) -> Reply:
        is_header = issubclass(request.schema, ColumnsReply)
        if is_header:
            self.asked.append(request)
        answer = {"columns": self._columns} if is_header else {"rows": [], "zeros": []}
        return Reply(json.dumps(answer, ensure_ascii=False), "stop", Traffic(1, 10, 10))


def page(header: Sequence[str], order: Sequence[int] = range(7)) -> str:
    """A report whose table 3 has this header above its figures in this order."""
    lines = ["某某局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *header]
    for label, figures in ROWS.items():
        lines += [RESULT] if label == "（一）予以公开" else []
        lines.append("|".join([label, *(str(figures[i]) for i in order)]))
    return "\n".join(lines)


def cells(extraction: Extraction) -> dict[str, str]:
    return {
        cell.address.removeprefix("requests."): cell.printed
        for cell in extraction.cells
        if cell.address.startswith("requests.") and cell.status in (Status.CONFIRMED, Status.UNCHECKED)
    }


def asked(extraction: Extraction) -> list[Action]:
    return [step.action for step in extraction.trace]


def test_an_invented_header_is_read_by_what_a_model_says_its_words_name() -> None:
    header = "|".join(["项目", *(WORDS[i] for i in OTHER_ORDER)])
    model = HeaderModel([(FORM[i], [WORDS[i]]) for i in OTHER_ORDER])
    extraction = read(page([header], OTHER_ORDER), model, WhoReads.AUTO)
    found = cells(extraction)
    for column, figure in zip(FORM, ROWS["一、本年新收政府信息公开申请数量"], strict=True):
        assert found[f"received.{column}"] == str(figure)
    cell = extraction.cell("requests.received.business")
    assert (cell.status, cell.basis, cell.readers) == (Status.UNCHECKED, Basis.READERS, ("layout", "told"))
    assert len(model.asked) == 1


def test_who_answers_by_the_form_on_a_page_of_another_order_is_refused() -> None:
    header = "|".join(["项目", *(WORDS[i] for i in OTHER_ORDER)])
    model = HeaderModel([(name, [WORDS[i]]) for name, i in zip(FORM, OTHER_ORDER, strict=True)])
    extraction = read(page([header], OTHER_ORDER), model, WhoReads.AUTO)
    assert Action.REFUSED in asked(extraction)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


# Words that mean what the form's labels do, three of them without a character of these.
OTHER_WORDS = ("公民", "公司", "研究单位", "公益团体", "律所", "别的", "合在一起")


def test_words_that_only_mean_the_same_are_read_by_what_they_mean() -> None:
    header = "|".join(["事项", *(OTHER_WORDS[i] for i in OTHER_ORDER)])
    model = HeaderModel([(FORM[i], [OTHER_WORDS[i]]) for i in OTHER_ORDER])
    extraction = read(page([header], OTHER_ORDER), model, WhoReads.AUTO)
    found = cells(extraction)
    for column, figure in zip(FORM, ROWS["一、本年新收政府信息公开申请数量"], strict=True):
        assert found[f"received.{column}"] == str(figure)


def test_words_that_say_nothing_are_no_evidence() -> None:
    """甲 to 庚 name nothing: the model's word alone isn't taken."""
    header = "|".join(["事项", *"甲乙丙丁戊己庚"])
    model = HeaderModel(
        [(FORM[i], [letter]) for i, letter in zip(OTHER_ORDER, "甲乙丙丁戊己庚", strict=True)]
    )
    extraction = read(page([header], OTHER_ORDER), model, WhoReads.AUTO)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


RIGHT = [(FORM[i], [WORDS[i]]) for i in OTHER_ORDER]


@pytest.mark.parametrize(
    "said",
    [
        # Another order than that of the words, though each word is named rightly.
        [RIGHT[1], RIGHT[0], *RIGHT[2:]],
        # Words that aren't there.
        [("public_welfare", ["社会公益组织"]), *RIGHT[1:]],
        # A column left out, one twice, and one that isn't there.
        RIGHT[1:],
        [RIGHT[0], *RIGHT],
        [("none", ["备注"]), *RIGHT],
        # Two names exchanged: no sum tells them apart.
        [*RIGHT[:2], ("research", ["律所"]), RIGHT[3], ("legal_service", ["研究所"]), *RIGHT[5:]],
        # Half a word each.
        [(name, [words[0][:1]]) for name, words in RIGHT],
    ],
    ids=["order", "not printed", "left out", "twice", "too many", "exchanged", "half words"],
)
def test_what_the_header_does_not_say_is_refused(said: list[tuple[str, list[str]]]) -> None:
    header = "|".join(["项目", *(WORDS[i] for i in OTHER_ORDER)])
    extraction = read(page([header], OTHER_ORDER), HeaderModel(said), WhoReads.AUTO)
    assert Action.REFUSED in asked(extraction)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


def test_a_total_that_stands_elsewhere_is_seen_by_the_sums() -> None:
    """The word for the total stands above a part: read so, no row adds up."""
    said = [(FORM[i], [WORDS[i]]) for i in range(7)]
    body = page(["|".join(["项目", *WORDS])], (0, 1, 2, 3, 4, 6, 5))
    extraction = read(body, HeaderModel(said), WhoReads.AUTO)
    assert "the totals of the rows don't hold" in " ".join(step.message.en for step in extraction.trace)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


def test_a_header_whose_lines_break_inside_its_labels_is_read() -> None:
    header = ["项目|个", "人|企业|研究", "所|公益类|律", "所|其余|合", "计"]
    pieces = ["个 人", "企业", "研究 所", "公益类", "律 所", "其余", "合 计"]
    model = HeaderModel([(name, piece.split()) for name, piece in zip(FORM, pieces, strict=True)])
    extraction = read(page(header), model, WhoReads.AUTO)
    assert cells(extraction)["granted.research"] == "6"
    assert extraction.cell("requests.granted.research").status is Status.UNCHECKED


def test_lines_that_end_between_labels_are_not_read_as_one_row() -> None:
    """其余 stands above, beside the persons: that it comes second only seems so, and no sum tells."""
    header = ["项目|个人|其余", "企业|研究所|公益类|律所|合计"]
    said = [(FORM[i], [WORDS[i]]) for i in (0, 5, 1, 2, 3, 4, 6)]
    extraction = read(page(header), HeaderModel(said), WhoReads.AUTO)
    assert Action.REFUSED in asked(extraction)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


def test_what_the_page_proves_is_not_asked_and_stays_confirmed() -> None:
    model = HeaderModel([])
    read(load_case("longting-2023").text, model, WhoReads.AUTO)
    assert model.asked == []


def test_the_columns_are_named_in_no_order_of_the_form_or_the_page() -> None:
    model = HeaderModel([])
    read(page(["|".join(["项目", *(WORDS[i] for i in OTHER_ORDER)])], OTHER_ORDER), model, WhoReads.AUTO)
    listed = model.asked[0].messages[0].content.splitlines()[-7:]
    names = [line.split()[0] for line in listed]
    assert sorted(names) == sorted(FORM)
    assert names != list(FORM)
    assert names != list(FORM)[::-1]


def test_without_a_model_words_of_the_page_are_not_taken_for_the_columns_of_the_form() -> None:
    (extraction,) = extract(
        page(["|".join(["项目", *(WORDS[i] for i in OTHER_ORDER)])], OTHER_ORDER).encode()
    )
    statuses = {cell.status for cell in extraction.cells if cell.address.startswith("requests.received.")}
    assert statuses == {Status.DISPUTED}


def wide_page(
    header: Sequence[str], figures_of: Callable[[Sequence[str], int], list[str]], between: str
) -> str:
    """A report whose rows have a figure more than the form has columns, put among them by a function."""
    lines = [
        "某某局2023年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        between.join(header),
    ]
    for number, (label, figures) in enumerate(ROWS.items()):
        lines += [RESULT] if label == "（一）予以公开" else []
        lines.append(between.join([label, *figures_of([str(figures[i]) for i in OTHER_ORDER], number)]))
    return "\n".join(lines)


OTHER_COLUMN = ("70", "5", "33", "20", "60", "19")


@pytest.mark.parametrize("between", ["|", "\t", "  "], ids=["pipes", "tabs", "blanks"])
@pytest.mark.parametrize(("word", "is_first"), [("上年合计", False), ("网上提交", False), ("网上提交", True)])
def test_rows_with_more_figures_than_columns_are_read_where_the_model_names_the_others(
    word: str,
    is_first: bool,  # noqa: FBT001
    between: str,
) -> None:
    """Each row has a figure of a column that the form hasn't; which it is, the words of the header tell."""

    def among(own: Sequence[str], number: int) -> list[str]:
        other = [OTHER_COLUMN[number]]
        return [*other, *own] if is_first else [*own, *other]

    named = [(FORM[i], [WORDS[i]]) for i in OTHER_ORDER]
    said = [("none", [word]), *named] if is_first else [*named, ("none", [word])]
    text = wide_page(["项目", *(words[0] for _, words in said)], among, between)
    (alone,) = extract(text.encode())
    assert {cell.status for cell in alone.cells if ".received." in cell.address} == {Status.DISPUTED}
    found = cells(read(text, HeaderModel(said), WhoReads.AUTO))
    for column, figure in zip(FORM, ROWS["一、本年新收政府信息公开申请数量"], strict=True):
        assert found[f"received.{column}"] == str(figure)
    # Who leaves the other column out is refused: what the rows have would be shifted.
    assert cells(read(text, HeaderModel(named), WhoReads.AUTO)) == {}


def test_a_figure_more_that_no_word_of_the_header_names_is_left_open() -> None:
    labels = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    header = ["项目", *(labels[i] for i in OTHER_ORDER)]
    text = wide_page(header, lambda own, number: [*own, OTHER_COLUMN[number]], "|")
    model = HeaderModel([(FORM[i], [labels[i]]) for i in OTHER_ORDER])
    assert cells(read(text, model, WhoReads.AUTO)) == {}
