"""How pages are written: templates whose every value is escaped, words in both languages, a strict policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from extractor.review.form_view import by_group
from rules.words import Bilingual

_FOLDER = Path(__file__).with_name("page")


def policy(style: str, script: str, *, is_served: bool = False) -> str:
    """A policy by which nothing is fetched, and nothing runs but these two, whatever a report holds.

    Args:
        style: the page's style sheet.
        script: its script.
        is_served: whether it may speak to the server that it comes from.
    """
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; "
        f"script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
        + ("; connect-src 'self'" if is_served else "")
    )


@cache
def part(name: str) -> str:
    """A file of the page: a style sheet, a script.

    Args:
        name: of the file.
    """
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def words() -> dict[str, list[str]]:
    """What the page says besides the report, in Chinese and in English, by key."""
    found: dict[str, dict[str, str]] = yaml.safe_load(part("words.yaml"))
    return {key: [text["zh"], text["en"]] for key, text in found.items()}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = _said
    environment.filters["both"] = _in_both
    environment.filters["groupby_run"] = by_group
    return environment


def template(name: str) -> Template:
    """A template of the page; what is put into it is escaped.

    Args:
        name: of its file.
    """
    return _environment().get_template(name)


def _said(key: str, **values: object) -> Markup:
    """One of the words of the page, in both languages."""
    zh, en = (text.format(**values) for text in words()[key])
    return _in_both(Bilingual(zh=zh, en=en))


def _in_both(text: Bilingual) -> Markup:
    """A text in both languages, of which one is shown."""
    if text.zh == text.en:
        return Markup("{}").format(text.zh)
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(text.zh, text.en)
