"""What findings tell the reader: what is printed, who is suspected, what to do."""

from __future__ import annotations

import pytest

from eval.gold.cases import load_case
from eval.gold.planting import with_figures
from extractor import Extraction, Finding, extract, load_form_file
from tests.helpers.pages import BLOCK, LABELS, Page, document, figures, lines
from tests.integration.reading.test_foreign_form import FORM

LUOZHUANG = load_case("luozhuang-2023")


def read(changes: dict[str, str]) -> Extraction:
    (extraction,) = extract(with_figures(LUOZHUANG, changes).encode())
    return extraction


def only(findings: tuple[Finding, ...], rule: str) -> Finding:
    (finding,) = (one for one in findings if one.rule == rule)
    return finding


def test_a_mark_in_a_total_is_shown_as_it_is_printed() -> None:
    finding = only(read({"disputes.reconsideration.total": "/"}).findings, "disputes-group-total")
    assert finding.cause == "not_stated"
    assert finding.message.zh.startswith(
        "“行政复议”的总计为/，四种结果之和为5，相差5。若“行政复议·总计”填有数字"
    )


def test_suspects_that_must_all_be_wrong_are_joined_by_and() -> None:
    printed = {"requests.granted.natural_person": "108", "requests.granted.business": "3"}
    finding = only(read(printed).findings, "requests-row-total")
    assert finding.suspects == tuple(printed)
    assert finding.message.zh.endswith("可能有误：“(一)予以公开·自然人”和“(一)予以公开·商业企业”。")
    assert "“granted·natural person” and “granted·business”" in finding.message.en


def test_suspects_of_which_one_is_wrong_are_joined_by_or() -> None:
    finding = only(read({"disputes.reconsideration.total": "4"}).findings, "disputes-group-total")
    names = "“行政复议·总计”或“行政复议·结果维持”或“行政复议·结果纠正”或“行政复议·尚未审结”"
    assert finding.message.zh.endswith(f"可能有误：{names}。")
    assert finding.citation is not None
    assert "〔2021〕30号" in finding.citation


def test_too_much_is_wrong_to_tell_where() -> None:
    rows = ["granted", "refused.state_secret", "refused.internal_affairs", "unavailable.not_held"]
    rows += ["not_processed.repeated", "other.other"]
    printed = {f"requests.{row}.natural_person": str(90 + 7 * i) for i, row in enumerate(rows)}
    extraction = read(printed)
    finding = next(one for one in extraction.findings if one.rule == "requests-row-total")
    assert finding.message.zh.endswith("错误较多，无法定位。")
    assert extraction.verdict == "source_error"


def test_rows_that_share_an_ordinal_are_named_with_their_group() -> None:
    finding = only(read({"requests.unavailable.not_held.total": "35"}).findings, "requests-row-total")
    assert finding.message.zh.startswith("“(四)无法提供 1.本机关不掌握相关政府信息”的总计为35")


def test_an_outcome_that_rests_on_blanks_says_so() -> None:
    values = figures()
    values["granted"] = ["5", "", "", "", "2", "", "6"]
    (extraction,) = extract(document(lines(" | ")(Page(values))))
    finding = only(extraction.findings, "requests-row-total")
    assert "其中4个空白单元格按无数字计。" in finding.message.zh
    assert len(finding.rests_on_blanks) == 4


def test_a_figure_that_is_none_is_told_once() -> None:
    extraction = read({"requests.granted.natural_person": "1O3"})
    assert [finding.rule for finding in extraction.findings] == ["unreadable"]
    assert extraction.verdict == "needs_review"
    assert "“1O3”" in extraction.findings[0].message.zh


def test_rows_that_cannot_be_read_are_told_once_and_keep_their_labels() -> None:
    values = figures()
    zeros = [row for row, cells in values.items() if set(cells) == {"0"}]
    (extraction,) = extract(document(lines("\t")(Page(values | {row: ["0O"] * 7 for row in zeros}))))
    finding = only(extraction.findings, "unreadable")
    assert f"等 {7 * len(zeros)} 格印作“0O”" in finding.message.zh
    assert {cell.printed for cell in extraction.cells if cell.status == "disputed"} == {"0O"}


def test_a_table_without_a_number_is_told_and_one_that_could_not_be_read_is_not_called_empty() -> None:
    blank = {row: [""] * 7 for row in LABELS}
    (extraction,) = extract(document(lines(" | ", outer=True)(Page(blank))))
    assert any(finding.rule == "empty-table" for finding in extraction.findings)
    assert extraction.verdict == "needs_review"
    header = " | ".join(column.label for column in BLOCK.columns[:-1])
    body = f"申请人情况 | {header}\n" + "".join(
        f"{LABELS[row]} | {' | '.join(texts[:-1])}\n" for row, texts in figures().items()
    )
    (extraction,) = extract(document(body))
    assert not any(finding.rule == "empty-table" for finding in extraction.findings)
    assert extraction.verdict == "needs_review"


def test_blocks_of_another_edition_are_noted() -> None:
    table_2 = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规范性文件 | 4 | 5 | 6\n"
    (extraction,) = extract(document(table_2 + lines(" | ")(Page(figures()))))
    finding = only(extraction.findings, "other-edition")
    assert (finding.severity, finding.message.zh) == (
        "soft",
        "“主动公开政府信息情况”表有部分内容采用 2019 年的表样。",
    )


def test_a_report_of_pictures_is_one_beside_a_form_of_ones_own_too(tmp_path: object) -> None:
    path = f"{tmp_path}/library.yaml"
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(FORM)
    report = "某县2023年政府信息公开工作年度报告\n一、总体情况\n略。\n".encode()
    (extraction,) = extract(report, forms=[load_form_file(path)])
    assert [finding.rule for finding in extraction.findings] == ["no-table"]


def test_a_column_that_is_not_on_the_page_is_absent() -> None:
    values = figures()
    columns = [column for column in BLOCK.columns if column.id != "research"]
    body = f"申请人情况 | {' | '.join(column.label for column in columns)}\n"
    for row, texts in values.items():
        body += f"{LABELS[row]} | {' | '.join([*texts[:2], *texts[3:]])}\n"
    (extraction,) = extract(document(body))
    for row, texts in values.items():
        absent = extraction.cell(f"requests.{row}.research")
        assert (absent.status, absent.state, absent.printed, absent.span) == ("absent", "absent", "", None)
        beside = extraction.cell(f"requests.{row}.total")
        assert (beside.status, beside.printed) == ("confirmed", texts[6])
    finding = only(extraction.findings, "missing-column")
    assert finding.message.zh == "页面中未找到“科研机构”一栏。"
    assert extraction.verdict == "needs_review"


@pytest.mark.parametrize("words", ["无", "    无\n\n2024年1月20日", "—", "（一）收费情况\n无"])
def test_a_section_that_says_only_that_there_is_nothing_holds_no_figures(words: str) -> None:
    text = LUOZHUANG.text[: LUOZHUANG.text.rindex("六、")] + f"六、其他需要报告的事项\n{words}\n"
    (extraction,) = extract(text.encode())
    assert [finding.rule for finding in extraction.findings if finding.rule == "stray-figures"] == []
    (extraction,) = extract(text.replace(f"\n{words}\n", "\n17 18 19\n").encode())
    assert only(extraction.findings, "stray-figures").message.zh.endswith("：17 18 19。")
