"""Whoever lacks what is optional is told how to get it, however gongkai was installed."""

from __future__ import annotations

import sys
import tomllib

import pytest

from extractor.extras import how_to_install
from tests.helpers.import_graph import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.mark.parametrize("extra", sorted(EXTRAS))
def test_a_clone_and_a_wheel_are_told_of(extra: str) -> None:
    how = how_to_install(extra)
    for words in (how.zh, how.en):
        assert f"pip install '.[{extra}]'" in words
        assert f".whl[{extra}]'" in words


def test_a_folder_without_python_is_told_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    how = how_to_install("tables")
    assert "pip" not in how.en + how.zh
    assert "with Python" in how.en
