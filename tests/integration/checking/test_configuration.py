"""What is wanted of a check, from the nearest file of configuration: real folders, through the command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.helpers.manual import blocks
from tests.integration.commands.test_cli import run

PAGES = Path("tests/data/checks")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports with one below it: an error, a warning, a hint."""
    (tmp_path / "年报" / "drafts").mkdir(parents=True)
    for name in ("16-sec6-missing.html", "33-org-differs.html", "29-no-contact.html"):
        shutil.copy(PAGES / name, tmp_path / "年报" / name[:2])
        shutil.copy(PAGES / name, tmp_path / "年报" / "drafts" / name[:2])
    return tmp_path / "年报"


def told(*arguments: str | Path) -> tuple[int, list[str]]:
    """The exit status, and of each finding the name of its file and its rule."""
    code, out, _ = run("check", *map(str, arguments))
    return code, [f"{Path(line.split(':')[0]).name} {line.split('  ')[1]}" for line in out.splitlines()]


def configure(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def reports(folder: Path) -> list[Path]:
    return [folder / name for name in ("16", "29", "33")]


def test_without_a_file_everything_is_told(folder: Path) -> None:
    assert told(*reports(folder)) == (1, ["16 section-missing", "29 contact-missing", "33 contact-organ"])


def test_the_nearest_file_counts_and_no_other(folder: Path) -> None:
    configure(folder.parent / "gongkai.toml", 'ignore = ["section"]')
    assert told(*reports(folder))[1] == ["29 contact-missing", "33 contact-organ"]
    configure(folder / "drafts" / "gongkai.toml", 'select = ["section"]\nignore = []')
    assert told(*reports(folder / "drafts")) == (1, ["16 section-missing"])
    assert told(*reports(folder)) == (0, ["29 contact-missing", "33 contact-organ"])


def test_a_pyproject_counts_if_it_has_the_table(folder: Path) -> None:
    configure(folder.parent / "gongkai.toml", 'select = ["section"]')
    configure(folder / "pyproject.toml", '[tool.other]\nselect = ["contact"]')
    assert told(*reports(folder))[1] == ["16 section-missing"]
    configure(folder / "drafts" / "pyproject.toml", '[tool.gongkai]\nselect = ["contact-missing"]')
    assert told(*reports(folder / "drafts"))[1] == ["29 contact-missing"]


def test_its_own_file_goes_before_a_pyproject(folder: Path) -> None:
    configure(folder / "pyproject.toml", '[tool.gongkai]\nselect = ["contact"]')
    configure(folder / "gongkai.toml", 'select = ["section"]')
    assert told(*reports(folder))[1] == ["16 section-missing"]


def test_options_go_before_it(folder: Path) -> None:
    configure(folder / "gongkai.toml", 'select = ["section"]\nignore = ["contact"]\nlanguage = "en"')
    assert told(*reports(folder), "--select", "contact-organ", "--ignore", "section")[1] == [
        "33 contact-organ"
    ]
    assert "is missing" in run("check", str(folder / "16"))[1]
    assert "缺少" in run("check", str(folder / "16"), "--lang", "zh")[1]


def test_strict_is_of_each_file(folder: Path) -> None:
    configure(folder / "drafts" / "gongkai.toml", "strict = true")
    assert told(folder / "33")[0] == 0
    assert told(folder / "drafts" / "33")[0] == 1


def test_rules_are_left_out_by_path_and_by_name(folder: Path) -> None:
    text = '[per-file-ignores]\n"drafts/*" = ["section", "contact-organ"]\n"29" = ["contact"]'
    configure(folder / "gongkai.toml", text)
    assert told(*reports(folder), *reports(folder / "drafts"))[1] == [
        "16 section-missing",
        "33 contact-organ",
    ]


def test_forms_lie_beside_it(folder: Path) -> None:
    form = Path("rules/forms/2021.yaml").read_text(encoding="utf-8").replace("cn-annual-report", "own-report")
    configure(folder / "own.yaml", form.replace("id: contact-missing\n", "id: nobody-to-ask\n"))
    configure(folder / "gongkai.toml", 'forms = ["own.yaml"]\nselect = ["nobody-to-ask"]')
    assert told(*reports(folder))[1] == ["29 nobody-to-ask"]


def test_another_file_may_be_named(folder: Path) -> None:
    configure(folder / "gongkai.toml", 'select = ["section"]')
    configure(folder / "none.toml", "")
    assert len(told(*reports(folder), "--config", folder / "none.toml")[1]) == 3


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ('per_file_ignores = {a = ["section"]}', "没有“per_file_ignores”这一项，是否指 per-file-ignores？"),
        ('selct = ["section"]', "没有“selct”这一项，是否指 select？"),
        (
            "colour = true",
            "没有“colour”这一项，可用的有 select、ignore、per-file-ignores、language、forms、rules、strict",
        ),
        ('strict = "yes"', "strict 应为 true 或 false"),
        ('language = "fr"', 'language 应为 "zh" 或 "en"'),
        ('forms = "mine.yaml"', 'forms 应为列表，如 ["…"]'),
        ('ignore = ["sektion"]', "没有以“sektion”开头的规则"),
        ('forms = ["gone.yaml"]', "gone.yaml"),
        ("select = [", "不是 TOML"),
    ],
)
def test_a_mistake_is_told_before_anything_is_read(folder: Path, text: str, zh: str) -> None:
    configure(folder / "drafts" / "gongkai.toml", text)
    code, out, err = run("check", str(folder / "16"), str(folder / "drafts" / "16"), "--lang", "zh")
    assert (code, out) == (2, "")
    assert zh in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("page", ["docs/linting.md", "docs/zh/linting.md"])
def test_the_example_of_the_manual_is_one(folder: Path, page: str) -> None:
    example = blocks(page, "toml")[0]
    shutil.copy("rules/forms/2021.yaml", folder / "library.yaml")
    own = (folder / "library.yaml").read_text(encoding="utf-8").replace("cn-annual-report", "library")
    configure(folder / "library.yaml", own)
    configure(folder / "gongkai.toml", example)
    configure(folder / "county.yaml", blocks("docs/own-rules.md", "yaml")[0].partition("document:")[0])
    assert told(*reports(folder)) == (1, ["16 section-missing"])


@pytest.mark.parametrize("page", ["docs/linting.md", "docs/zh/linting.md"])
def test_the_hook_and_the_example_for_a_build_server_run_what_there_is(page: str) -> None:
    (hook,) = yaml.safe_load(Path(".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    used, jobs = (yaml.safe_load(block) for block in blocks(page, "yaml"))
    (given,) = used["repos"][0]["hooks"]
    assert given["id"] == hook["id"]
    assert re.search(hook["files"], "reports/2024.html")
    assert re.search(hook["files"], "a.docx")
    assert not re.search(hook["files"], "a.py")
    program, *arguments = hook["entry"].split()
    assert program == "gongkai"
    # As pre-commit runs it: the arguments, and then the files.
    assert run(*arguments, *given["args"], str(PAGES / "33-org-differs.html"))[0] == 1
    commands = [
        step["run"] for step in jobs["jobs"]["check"]["steps"] if "gongkai check" in step.get("run", "")
    ]
    assert len(commands) == 2
    for command in commands:
        words = command.partition(" >")[0].split()[1:]
        code = run(*[str(PAGES / "16-sec6-missing.html") if "*" in word else word for word in words])[0]
        assert code == int("--exit-zero" not in words)
