"""The prompts: what they show is right, and can't be taken for an answer."""

from __future__ import annotations

import inspect
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from eval.gold.cases import Case, all_cases, load_case
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.questions import described, rows_request, tables_request
from extractor.asking.schemas import TablesReply, units_of
from extractor.asking.text_schema import RelationsReply
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.llm.tightening import schema_text
from extractor.reports.by_layout import read_by_layout
from prompts.loader import Prompt, load_prompt, prompt_names

FOLDER = Path(__file__).parents[3] / "prompts"
ROOT = FOLDER.parent
PROMPTS = [load_prompt(name) for name in prompt_names()]
(EXAMPLE,) = load_prompt("tables").examples
# No report has so many lines.
LONGEST = 9000


def documented() -> dict[str, list[str]]:
    """The lines of the table in the README: by file, its other cells."""
    table = re.findall(
        r"^\| `(.+?\.md)` \| (.+) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert len(dict(table)) == len(table)
    return {name: cells.split(" | ") for name, cells in table}


def test_every_prompt_stands_in_the_readme_and_the_readme_is_none() -> None:
    files = {path.name for path in FOLDER.glob("*.md")}
    assert documented().keys() == {f"{name}.md" for name in prompt_names()} == files - {"README.md"}


@pytest.mark.parametrize("file", documented())
def test_what_the_readme_says_of_a_prompt_is_there(file: str) -> None:
    sender, schema, _ = documented()[file]
    for told in (sender, schema):
        path, name, *others = re.findall(r"`(.+?)`", told)
        module = import_module(path.removesuffix(".py").replace("/", "."))
        assert (ROOT / path).is_file()
        assert all(hasattr(module, one) for one in (name, *others)), told
    path, function = re.findall(r"`(.+?)`", sender)
    called = inspect.getsource(import_module(path.removesuffix(".py").replace("/", ".")))
    assert f'"{Path(file).stem}"' in called
    assert f"def {function}(" in called


def test_the_paths_of_the_readme_exist() -> None:
    words = (FOLDER / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:extractor|tests|eval)/[\w/.]+)`", words)
    assert named
    assert all((ROOT / path).exists() for path in named), named


def test_only_first_questions_have_an_example() -> None:
    """One that is to read a row again is shown nothing but that row's lines."""
    assert {prompt.name for prompt in PROMPTS if prompt.examples} == {"tables", "narrative"}


def test_the_example_about_the_text_marks_its_numbers_in_order_and_answers_by_them() -> None:
    (example,) = load_prompt("narrative").examples
    reply = RelationsReply.model_validate_json(example.output)
    marks = [int(mark) for mark in re.findall(r"【(\d+)】", example.input)]
    assert marks == [*range(1, len(marks) + 1)]
    named = {whole.whole for whole in reply.wholes} | {one.share for one in reply.shares}
    assert named <= set(marks)
    assert all(words in example.input for words in reply.missed)
    figures = re.findall(r"】([\d.]+)", example.input)
    assert not any(figure in case.text for case in all_cases() for figure in figures if len(figure) > 3)


def test_every_figure_of_an_example_stands_on_the_line_that_it_cites() -> None:
    lines = dict(line.split(" ", 1) for line in EXAMPLE.input.strip().split("\n"))
    answer = TablesReply.model_validate_json(EXAMPLE.output)
    assert answer.rows
    assert answer.zeros
    for row in answer.rows:
        cells = lines[str(row.line)].split("|")
        assert tuple(cells[len(cells) - len(row.cells) :]) == row.cells
    for number in answer.zeros:
        assert set(lines[str(number)].split("|")[1:]) == {"0"}


def test_an_example_cites_lines_that_no_report_has() -> None:
    answer = TablesReply.model_validate_json(EXAMPLE.output)
    assert min(*answer.zeros, *(row.line for row in answer.rows)) > LONGEST
    for case in all_cases():
        document = read_text(Source(case.text.encode(), case.name))
        assert len(NumberedLines(document)) < LONGEST
        figures = set(re.findall(r"\d{4,}", EXAMPLE.output)) - {str(row.line) for row in answer.rows}
        assert not any(figure in case.text for figure in figures)


def test_the_totals_of_an_example_are_right() -> None:
    for row in json.loads(EXAMPLE.output)["rows"]:
        numbers = [int(cell) for cell in row["cells"] if cell.isdigit()]
        assert sum(numbers[:-1]) == numbers[-1]


def test_a_hash_tells_any_change() -> None:
    prompt = load_prompt("tables")
    assert prompt.hash != Prompt("tables", prompt.text + " ").hash
    assert len(prompt.hash) == 64


def test_every_place_is_filled_and_nothing_else_given() -> None:
    prompt = Prompt("p", "读{{rows}}")
    assert prompt.filled(rows="甲{{x}}") == "读甲{{x}}"
    with pytest.raises(ValueError, match="places"):
        prompt.filled()
    with pytest.raises(ValueError, match="places"):
        prompt.filled(rows="", lines="")


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_every_row_asked_for_is_named_once_with_its_label(case: Case) -> None:
    units = units_of(read_by_layout(read_text(Source(case.text.encode(), case.name)))[0].reading)
    words = described(units)
    for unit in units:
        assert len(re.findall(rf"(?<![\w.]){re.escape(unit.name)}(?![\w.])", words)) == 1
    assert len({unit.name for unit in units}) == len(units)


@pytest.mark.parametrize("count", [2, 3, 8, 40])
def test_rows_are_asked_for_in_no_order_of_the_page(count: int) -> None:
    """Who answers by the position of the rows gives none of them its own figures by it."""
    text = load_case("luozhuang-2023").text.encode()
    rows = units_of(read_by_layout(read_text(Source(text, "page")))[0].reading)
    for first in range(len(rows) - count + 1):
        units = [unit for unit in rows[first : first + count] if unit.table.id == "requests"]
        request = rows_request(units or rows, NumberedLines(read_text(Source(text, "page"))))
        (row,) = [
            schema for name, schema in request.schema.model_json_schema()["$defs"].items() if name == "Row"
        ]
        names = row["properties"]["row"].get("enum", ())
        assert len(units) < 2 or names != [unit.name for unit in units]


def test_the_static_words_come_first_and_are_the_same_for_every_report_of_an_edition() -> None:
    prefixes = set()
    for name in ("luozhuang-2023", "yiyuan-2023", "longting-2023"):
        document = read_text(Source(load_case(name).text.encode(), name))
        units = units_of(read_by_layout(document)[0].reading)
        request = tables_request(units, NumberedLines(document))
        prefixes.add(request.messages[0].content)
        assert [message.role for message in request.messages] == ["system", "user"]
    assert len(prefixes) == 1


def test_the_schema_is_ascii_sparse_and_without_prose() -> None:
    document = read_text(Source(load_case("luozhuang-2023").text.encode(), "page"))
    units = units_of(read_by_layout(document)[0].reading)
    text = schema_text(rows_request(units[:3], NumberedLines(document)).schema)
    schema = json.loads(text)
    assert text.isascii()
    for word in ("title", "description", "default"):
        assert f'"{word}"' not in text
    asked = schema["$defs"]["Row"]["properties"]["row"]["enum"]
    assert sorted(asked) == sorted(unit.name for unit in units[:3])
    assert schema["$defs"]["Row"]["properties"]["cells"] == {
        "items": {"type": "string"},
        "maxItems": 3,
        "type": "array",
    }
    assert schema["properties"]["rows"]["maxItems"] == schema["properties"]["zeros"]["maxItems"] == 3
