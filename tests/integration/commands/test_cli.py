"""The program as a user meets it: real processes for what a process is, in-process for the rest."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gold.cases import load_case
from eval.gold.planting import with_figures
from extractor import Extraction
from extractor.commands.app import app
from extractor.output.formats import FORMATS
from tests.helpers.doubtful import doubtful_page
from tests.helpers.import_graph import ROOT
from tests.helpers.ready import PROGRAM, ready_program

RIGHT = str(load_case("longting-2023").path)
CSV_HEADER = "report,organ,year,edition,address,printed,value,unit,state,status"


def gongkai(
    *arguments: str, data: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The program as a process: started as users do where Python is told something, else ready at once."""
    program = PROGRAM if environment else ready_program()
    return subprocess.run(
        [*program, *arguments],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "错.txt"
    text = with_figures(load_case("luozhuang-2023"), {"requests.granted.total": "116"})
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def doubtful(tmp_path: Path) -> str:
    return str(doubtful_page(tmp_path))


def test_alone_it_shows_help() -> None:
    code, out, _ = run()
    assert code == 0
    assert "extract" in out
    assert "check" in out


def test_the_installed_script_is_the_same_program() -> None:
    script = Path(sys.executable).with_name("gongkai")
    shown = subprocess.run([script, "--version"], capture_output=True, check=True)
    assert shown.stdout.decode() == run("--version")[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert shown.stdout.decode().strip() == project["version"]


def test_extract_text_marks_what_is_not_verified(doubtful: str) -> None:
    code, out, err = run("extract", doubtful, "--lang", "zh")
    assert code == 0
    assert "龙亭区人民政府办公室" in out
    assert "需人工核对" in out
    rows = {cells[0]: cells[1:] for cells in map(str.split, out.splitlines()) if cells}
    assert rows["(一)予以公开"] == ["4?", "0?", "0?", "0?", "0?", "0?", "4?"]
    assert rows["一、本年新收政府信息公开申请数量"] == ["27", "0", "0", "0", "0", "0", "␣!"]
    assert rows["1.本机关不掌握相关政府信息"] == ["21", "0", "0", "0", "0", "0", "21"]
    assert "14 个单元格未能确认" in err
    assert "\x1b[" not in out


def test_extract_json_is_the_model() -> None:
    code, out, _ = run("extract", RIGHT, "--to", "json")
    assert code == 0
    extraction = Extraction.model_validate_json(out)
    assert extraction.schema_version == 1
    assert extraction.cell("requests.received.total").value == 27
    assert json.loads(out)["cells"][0].keys() == {
        "address",
        "printed",
        "value",
        "unit",
        "state",
        "status",
        "placement",
        "grounding",
        "span",
        "line",
        "column",
        "locator",
        "row_label",
        "column_label",
        "readers",
        "confidence",
        "remarks",
        "basis",
    }


def test_decimals_are_strings_in_json() -> None:
    _, out, _ = run("extract", str(load_case("luozhuang-2023").path), "--to", "json")
    assert '"value": "1633.444944"' in out


def test_extract_csv_to_standard_output_and_to_a_file(tmp_path: Path) -> None:
    printed = gongkai("extract", RIGHT, "--to", "csv").stdout
    assert printed.startswith(CSV_HEADER.encode() + b"\r\n")
    target = tmp_path / "out.csv"
    code, out, err = run("extract", RIGHT, "-o", str(target), "--lang", "en")
    assert (code, out) == (0, "")
    assert f"written to {target}" in err
    assert target.read_bytes() == b"\xef\xbb\xbf" + printed
    rows = list(csv.DictReader(io.StringIO(printed.decode())))
    assert len(rows) == 200
    assert list(rows[0].values()) == [
        RIGHT,
        "龙亭区人民政府办公室",
        "2023",
        "2021",
        "disclosure.regulations.issued",
        "0",
        "0",
        "",
        "number",
        "unchecked",
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(("name", "start"), [("a.json", "{"), ("a.csv", "\ufeffreport"), ("a.txt", "龙亭区")])
def test_the_ending_of_the_output_chooses_the_format(tmp_path: Path, name: str, start: str) -> None:
    assert run("extract", RIGHT, "-o", str(tmp_path / name))[0] == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_an_ending_that_nothing_writes_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    target = tmp_path / "x.nothing"
    endings = [ending for row in FORMATS for ending in row.endings]
    for language, words, comma in (("zh", "没有后缀为", "、"), ("en", "no output format has", ", ")):
        code, out, err = run("extract", str(tmp_path / "none.txt"), "-o", str(target), "--lang", language)
        assert (code, out) == (2, "")
        assert words in err
        assert ".nothing" in err
        assert comma.join(endings) in err
        assert "none.txt" not in err
    assert list(tmp_path.iterdir()) == []
    # Who names the format may call the file anything.
    assert run("extract", RIGHT, "-o", str(tmp_path / "x.dat"), "--to", "csv")[0] == 0
    assert (tmp_path / "x.dat").read_text(encoding="utf-8").startswith("\ufeffreport")
    code, _, err = run("extract", RIGHT, "--to", "nothing")
    assert code == 2
    assert f"'nothing' is not one of {', '.join(repr(row.name) for row in FORMATS)}" in err


def test_standard_input() -> None:
    data = Path(RIGHT).read_bytes()
    shown = gongkai("extract", "-", "--to", "json", data=data)
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["report"] == "<stdin>"


def test_check_is_silent_on_standard_output_when_all_is_well() -> None:
    code, out, err = run("check", RIGHT, "--lang", "en")
    assert (code, out) == (0, "")
    assert "1 file, 1 report, 1 verified" in err


def test_check_prints_place_rule_and_message(wrong: str) -> None:
    code, out, _ = run("check", wrong, "--lang", "zh")
    assert code == 1
    # Row 予以公开 of luozhuang begins on line 75; its total stands on line 82.
    assert out.splitlines() == [
        f"{wrong}:9:142  narrative-same-as-cell  文中称“其中予以公开106件”，表中“(一)予以公开·总计”为116件，"
        "相差10件。",
        f"{wrong}:82:1  requests-handled-total, requests-row-total  表三“（一）予以公开”×总计："
        "“总计”一列的办理结果总计为157，各项办理结果之和为167，相差10。"
        "“(一)予以公开”的总计为116，各类申请人之和为106，相差10。可能有误：“(一)予以公开·总计”。",
    ]


def test_check_processes_every_file(wrong: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "none.txt")
    code, out, err = run("check", missing, wrong, RIGHT, "--lang", "en")
    assert code == 2
    assert f"{missing}: can't read {missing}" in err
    assert "requests-row-total" in out
    assert "3 files, 2 reports, 1 verified" in err


def test_extract_exits_0_whatever_the_verdict(wrong: str) -> None:
    code, out, _ = run("extract", wrong, "--to", "csv")
    assert code == 0
    assert ",requests.granted.total,116,116,,number,as_printed" in out


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_CN.UTF-8", "1 份通过"), ("en_US.UTF-8", "1 verified"), ("C", "1 verified")]
)
def test_the_language_follows_the_locale(locale: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert words in run("check", RIGHT)[2]


def test_a_form_with_a_mistake(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text("format: 1\nfamily: x\n", encoding="utf-8")
    for command in ("extract", "check"):
        code, out, err = run(command, RIGHT, "--form", str(form), "--lang", "en")
        assert (code, out) == (2, "")
        assert f"{form}:1: the key 'tables' is missing" in err
    assert run("check", RIGHT, "--form", str(tmp_path / "none.yaml"))[0] == 2


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    code, out, err = run("extract", RIGHT, "-o", str(tmp_path / "no" / "x.csv"), "--lang", "zh")
    assert (code, out) == (2, "")
    assert "无法写入" in err


def test_an_output_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("extract", RIGHT, "-o", str(tmp_path / "x.csv"), "--lang", "zh")
    assert code == 2
    assert "磁盘已满" in err
    assert list(tmp_path.iterdir()) == []


def test_an_output_never_destroys_anything(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(Path(RIGHT).read_bytes())
    link = tmp_path / "link.txt"
    link.symlink_to(report)
    for target in (report, link, tmp_path / ".." / tmp_path.name / "report.txt"):
        code, _, err = run("extract", str(report), "-o", str(target), "--lang", "zh")
        assert code == 2
        assert "就是要读取的报告" in err
    assert report.read_bytes() == Path(RIGHT).read_bytes()
    kept = tmp_path / "kept.csv"
    kept.write_text("old", encoding="utf-8")
    other = tmp_path / "other.csv"
    other.symlink_to(kept)
    assert run("extract", RIGHT, "-o", str(other))[0] == 0
    assert other.is_symlink()
    assert kept.read_text(encoding="utf-8").startswith("\ufeffreport")
    shown = gongkai("extract", RIGHT, "--to", "csv", "-o", "/dev/stdout")
    assert shown.returncode == 0
    assert shown.stdout.decode("utf-8-sig").startswith(CSV_HEADER)
    assert run("extract", RIGHT, "-o", "")[0] == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept.csv", "link.txt", "other.csv", "report.txt"]


def test_standard_input_can_be_given_once() -> None:
    code, out, err = run("check", "-", RIGHT, "-", "--lang", "zh")
    assert (code, out) == (2, "")
    assert "只能给出一次" in err


def test_a_terminal_gets_colours(doubtful: str) -> None:
    command = shlex.join([*ready_program(), "extract", doubtful, "--lang", "zh"])
    shown = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, check=True)
    assert b"\x1b[1;31m" in shown.stdout


def test_an_old_encoding_gets_what_it_can_show() -> None:
    shown = gongkai("extract", RIGHT, "--lang", "en", PYTHONIOENCODING="ascii")
    assert shown.returncode == 0
    assert b"Traceback" not in shown.stderr


def test_starting_imports_nothing_that_only_models_and_data_frames_need() -> None:
    code = (
        "import sys; sys.argv = ['gongkai', 'check', sys.argv[1]]\n"
        "from extractor.commands.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "known = set(sys.stdlib_module_names) | {'extractor', 'rules', 'cache', '__main__'}\n"
        "assert 'asyncio' not in sys.modules, 'it takes a tenth of the time'\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - known))"
    )
    shown = subprocess.run([sys.executable, "-c", code, RIGHT], capture_output=True, check=True, text=True)
    third_party = {name for name in eval(shown.stdout) if not name.startswith("_")}  # noqa: S307
    allowed = {"annotated_types", "annotated_doc", "pydantic", "pydantic_core", "typing_extensions"}
    allowed |= {"typing_inspection", "yaml", "typer", "click", "shellingham", "cython_runtime"}
    assert third_party <= allowed
