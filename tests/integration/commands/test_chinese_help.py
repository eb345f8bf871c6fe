"""Help and usage errors in Chinese, where the locale or --lang asks for it: of every command and option."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from eval.chinese import WORDS
from eval.commands import commands as eval_commands
from extractor.commands.app import app
from extractor.commands.chinese import COMMANDS, OPTIONS
from tests.integration.commands.test_cli import run

_HAN = re.compile(r"[\u4e00-\u9fff]")


def commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


ALL = dict(commands(get_command(app), "gongkai"))
EVAL = dict(commands(get_command(eval_commands), "gongkai eval"))


def test_no_command_and_no_option_lacks_chinese_and_none_is_left_over() -> None:
    assert set(COMMANDS) == set(ALL)
    told = {parameter.help for command in ALL.values() for parameter in command.params}
    assert told | {"Show this message and exit."} == set(OPTIONS)
    assert all(_HAN.search(text) for text in (*COMMANDS.values(), *OPTIONS.values()))


def test_nor_does_any_of_the_evaluation() -> None:
    assert set(WORDS.commands) == set(EVAL)
    told = {parameter.help for command in EVAL.values() for parameter in command.params}
    assert told - set(OPTIONS) == set(WORDS.options)
    assert all(_HAN.search(text) for text in (*WORDS.commands.values(), *WORDS.options.values()))


@pytest.mark.parametrize("path", sorted({*ALL, *EVAL}))
def test_the_help_of_every_command_is_chinese_throughout(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    code, text, _ = run(*path.split()[1:], "--help")
    assert code == 0
    assert text.startswith(f"用法：{path} ")
    for parameter in {**ALL, **EVAL}[path].params:
        assert all(name in text for name in parameter.opts if name.startswith("-"))
    # English words are names of options, formats, files and fields only; no sentence is left.
    assert not re.search(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{2,} [a-z]{2,}", text)
    widths = [
        sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in line) for line in text.splitlines()
    ]
    # A mark of punctuation may stand behind the last column.
    assert max(widths) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("chek",), "没有命令 'chek'，是否指 'check'"),
        (("check",), "缺少参数 FILE。"),
        (("check", "a", "--lagn"), "没有选项 --lagn，是否指 --lang？"),
        (("check", "a", "--form"), "选项 '--form' 需要一个值。"),
        (("check", "a", "--strict=1"), "选项 '--strict' 不带值。"),
        (("rules", "--to", "xml"), "'--to' 的值 'xml' 无效，可用的有 'text', 'json'。"),
        (("extract", "a", "b"), "多出了参数 b。"),
        (("extract", "a", "--price-input", "x"), "'--price-input' 的值 'x' 不是价格。"),
        (("check", "a", "--max-tokens", "0"), "'--max-tokens' 的值不得小于 1。"),
        (("batch", "run", "a", "-o", "b", "--jobs", "x"), "'--jobs' 的值须是整数。"),
        (("extract",), "缺少参数 FILE。"),
        (("batch", "merge", "a"), "缺少选项 -o / --output。"),
        (("batch", "a", "-o", "b", "--shard", "3/2"), "'--shard' 的值 '3/2' 不是 2/8 这样的部分。"),
        (("eval", "compare", "a"), "缺少参数 AFTER。"),
        (("eval", "run", "--seed", "x"), "'--seed' 的值须是整数。"),
    ],
)
def test_a_usage_error_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"gongkai: {told}")
    assert not re.search(r"\{|\[\[", err)
    assert "--help 查看说明" in err or "需要一个值" in err or "不带值" in err


def test_the_option_goes_before_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "Usage: " in run("check", "--lang", "en", "--help")[1]
    assert "Missing argument" in run("check", "--lang=en")[2]
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run("check", "--lang", "zh", "--help")[1].startswith("用法：")
    assert "缺少参数" in run("check", "--lang=zh")[2]
    assert "Usage: " in run("check", "--help")[1]


def test_commands_run_in_chinese_with_the_same_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run("check", "tests/data/explained.txt")[:2] == (0, "")
    assert run("check", "tests/data/planted.txt")[0] == 1
    assert run("check", "tests/data/gone.txt")[0] == 2
    assert run("--version")[0] == 0
    assert run("cache", "clear")[0] == 2
