"""The project's own files say what is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from typer.main import get_command
from typer.testing import CliRunner

import extractor
from eval.commands import commands as evaluations
from eval.report.results import PAGES, RESULTS
from eval.report.schema import SCHEMA, schema_text
from extractor.commands.app import app
from extractor.errors import GongkaiError
from extractor.output.formats import FORMATS
from extractor.output.tables.columns import TABLES
from extractor.result.records import COLUMNS
from extractor.verify.defect_words import DEFECTS
from rules.claims import narrative_rules
from rules.loader import all_built_in_forms, load_form
from tests.helpers.import_graph import ROOT
from tests.helpers.manual import MANUAL, MAPS, blocks, read
from tests.helpers.stated import block_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\n")


def test_dependencies_have_a_floor_and_a_ceiling() -> None:
    groups = [
        PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"].values(),
        *PROJECT["project"]["optional-dependencies"].values(),
        PROJECT["build-system"]["requires"],
    ]
    for requirement in (one for group in groups for one in group):
        assert re.fullmatch(r"[A-Za-z0-9-]+>=[\d.]+,<\d+(\.\d+)*", requirement), requirement


def test_what_is_installed_is_what_is_asked_for() -> None:
    """pip takes an instructor of 2024, and says nothing, where the bounds leave it no other."""
    for text in PROJECT["project"]["dependencies"]:
        requirement = Requirement(text)
        assert version(requirement.name) in requirement.specifier, text


def test_the_pinned_set_has_hashes_and_names_no_index() -> None:
    pins = read("requirements.txt")
    assert "index-url" not in pins
    assert "://" not in pins
    for line in re.findall(r"^[a-z].*==.*$", pins, re.M):
        assert line.endswith("\\"), line
    for requirement in PROJECT["project"]["dependencies"]:
        name = requirement.partition(">")[0].lower()
        assert f"\n{name}==" in f"\n{pins}", name


def test_no_file_names_a_registry() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "debian" + ".org")
    for name in filter(None, TRACKED):
        content = (ROOT / name).read_bytes()
        assert not any(host.encode() in content for host in hosts), name


def test_nothing_depends_on_the_shared_folder() -> None:
    for name in filter(None, TRACKED):
        if name.endswith((".py", ".toml", ".yaml", "Makefile")) and name != "tests/meta/test_project.py":
            assert "../shared" not in read(name), name


@pytest.mark.parametrize("page", ["docs/cli.md", "docs/zh/cli.md"])
def test_every_command_and_option_is_in_the_manual(page: str) -> None:
    text = read(page)
    evaluation = commands("gongkai eval", get_command(evaluations))
    for name, command in (*commands("gongkai", get_command(app)), *evaluation):
        assert name in text
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert re.search(rf"`{option}[` ]", text), f"{name} {option}"


@pytest.mark.parametrize(
    "page", [*MANUAL, *MAPS, "docs/rules/section-missing.md", "docs/zh/rules/section-missing.md"]
)
def test_every_command_that_the_manual_shows_is_one(page: str) -> None:
    """What can't be run here, as it needs a server or a person's files: it is there with its options."""
    known = dict(
        (*commands("gongkai", get_command(app)), *commands("gongkai eval", get_command(evaluations)))
    )
    known |= {"gongkai batch": known["gongkai batch run"], "gongkai eval": known["gongkai eval run"]}
    typed = [line for block in blocks(page, "sh") for line in block.replace("\\\n", " ").splitlines()]
    for line in (*typed, *re.findall(r"`(gongkai [a-z][^`]*)`", read(page))):
        words = line.partition("  #")[0].split()
        if words[:1] != ["gongkai"]:
            continue
        command = known.get(" ".join(words[:3])) or known[" ".join(words[:2])]
        options = {one for given in command.params for one in (*given.opts, *given.secondary_opts)}
        assert {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)} <= options, line


@pytest.mark.parametrize("page", ["docs/cli.md", "docs/zh/cli.md"])
def test_every_output_format_is_in_the_manual(page: str) -> None:
    names = r"\|".join(row.name for row in FORMATS)
    assert f"`--to {names}`" in read(page)


def commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command below one, as it is typed."""
    for below, one in command.commands.items():
        if hasattr(one, "commands"):
            yield from commands(f"{name} {below}", one)
        else:
            yield f"{name} {below}", one


@pytest.mark.parametrize("page", ["docs/tables.md", "docs/zh/tables.md"])
def test_every_column_of_the_tables_is_in_the_manual_with_its_type(page: str) -> None:
    for table in TABLES:
        told = [f"`{one.name}`" + f" {one.kind}" * (one.kind != "text") for one in table.columns]
        assert f"| `{table.name}.parquet` | {', '.join(told)} |" in read(page)


@pytest.mark.parametrize("page", ["docs/findings.md", "docs/zh/findings.md"])
def test_every_state_status_verdict_and_finding_is_explained(page: str) -> None:
    text = read(page)
    for words in (extractor.State, extractor.Status, extractor.Verdict, extractor.Cause):
        for word in words:
            assert f"`{word}`" in text, word
    for form in all_built_in_forms():
        for rule in form.rules:
            assert f"`{rule.id}`" in text, rule.id
        for document_rule in form.document.rules if form.document is not None else ():
            assert f"`{document_rule.id}`" in text, document_rule.id
    for rule_id in narrative_rules():
        assert f"`{rule_id}`" in text, rule_id
    for defect in DEFECTS:
        assert f"`{defect}`" in text, defect


@pytest.mark.parametrize("page", ["docs/json.md", "docs/zh/json.md"])
def test_every_field_of_a_report_and_of_a_cell_is_explained(page: str) -> None:
    told = set(re.findall(r"`(\w+)`", read(page)))
    assert {*extractor.Extraction.model_fields, *(field.name for field in fields(extractor.Cell))} <= told
    assert ",".join(COLUMNS) in read(page)


def test_the_published_schema_is_that_of_the_model() -> None:
    """Otherwise: `python -m eval.report.schema`, and a line in CHANGELOG.md."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    schema = json.loads(schema_text())
    (report,) = extractor.extract(ROOT / "eval/cases/luozhuang-2023/luozhuang-2023.txt")
    written = json.loads(report.model_dump_json())
    assert written.keys() == schema["properties"].keys()
    assert written["cells"][0].keys() == schema["$defs"]["Cell"]["properties"].keys()


def test_the_figures_of_the_manual_are_those_of_the_last_evaluation() -> None:
    """Not typed: `make eval` writes all of them."""
    kept = block_of(RESULTS.read_text(encoding="utf-8"))
    english, chinese = (block_of(read(name)) for name in PAGES)
    assert kept == english
    for one, other in zip(english.splitlines(), chinese.splitlines(), strict=True):
        is_head = "`confirmed`" in one
        assert is_head or one.split("|")[2:] == other.split("|")[2:]
    confirmed = [line.split("|")[-3] for line in kept.split("\n\n")[1].splitlines()[2:]]
    assert set(confirmed) == {" 0 "}


@pytest.mark.parametrize("page", [page for page in MANUAL if "```console\n" in read(page)])
def test_the_output_in_the_manual_is_really_produced(page: str) -> None:
    shown = [block for block in blocks(page, "console") if block.startswith("$ gongkai")]
    assert shown
    for block in shown:
        command, _, output = block.partition("\n")
        with chdir(ROOT):
            run = CliRunner().invoke(app, command.removeprefix("$ gongkai ").split())
        assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
        printed = [line.rstrip() for line in run.stdout.splitlines()]
        position = 0
        for line in output.splitlines():
            if line.strip() != "…":
                assert line.rstrip() in printed[position:], line
                position = printed.index(line.rstrip(), position) + 1


def test_the_python_example_in_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = blocks("README.md", "python")
    monkeypatch.chdir(ROOT)
    exec(example, {})  # noqa: S102 - it is the project's own
    expected = [line.partition("# ")[2] for line in example.splitlines() if line.startswith("print")]
    assert capsys.readouterr().out.splitlines() == expected


def test_all_errors_are_exported_and_their_tree_is_drawn() -> None:
    import extractor.errors as errors

    classes = [x for x in vars(errors).values() if isinstance(x, type) and issubclass(x, GongkaiError)]
    for one in classes:
        assert one.__name__ in str(errors.__doc__)
        assert one.__name__ in extractor.__all__


def test_the_example_of_a_form_file_is_one() -> None:
    """It is the same in both languages, but for the comments."""
    (example,), (chinese,) = (blocks(page, "yaml") for page in ("rules/forms/README.md", "docs/zh/forms.md"))
    form = load_form(example, "rules/forms/README.md")
    assert "lending.lent.books" in form.places
    assert yaml.safe_load(chinese) == yaml.safe_load(example)
    assert chinese.count("#") == example.count("#")


def test_the_source_distribution_holds_all_that_is_kept_but_what_runs_the_checks() -> None:
    listed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    kept = {name.partition("/")[0] for name in filter(None, TRACKED)} - {
        ".ci",
        ".gitignore",
        ".containerignore",
        ".pre-commit-hooks.yaml",
        "pyproject.toml",
    }
    assert {name.removeprefix("/") for name in listed} == kept


def test_the_container_has_all_that_is_optional() -> None:
    (extras,) = re.findall(r"gongkai-\*\.whl\)\[([\w,]+)\]", read("Containerfile"))
    assert extras.split(",") == sorted(PROJECT["project"]["optional-dependencies"])


def test_the_wheel_holds_what_it_must_and_no_more(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("gongkai-*.whl")
    import zipfile

    names = zipfile.ZipFile(wheel).namelist()
    rooms = {"gongkai", "extractor", "rules", "prompts", "cache"}
    information = f"gongkai-{PROJECT['project']['version']}.dist-info"
    assert {name.partition("/")[0] for name in names} == {*rooms, information}
    assert {"rules/forms/2021.yaml", "rules/claims.yaml", "prompts/tables.md", "prompts/rows.md"} <= set(
        names
    )
    assert {f"{room}/py.typed" for room in rooms} <= set(names)
