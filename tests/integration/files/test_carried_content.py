"""A report that a page carries for its script to show, and nothing shows; a draft beside a shown one."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import pytest

from extractor import Extraction, extract
from extractor.errors import NoReportError
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, LABELS, figures

TITLE = "某县某局2023年政府信息公开工作年度报告"
ROWS = figures()
BY_ADDRESS = {
    f"requests.{row}.{column.id}": figure
    for row, texts in ROWS.items()
    for column, figure in zip(BLOCK.columns, texts, strict=True)
}
SHELL = '<div id="app"><h1>{{ article.title }}</h1><div v-html="article.content"></div></div>'
NAMED = "<script>show(document.getElementById('article').value)</script>"


def content(rows: dict[str, list[str]] = ROWS) -> str:
    """The article, as an editor writes it."""
    lines = [["", *(column.label for column in BLOCK.columns)]]
    lines += [[LABELS[row], *texts] for row, texts in rows.items()]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return (
        "<p>一、总体情况</p><p>平稳有序。</p><p>三、收到和处理政府信息公开申请情况</p>"
        f"<table>{cells}</table><p>五、存在的主要问题及改进情况</p>"
    )


def other() -> str:
    """The article with other figures."""
    return content({row: [f"1{text}" for text in texts] for row, texts in ROWS.items()})


def page(body: str, shown: str = SHELL) -> bytes:
    head = f'<head><meta charset="utf-8"><title>{TITLE}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{shown}{body}</body></html>".encode()


def requests(data: bytes) -> dict[str, tuple[str, Status]]:
    (extraction,) = extract(data)
    return of(extraction)


def of(extraction: Extraction) -> dict[str, tuple[str, Status]]:
    cells = (cell for cell in extraction.cells if cell.address.startswith("requests."))
    return {cell.address: (cell.printed, cell.status) for cell in cells}


def template(kind: str) -> Callable[[str], str]:
    return lambda words: f'<script type="{kind}" id="article">{words}</script>{NAMED}'


def in_quotes(quote: str) -> Callable[[str], str]:
    return lambda words: f"<script>var article = {quote}{words.replace('/', chr(92) + '/')}{quote};</script>"


CARRIERS: dict[str, Callable[[str], str]] = {
    "a text area": lambda words: (
        f'<textarea id="article" style="display:none">{escape(words)}</textarea>{NAMED}'
    ),
    "an old element": lambda words: f'<xmp id="article" hidden>{words}</xmp>{NAMED}',
    "a template": lambda words: f'<template id="article">{words}</template>{NAMED}',
    "a script of HTML": template("text/html"),
    "a script of a template": template("text/x-template"),
    "JSON": lambda words: (
        f'<script type="application/json">{json.dumps({"a": [{"content": words}]})}</script>'
    ),
    "JSON in a string": lambda words: f"<script>load({json.dumps(json.dumps({'content': words}))})</script>",
    "escaped once more": lambda words: (
        f'<script>window.data={{"content":{json.dumps(escape(words))}}}</script>'
    ),
    "a string of JavaScript": in_quotes("'"),
    "a string with codes": lambda words: f"<script>a.content = {json.dumps(words)}</script>".replace(
        "<td>", "\\u003ctd>"
    ),
    "a template of JavaScript": in_quotes("`"),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_what_the_script_shows_is_read_and_told(name: str) -> None:
    (extraction,) = extract(page(CARRIERS[name](content())))
    assert of(extraction) == {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}
    assert [one.severity for one in extraction.findings if one.rule == "carried-content"] == ["soft"]
    assert extraction.header.year is not None
    assert extraction.header.year.value == "2023"


def test_the_style_sheets_of_the_page_are_those_of_the_content() -> None:
    """What a class hides is no more shown where a script has put it."""
    style = "<style>.gone { display: none }</style>"
    words = content().replace("<td>5</td>", '<td><span class="gone">7</span>5</td>', 1)
    cells = requests(page(style + CARRIERS["a template"](words)))
    assert cells["requests.granted.natural_person"][0] == "5"


# --- twins: a copy that is not what is shown ---


@pytest.mark.parametrize("name", CARRIERS)
def test_a_page_that_shows_a_report_carries_none(name: str) -> None:
    (extraction,) = extract(page(CARRIERS[name](other()), f"<h1>{TITLE}</h1>{content()}"))
    assert {address: figure for address, (figure, _) in of(extraction).items()} == BY_ADDRESS
    assert not [one for one in extraction.findings if one.rule == "carried-content"]


NOT_TAKEN = {
    "two of them": CARRIERS["a text area"](content()) + CARRIERS["JSON"](other()),
    "a draft beside it": CARRIERS["a template"](content())
    + f"<textarea id='draft'>{escape(other())}</textarea>",
    "called a draft": CARRIERS["a text area"](content()).replace("article", "articleDraft"),
    "a key that sets it aside": f"<script>x={json.dumps({'old_content': content()})}</script>",
    "no script names it": CARRIERS["a text area"](content()).replace(NAMED, ""),
    "in a comment": f"<!-- {CARRIERS['a template'](content())} -->",
    "still to be filled": CARRIERS["a template"](content().replace("<td>5</td>", "<td>{{ n }}</td>", 1)),
    "without a script": f"<noscript>{content()}</noscript>",
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_may_not_be_shown_is_not_taken(name: str) -> None:
    with pytest.raises(NoReportError):
        extract(page(NOT_TAKEN[name]))


def test_a_page_that_says_something_is_no_shell() -> None:
    with pytest.raises(NoReportError):
        extract(page(CARRIERS["a text area"](content()), "<p>报告正在更正，近日重新发布。</p>"))
