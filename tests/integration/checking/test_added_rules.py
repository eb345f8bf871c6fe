"""Rules that a user adds: expressions from a file, put to real reports; functions that a package offers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from eval.gold.cases import load_case
from extractor import AddedRulesError, FormSet, Verdict, extract, read_previous
from extractor.batch.outcome import Limits
from extractor.commands.wishes import forget_files
from extractor.serving.readers import Readers, ReadFile
from tests.helpers.batches import batch
from tests.helpers.manual import blocks
from tests.integration.commands.test_cli import gongkai, run

DATA = Path("tests/data")
LONGTING = load_case("longting-2023").path.absolute()
LUOZHUANG = str(load_case("luozhuang-2023").path)
EXPLAINED, LAST_YEAR = str(DATA / "explained.txt"), str(DATA / "checks/00-prev.html")
RULE = """\
  - id: {id}
    severity: soft
    {more}expression: {expression}
    title: {{zh: 标题, en: Title}}
    message:
      zh: 左{{left}}右{{right}}
      en: left {{left}} right {{right}}
"""


def rules_file(folder: Path, expression: str, more: str = "", head: str = "", rule: str = "mine") -> str:
    path = folder / f"{rule}.yaml"
    text = RULE.format(id=rule, expression=expression, more=more)
    path.write_text(f"format: 1\n{head}rules:\n{text}", encoding="utf-8")
    return str(path)


LETTERS = "claims:\n  letters: {words: 群众留言, units: [条]}\n"


@pytest.mark.parametrize(
    ("file", "expression", "told"),
    [
        # Of the page: 157 received, of which 106 were granted; “收到群众留言316条”.
        (LUOZHUANG, "requests.received.total ≤ 157", None),
        (LUOZHUANG, "requests.received.total ≤ 156", "左157右156"),
        (LUOZHUANG, "requests.granted.total ÷ requests.received.total × 100 ≥ 68", "左67.51"),
        (LUOZHUANG, "sum(requests.refused.*.total) = 3", None),
        (LUOZHUANG, "sum(requests.refused.*.total) = 4", "左3右4"),
        (LUOZHUANG, "claims.letters = 316", None),
        (LUOZHUANG, "claims.letters ≤ 300", "左316右300"),
        # Published on 20 January, 20 days after the last of December; no site is named.
        (EXPLAINED, "header.publication_date - header.period_end ≤ 20", None),
        (EXPLAINED, "header.publication_date - header.period_end ≤ 19", "左20右19"),
        (EXPLAINED, "header.year = 2024", "左2025右2024"),
        (EXPLAINED, "header.telephone + header.site = 2", "左1右2"),
        (EXPLAINED, "sections.5.present = 1", None),
        # 存在的主要问题：公开的及时性有待提高。改进措施：加强培训，及时更新。
        (EXPLAINED, "sections.5.characters ≥ 35", "左34右35"),
        (EXPLAINED, "sections.5.characters ≥ 34", None),
        # What nobody knows isn't told: no letters in this text, no report of last year.
        (EXPLAINED, "claims.letters ≤ 0", None),
        (EXPLAINED, "requests.received.total = last_year.requests.received.total", None),
        (EXPLAINED, "requests.received.total ÷ disputes.litigation.after_reconsideration.total = 1", None),
    ],
)
def test_expressions_name_cells_header_sections_and_claims(
    tmp_path: Path, file: str, expression: str, told: str | None
) -> None:
    rules = rules_file(tmp_path, expression, head=LETTERS)
    code, out, _ = run("check", file, "--rules", rules, "--select", "mine", "--lang", "zh")
    assert code == 0
    assert (f"mine  提示：{told}" in out) if told is not None else (out == "")


def test_expressions_name_last_years_cells_for_each_that_matches(tmp_path: Path) -> None:
    # 44 and 45 received, 3 and 3 carried in, 45 and 45 handled.
    expression, each = "requests.@.total ≥ last_year.requests.@.total", "each: requests.@.total\n    "
    rules = rules_file(tmp_path, expression, each)
    args = ("check", EXPLAINED, "--rules", rules, "--previous", LAST_YEAR, "--select", "mine")
    out = run(*args, "--output-format", "json")[1]
    told = {one["place"]: (one["left"], one["right"]) for one in json.loads(out)}
    assert told == {"requests.received.total": (44, 45), "requests.carried_out.total": (2, 3)}


@pytest.mark.parametrize(("year", "times"), [(2025, 1), (2026, 0)])
def test_a_condition_says_when_a_rule_holds(tmp_path: Path, year: int, times: int) -> None:
    rules = rules_file(tmp_path, "requests.received.total = 1", f"when: header.year ≥ {year}\n    ")
    assert run("check", EXPLAINED, "--rules", rules)[1].count("mine") == times


def test_rules_are_for_the_editions_that_they_name(tmp_path: Path) -> None:
    old = rules_file(tmp_path, "requests.received.total = 1", head='editions: ["2019"]\n')
    assert run("check", EXPLAINED, "--rules", old)[1] == ""
    # A cell that one edition alone has: rules for all editions say nothing of the others.
    rules = rules_file(tmp_path, "disclosure.regulations.made = 1")
    assert run("check", EXPLAINED, "--rules", rules)[:2] == (0, "")


def test_what_is_told_is_no_part_of_the_verdict_but_fails_the_check(tmp_path: Path) -> None:
    path = Path(rules_file(tmp_path, "requests.received.total = 1"))
    path.write_text(path.read_text(encoding="utf-8").replace("soft", "hard"), encoding="utf-8")
    code, out, err = run("check", EXPLAINED, "--rules", str(path), "--lang", "en")
    assert (code, "1 verified" in err) == (1, True)
    # Its place is the cell's: line and column of 44 in the row of what was received.
    line = Path(EXPLAINED).read_text(encoding="utf-8").splitlines()[24]
    assert out.startswith(f"{EXPLAINED}:25:{line.index('44') + 1}  mine  ")
    forms = FormSet.from_files((), (path,))
    (extraction,) = extract(EXPLAINED, forms=forms)
    assert extraction.verdict is Verdict.VERIFIED
    assert [finding.rule for finding in extraction.remarks] == ["mine"]
    assert extraction.findings == ()


def test_rules_on_the_document_replace_the_forms_and_switch_them_off(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(
        "format: 1\ndocument:\n  without: [section-title]\n  rules:\n    - id: words-doubled\n"
        "      check: words\n      severity: hard\n      words: 清理\n"
        "      title: {zh: 不写清理。, en: No 清理.}\n"
        "      message:\n        zh: 写有“{text}”。\n        en: There is “{text}”.\n",
        encoding="utf-8",
    )
    page = Path(EXPLAINED).read_text(encoding="utf-8").replace("优化专栏。", "优化专栏专栏。")
    report = tmp_path / "a.txt"
    report.write_text(
        page.replace("三、收到和处理政府信息公开申请情况", "三、依申请公开情况"), encoding="utf-8"
    )
    assert {one for one in ("words-doubled", "section-title") if one in run("check", str(report))[1]} == {
        "words-doubled",
        "section-title",
    }
    code, out, _ = run("check", str(report), "--rules", str(path), "--lang", "zh")
    assert code == 1
    assert [line.split("  ")[1:] for line in out.splitlines()] == [["words-doubled", "写有“清理”。"]]


def test_they_are_listed_chosen_counted_and_configured(tmp_path: Path) -> None:
    rules = rules_file(tmp_path, "requests.received.total = 1")
    assert "mine  -  提示  -  标题" in run("rules", "--rules", rules, "--lang", "zh")[1]
    assert run("rules", "mine", "--rules", rules)[1].startswith("# mine\n")
    assert run("check", EXPLAINED, "--rules", rules, "--ignore", "mine")[1] == ""
    counted = run("check", EXPLAINED, "--rules", rules, "--statistics", "--lang", "en")[1]
    assert counted == "1  mine  warning  Title\n"
    report = tmp_path / "report.txt"
    report.write_text(Path(EXPLAINED).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "gongkai.toml").write_text('rules = ["mine.yaml"]\n', encoding="utf-8")
    assert "mine" in run("check", str(report))[1]
    assert "mine" in run("extract", EXPLAINED, "--rules", rules, "--to", "json")[1]
    # A file beside reports says nothing about what code runs.
    (tmp_path / "other.toml").write_text('rules = ["some_package"]\n', encoding="utf-8")
    code, _, err = run("check", str(report), "--config", str(tmp_path / "other.toml"), "--lang", "en")
    assert (code, "rules" in err) == (2, True)


@pytest.mark.parametrize(
    ("expression", "more", "line", "cause"),
    [
        ("requests.recieved.total = 1", "", 3, "the form has no cell 'requests.recieved.total'"),
        ("claims.hotline = 1", "", 3, "the form has no cell 'claims.hotline'"),
        ("1 = 1", "", 3, "it names nothing of a report"),
        ("requests.received.total =", "", 5, "expected a name"),
        ("requests.@.total = 1", "", 3, "'@' in the expression needs 'each'"),
        ("requests.received.total = 1", "when: header.year\n    ", 5, "expected '=', '≤' or '≥'"),
        ("__import__('os').system('true') = 1", "", 5, "unexpected"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, expression: str, more: str, line: int, cause: str
) -> None:
    rules = rules_file(tmp_path, f'"{expression}"' if expression.startswith("_") else expression, more)
    code, out, err = run("check", EXPLAINED, "--rules", rules, "--lang", "en")
    assert (code, out) == (2, "")
    assert f"{rules}:{line}: " in err
    assert cause in err


@pytest.mark.parametrize("name", ["requests-row-total", "section-title", "narrative-share"])
def test_a_rule_that_is_there_is_not_added_again(tmp_path: Path, name: str) -> None:
    rules = rules_file(tmp_path, "requests.received.total = 1", rule=name)
    code, _, err = run("check", EXPLAINED, "--rules", rules, "--lang", "en")
    assert (code, f"{rules}:3: another rule is called '{name}'" in err) == (2, True)


@pytest.mark.parametrize(("page", "lang"), [("docs/own-rules.md", "en"), ("docs/zh/own-rules.md", "zh")])
def test_the_file_in_the_manual_is_one(tmp_path: Path, page: str, lang: str) -> None:
    (example,) = blocks(page, "yaml")
    (tmp_path / "my.yaml").write_text(example, encoding="utf-8")
    listed = run("rules", "--rules", str(tmp_path / "my.yaml"), "--lang", lang)[1]
    assert "hotline-share" in listed
    assert run("check", LUOZHUANG, "--rules", str(tmp_path / "my.yaml"), "--lang", lang)[0] in (0, 1)


PLUGIN = """\
from extractor import Bilingual, RuleFunction, Violation


def judge(document, extraction, last_year):
    cell = extraction.cell("requests.received.total")
    before = last_year.cell(cell.address).value if last_year is not None else None
    message = Bilingual(zh=f"{cell.value}，上年{before}", en=f"{cell.value}, last year {before}")
    yield Violation(message, cell.span, cell.address)


def fail(document, extraction, last_year):
    raise ZeroDivisionError("by zero")


TITLE = Bilingual(zh="示例", en="Example")
RULES = [RuleFunction("plugged", "soft", TITLE, judge)]
BROKEN = RuleFunction("broken", "hard", TITLE, fail)
NOTHING = 3
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that offers rules, as pip would have put it on the path."""
    (tmp_path / "plugin_of_ours.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "plugin_of_ours-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin-of-ours\nVersion: 1.0\n")
    names = {"ours": "RULES", "broken": "BROKEN", "nothing": "NOTHING", "gone": "GONE"}
    lines = [f"{name} = plugin_of_ours:{value}" for name, value in names.items()]
    (info / "entry_points.txt").write_text("\n".join(["[gongkai.rules]", *lines, ""]))
    monkeypatch.syspath_prepend(tmp_path)
    forget_files()
    return tmp_path


def test_an_installed_package_offers_rules(installed: Path) -> None:
    out = run("check", EXPLAINED, "--rules", "ours", "--previous", LAST_YEAR, "--lang", "zh")[1]
    assert out.split("  ")[1:] == ["plugged", "提示：44，上年45\n"]
    assert "plugged  warning  -  Example" in run("rules", "--rules", "ours", "--lang", "en")[1]
    # Without its name nothing of it runs.
    assert run("check", EXPLAINED)[1] == ""
    assert installed.exists()


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("broken", "the Python code of the rule broken failed (ZeroDivisionError: by zero); tell its author"),
        ("nothing", "the rules “nothing” are no RuleFunction, nor a list of them; tell their author"),
        ("gone", "the rules “gone” can't be loaded (AttributeError"),
        ("nowhere", "there is no file of rules “nowhere”, nor does an installed package offer rules"),
    ],
)
def test_rules_that_fail_are_told_without_a_traceback(installed: Path, name: str, cause: str) -> None:
    code, out, err = run("check", EXPLAINED, "--rules", name, "--lang", "en")
    assert (code, out) == (2, "")
    assert cause in err
    assert "Traceback" not in err
    assert installed.exists()


def test_the_program_finds_an_installed_package_too(installed: Path) -> None:
    done = gongkai("check", EXPLAINED, "--rules", "ours", "--lang", "en", PYTHONPATH=f".:{installed}")
    assert b"44, last year None" in done.stdout


def test_from_python(tmp_path: Path) -> None:
    rules = rules_file(tmp_path, "requests.received.total ≥ last_year.requests.received.total")
    forms = FormSet.from_files((), (rules,))
    (extraction,) = extract(EXPLAINED, forms=forms, previous=read_previous(LAST_YEAR))
    assert [one.message.en for one in extraction.remarks] == ["left 44 right 45"]
    with pytest.raises(AddedRulesError, match="nor does an installed package"):
        FormSet.from_files((), ("nowhere",))


def test_a_batch_tells_of_them_and_reads_again_where_they_changed(tmp_path: Path) -> None:
    """Of the page: 157 received."""

    def told(*rules: str) -> set[str]:
        batch(LONGTING, "-o", tmp_path / "out", *rules, folder=tmp_path)
        with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig") as file:
            return {row["rule"] for row in csv.DictReader(file)}

    assert "mine" not in told()
    assert "mine" in told("--rules", rules_file(tmp_path, "requests.received.total ≤ 0"))
    assert "mine" not in told("--rules", rules_file(tmp_path, "requests.received.total ≥ 0"))


def test_pages_to_look_at_show_them(tmp_path: Path) -> None:
    rules, page = rules_file(tmp_path, "requests.received.total ≤ 156"), tmp_path / "page.html"
    assert run("review", LUOZHUANG, "-o", str(page), "--rules", rules, "--lang", "zh")[0] == 0
    assert "左157右156" in page.read_text(encoding="utf-8")
    assert run("review", LUOZHUANG, "-o", str(page), "--lang", "zh")[0] == 0
    assert "左157右156" not in page.read_text(encoding="utf-8")


def test_the_service_tells_of_them(tmp_path: Path) -> None:
    rules = [rules_file(tmp_path, "requests.received.total ≤ 156")]
    readers = Readers(1, Limits(60, 2048), (), rules)
    try:
        read = readers.read(Path(LUOZHUANG).read_bytes(), "a.txt", "zh")
    finally:
        readers.close()
    assert isinstance(read, ReadFile)
    assert "mine" in {one["rule"] for one in json.loads(read.results[0])["remarks"]}
