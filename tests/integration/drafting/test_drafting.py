"""From unknown to known: drafted from three reports, corrected, a fourth read by it; no code is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import extract, load_form_file
from extractor.commands.app import app
from extractor.drafting.drafting import draft_form
from extractor.errors import FormFileError, NoReportError
from extractor.forms import FormSet

REPORT = """{organ}{year}年度信息公开工作年度报告

一、概述
本单位认真做好信息公开工作。

信息公开情况统计表
| 统计指标 | 单位 | 数量 |
| 一、主动公开信息数 | 条 | {all} |
| 1.网站公开 | 条 | {site} |
| 2.公示栏公开 | 条 | {board} |
| 3.{wechat} | 条 | {posts} |
| 二、依申请公开数 | 件 | {requests} |
| 1.当面申请 | 件 | {in_person} |
| 2.信函申请 | 件 | {letters} |
| 三、收取费用 | 元 | {fees} |
{more}"""


def report(
    organ: str, year: int, counts: tuple[int, int, int], requests: tuple[int, int], **other: str
) -> str:
    given = {"fees": "0", "wechat": "微信公众号公开", "more": "", "all": str(sum(counts))} | other
    return REPORT.format(
        organ=organ, year=year, site=counts[0], board=counts[1], posts=counts[2], requests=sum(requests),
        in_person=requests[0], letters=requests[1], **given,
    )  # fmt: skip


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    texts = [
        report("东海海关", 2020, (120, 30, 15), (5, 3), fees="12.50"),
        report("南湖海关", 2021, (88, 22, 41), (4, 9), wechat="微信"),
        report(
            "西岭海关",
            2022,
            (301, 12, 77),
            (10, 2),
            fees="3.00",
            wechat="微信公开",
            more="| 四、培训次数 | 次 | 6 |\n",
        ),
    ]
    paths = [tmp_path / f"{number}.txt" for number in range(1, 4)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.fixture
def draft(reports: list[Path], tmp_path: Path) -> Path:
    form = tmp_path / "customs.yaml"
    run = CliRunner().invoke(app, ["form", "draft", *map(str, reports), "-o", str(form), "--lang", "en"])
    assert run.exit_code == 0, run.output
    return form


def corrected(draft: Path) -> Path:
    """What a person does: a name for a row, an edition, and a sum that held too rarely to be drafted."""
    text = draft.read_text(encoding="utf-8")
    for old, new in (
        ('edition: "1"', 'edition: "2023"'),
        ("{id: r1,", "{id: published,"),
        ("within: r1,", "within: published,"),
        ("table_1.r1.", "table_1.published."),
        ("rules:\n", "rules:\n" + ADDED),
    ):
        assert old in text
        text = text.replace(old, new)
    draft.write_text(text, encoding="utf-8")
    return draft


ADDED = """  - id: requests-total
    kind: balance
    severity: hard
    expression: table_1.r5.c1 = table_1.r6.c1 + table_1.r7.c1
    citation: 海关总署
    message: {zh: '共{left}，各种方式之和为{right}。', en: '{left} in all, {right} by ways.'}
"""


def test_a_fourth_report_is_read_by_the_corrected_draft_and_its_totals_checked(draft: Path) -> None:
    forms = FormSet.from_files([corrected(draft)])
    text = report("北港海关", 2023, (190, 18, 52), (14, 7), fees="8.20")
    (extraction,) = extract(text.encode(), forms=forms)
    assert (extraction.family, extraction.edition, extraction.verdict) == ("customs", "2023", "verified")
    read = {
        cell.address.split(".")[1]: (cell.printed, cell.unit, str(cell.status)) for cell in extraction.cells
    }
    assert read == {
        "published": ("260", "条", "confirmed"),
        "r2": ("190", "条", "confirmed"),
        "r3": ("18", "条", "confirmed"),
        "r4": ("52", "条", "confirmed"),
        "r5": ("21", "件", "confirmed"),
        "r6": ("14", "件", "confirmed"),
        "r7": ("7", "件", "confirmed"),
        "r8": ("8.20", "元", "unchecked"),
    }
    wrong = report("北港海关", 2023, (190, 18, 52), (14, 7), all="270")
    (extraction,) = extract(wrong.encode(), forms=forms)
    assert extraction.verdict == "source_error"
    assert [finding.rule for finding in extraction.findings] == ["table-1-sum-1"]


def test_a_draft_has_the_wordings_that_were_seen_and_says_how_often_a_sum_held(draft: Path) -> None:
    text = draft.read_text(encoding="utf-8")
    form = load_form_file(draft)
    rows = {row.id: row for row in form.tables[0].blocks[0].rows}
    assert (rows["r4"].label, rows["r4"].variants, rows["r4"].within) == (
        "微信公众号公开",
        ("微信", "微信公开"),
        "r1",
    )
    assert (rows["r8"].unit, rows["r8"].decimals, rows["r9"].optional) == ("元", True, True)
    assert form.marks == ("信息公开工作年度报告",)
    assert "# held in 3 of 3 places\n  - id: table-1-sum-1" in text
    # 5 + 3 is less than a sum that tells anything.
    assert "# not adopted, held in 3 of 3 places: fewer than 3 that tell: table_1.r5.c1 =" in text


def test_a_sum_that_fails_in_one_report_says_where(reports: list[Path]) -> None:
    wrong = report("东海海关", 2020, (120, 30, 15), (5, 3), all="170")
    reports[0].write_text(wrong, encoding="utf-8")
    run = CliRunner().invoke(app, ["form", "draft", *map(str, reports), "--family", "customs"])
    assert "# not adopted, held in 2 of 3 places, not in 1.txt (170): table_1.r1.c1 =" in run.stdout


def test_a_folder_of_forms_is_read_by(draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    draft.rename(folder / "customs.yaml")
    page = tmp_path / "page.txt"
    page.write_text(report("北港海关", 2023, (190, 18, 52), (14, 7)), encoding="utf-8")
    run = CliRunner().invoke(app, ["extract", str(page), "--form", str(folder), "--to", "csv"])
    assert ",table_1.r1.c1,260,260,条,number,confirmed" in run.stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(FormFileError, match=r"no \.yaml form file"):
        FormSet.from_files([empty])


def test_a_form_is_shown_and_told_apart(draft: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["form", "check", str(draft), "--lang", "en"])
    assert "table_1.r4\t3.微信公众号公开\t条\tr1\t微信、微信公开\n" in run.stdout
    assert "table_1.r9 ?\t四、培训次数\t次\t\t\n" in run.stdout
    later = tmp_path / "later.yaml"
    text = draft.read_text(encoding="utf-8").replace('label: "网站公开"', 'label: "门户网站公开"')
    lines = [line for line in text.splitlines(keepends=True) if "id: r9" not in line]
    later.write_text("".join(lines), encoding="utf-8")
    run = CliRunner().invoke(app, ["form", "diff", str(draft), str(later), "--lang", "en"])
    assert run.exit_code == 1
    assert (
        run.stdout == "renamed\trow\ttable_1.r2\t网站公开 → 门户网站公开\ngone\trow\ttable_1.r9\t培训次数\n"
    )
    assert CliRunner().invoke(app, ["form", "diff", str(draft), str(draft)]).exit_code == 0
    later.write_text(re.sub(r"\br(\d)\b", r"r0\1", draft.read_text(encoding="utf-8")), encoding="utf-8")
    run = CliRunner().invoke(app, ["form", "diff", str(draft), str(later), "--lang", "en"])
    changes = [line.split("\t") for line in run.stdout.splitlines()]
    # Rules that name the same cells by their later ids aren't changed.
    assert {(change, what) for change, what, *_ in changes} == {("moved", "row")}
    assert ["moved", "row", "table_1.r2", "网站公开 → table_1.r02"] in changes
    later.write_text(text + "colour: red\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["form", "check", str(later)]).exit_code == 2


def test_a_report_without_a_table_drafts_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("东海海关2020年信息公开工作年度报告\n没有表。\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["form", "draft", str(page), "--lang", "en"])
    assert run.exit_code == 2
    assert "holds no statistics table" in run.stderr
    with pytest.raises(NoReportError):
        extract("年度总结\n本单位工作顺利。\n".encode())


CODED = "<tr><td>类别</td><td>代码</td><td>统计指标</td><td>单位</td><td>统计数</td></tr>" + "".join(
    f"<tr>{group}<td>{code}</td><td>{label}</td><td>条</td><td>{figure}</td></tr>"
    for group, code, label, figure in (
        ("<td rowspan=3>公开</td>", 101, "门户网站", 218),
        ("", 102, "公示栏", 64),
        ("", 103, "微信", 148),
        ("<td rowspan=2>申请</td>", 201, "当面申请", 2),
        ("", 202, "网络申请", 8),
    )
)
BESIDE = (
    "<tr><td rowspan=2>项目</td><td colspan=2>2022年</td><td rowspan=2>备注</td></tr>"
    "<tr><td>决算数</td><td>其中：拨款</td></tr>"
    + "".join(
        f"<tr><td>{label}</td><td>{spent}</td><td>{granted}</td><td>{note}</td></tr>"
        for label, spent, granted, note in (
            ("人员经费", "1,858.73", "1,858.73", "含返聘"),
            ("公用经费", "415.20", "400.00", ""),
            ("购书经费", "899.96", "899.96", "纸本与电子"),
            ("合计", "3,173.89", "3,158.69", ""),
        )
    )
)
# 60 + 40 + 25 = 125, and so in every column but that of the shares.
SHARES = (
    "项目 | 网站 | 微信 | 热线 | 满意度\n热线来电 | 60 | 20 | 11 | 99.2%\n窗口来访 | 40 | 12 | 15 | 98.0%\n"
    "来信 | 25 | 9 | 8 | 97.5%\n办结率 | 99.6% | 98.0% | 100% | 99%\n合计 | 125 | 41 | 34 | 98.5%\n"
)


@pytest.mark.parametrize(
    ("name", "table", "count"),
    [
        ("codes.html", f"<table>{CODED}</table>", 5),
        ("beside.html", f"<p>（单位：万元）</p><table>{BESIDE}</table>", 8),
        ("shares.txt", SHARES, 20),
        ("shares-below-a-unit.txt", f"单位：万元\n{SHARES}", 20),
    ],
)
def test_what_a_draft_is_made_of_is_read_by_it(tmp_path: Path, name: str, table: str, count: int) -> None:
    page = tmp_path / name
    title = "南湖市图书馆2022年度信息公开年度报告"
    page.write_text(f"<h1>{title}</h1>{table}" if name.endswith("html") else f"{title}\n{table}", "utf-8")
    form = tmp_path / "form.yaml"
    form.write_text(draft_form([page], family="library"), "utf-8")
    unknown, known = extract(page)[0], extract(page, forms=FormSet.from_files([form]))[0]
    printed = [cell.printed for cell in known.cells]
    assert printed == [cell.printed for cell in unknown.extra]
    assert (len(printed), known.family, known.verdict) == (count, "library", "verified")
    assert [cell.value for cell in known.cells] == [cell.value for cell in unknown.extra]


def test_shares_are_part_of_no_sum_that_is_drafted(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"南湖市图书馆2022年度信息公开年度报告\n{SHARES}", "utf-8")
    lines = [line.strip() for line in draft_form([page], family="library").splitlines()]
    assert [line for line in lines if line.startswith("expression")] == [
        f"expression: table_1.r5.c{n} = table_1.r1.c{n} + table_1.r2.c{n} + table_1.r3.c{n}"
        for n in (1, 2, 3)
    ]
