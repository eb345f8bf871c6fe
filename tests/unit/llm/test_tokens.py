"""Counting tokens, with and without a vocabulary; never by a download."""

from __future__ import annotations

import hashlib
import math
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import tiktoken
from tiktoken_ext import openai_public  # type: ignore[import-untyped]

from eval.gold.cases import all_cases
from extractor.llm import tokens
from extractor.llm.protocol import Message
from extractor.llm.tokens import VOCABULARIES, Vocabulary, counter

FILE = VOCABULARIES["o200k_base"].file
# What the real vocabulary counts in the text of each case, as `make bench` prints it.
O200K_TOKENS = {
    "longting-2023": 2221,
    "luodian-2019": 3110,
    "luozhuang-2023": 4136,
    "panzhihua-xiqu-2022": 2154,
    "shanghai-sci-2024": 1777,
    "yiyuan-2023": 3691,
}


class NetworkError(Exception):
    """The network was asked for."""


@pytest.fixture(autouse=True)
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No vocabulary, and no way to one."""

    def refuse(*_: object, **__: object) -> None:
        raise NetworkError

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_tiktoken_itself_would_download() -> None:
    """So that the tests below prove something."""
    with pytest.raises(NetworkError):
        openai_public.o200k_base()


def test_without_a_vocabulary_it_is_an_estimate_that_says_so(empty_folder: Path) -> None:
    one = counter()
    assert (one.name, one.is_estimate) == ("estimate", True)
    assert one.count("公" * 1000) == math.ceil(1000 * 0.663 * 1.2)
    assert one.count("") == 0
    assert not list(empty_folder.iterdir())


@pytest.mark.parametrize("content", [b"", b"5YWs 0\n"])
def test_a_damaged_vocabulary_is_left_alone(empty_folder: Path, content: bytes) -> None:
    """tiktoken would remove it, and download another."""
    (empty_folder / FILE).write_bytes(content)
    assert counter().is_estimate
    assert (empty_folder / FILE).read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_no_vocabulary(empty_folder: Path) -> None:
    (empty_folder / FILE).mkdir()
    assert counter().is_estimate


def test_the_estimate_is_above_the_count_and_within_40_percent_of_it() -> None:
    one = counter()
    cases = all_cases()
    assert {case.name for case in cases} == set(O200K_TOKENS)
    for case in cases:
        assert 1.08 < one.count(case.text) / O200K_TOKENS[case.name] < 1.32, case.name


@pytest.mark.parametrize("model", ["gpt-4", "gpt-3.5-turbo-0125", "davinci"])
def test_models_with_wasteful_vocabularies_are_estimated_higher(model: str) -> None:
    assert counter(model).count("公" * 1000) == math.ceil(1000 * 0.938 * 1.2)


def test_the_pins_are_those_of_the_installed_tiktoken(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Vocabulary] = []

    def load(address: str, expected_hash: str) -> dict[bytes, int]:
        asked.append(Vocabulary(hashlib.sha1(address.encode()).hexdigest(), expected_hash))  # noqa: S324
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", load)
    for name, vocabulary in VOCABULARIES.items():
        openai_public.ENCODING_CONSTRUCTORS[name]()
        assert asked.pop() == vocabulary


@pytest.fixture
def tiny_vocabulary(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Stands for any vocabulary: a token a byte. Gives the content of its file, which is pinned."""
    content = b"tiny"
    for name, (file, _) in VOCABULARIES.items():
        sha256 = hashlib.sha256(content).hexdigest()
        monkeypatch.setitem(tokens.VOCABULARIES, name, Vocabulary(file, sha256))

    def load(name: str) -> tiktoken.Encoding:
        ranks = {bytes([byte]): byte for byte in range(256)}
        return tiktoken.Encoding(
            name, pat_str=r"\s+(?!\S)|\s+|\S+", mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 256}
        )

    monkeypatch.setattr(tiktoken, "get_encoding", load)
    return content


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (None, "o200k_base"),
        ("qwen3:8b", "o200k_base"),
        ("deepseek-chat", "o200k_base"),
        ("gpt-5-mini", "o200k_base"),
        ("gpt-oss-20b", "o200k_harmony"),
        ("gpt-4-0613", "cl100k_base"),
        ("davinci", "estimate"),
    ],
)
def test_each_model_has_its_vocabulary(
    tiny_vocabulary: bytes, empty_folder: Path, model: str | None, name: str
) -> None:
    for vocabulary in VOCABULARIES.values():
        (empty_folder / vocabulary.file).write_bytes(tiny_vocabulary)
    assert counter(model).name == name


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR", None])
def test_it_looks_where_tiktoken_does(
    monkeypatch: pytest.MonkeyPatch, tiny_vocabulary: bytes, tmp_path: Path, variable: str | None
) -> None:
    folder = tmp_path / "data-gym-cache"
    folder.mkdir()
    (folder / FILE).write_bytes(tiny_vocabulary)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    if variable:
        monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
        monkeypatch.setenv(variable, str(folder))
    assert counter().name == "o200k_base"
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")  # keep nothing: tiktoken would download each time
    assert counter().is_estimate


@pytest.mark.parametrize(("text", "count"), [("", 0), ("公开12件", 11), ("<|endoftext|>", 13), ("\ud800", 3)])
def test_any_text_is_counted(tiny_vocabulary: bytes, empty_folder: Path, text: str, count: int) -> None:
    (empty_folder / FILE).write_bytes(tiny_vocabulary)
    assert counter().count(text) == count


def test_a_run_of_blanks_overflows_nothing(tiny_vocabulary: bytes, empty_folder: Path) -> None:
    (empty_folder / FILE).write_bytes(tiny_vocabulary)
    assert counter().count(" " * 3_000_000) == 3_000_000


def test_a_request_is_its_texts_and_a_few_tokens_of_framing(
    tiny_vocabulary: bytes, empty_folder: Path
) -> None:
    (empty_folder / FILE).write_bytes(tiny_vocabulary)
    chat = (Message("system", "abc"), Message("user", "defgh"))
    assert counter().count_request(chat) == 8 + 2 * 5 + 3
    assert counter().count_request(chat, '{"a":1}') == 8 + 2 * 5 + 3 + 7


def test_tiktoken_is_not_imported_before_something_is_counted() -> None:
    script = "import sys, extractor.llm.tokens; sys.exit('tiktoken' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
