"""Runs on disk: a folder with a manifest, by which a run can be repeated, and a line for every result."""

from __future__ import annotations

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from eval.scoring.score import Fit, Kind, Miss, Rated, Score, Tried
from extractor.errors import OutputError, UnreadableError, reason
from extractor.result.cells import Status
from extractor.result.steps import Usage

MANIFEST, RESULTS = "manifest.json", "results.jsonl"
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("instructor", "lxml", "openai", "pydantic", "pypdfium2", "python-docx", "tiktoken")
# A cell's status in one letter; a capital tells that the cell isn't exact.
_LETTERS = {
    Status.CONFIRMED: "c",
    Status.UNCHECKED: "u",
    Status.AS_PRINTED: "p",
    Status.DISPUTED: "d",
    Status.ABSENT: "a",
}
_STATUSES = {letter: status for status, letter in _LETTERS.items()}


@dataclass(frozen=True)
class Setup:
    """How reports are read in a run.

    Attributes:
        model: None for the layout alone.
        reader: what the model reads: ``auto``, ``model`` or ``both``.
        profile: how its server is held to JSON; None if that is found out.
        repeat: the number of the repetition, from 1.
        is_reference: whether it is read the usual way (:mod:`eval.simulation.reference`), for comparison.
    """

    model: str | None = None
    reader: str = "auto"
    profile: str | None = None
    repeat: int = 1
    is_reference: bool = False

    @property
    def name(self) -> str:
        """What tables call it."""
        parts = [self.model or "layout", *([self.reader] if self.model and self.reader != "auto" else [])]
        parts += [self.profile] if self.profile else []
        parts += ["reference"] if self.is_reference else []
        return " ".join(parts) + (f" #{self.repeat}" if self.repeat > 1 else "")


@dataclass(frozen=True)
class Result:
    """What became of one item.

    Attributes:
        item, suite, layout, edition: what was read.
        setup: the name of how it was read.
        order: the key of the list of addresses that ``marks`` follows.
        marks: a letter a cell, its status; a capital where it isn't exact.
        lost: addresses that the page doesn't tell any more.
        misses: the cells that aren't exact.
        ungrounded: how many cells aren't printed where they claim to be.
        verdict: ``unread`` if the file couldn't be read.
        error: why it couldn't.
        findings, claims, relations: what was found of them; None without gold.
        requests, input_tokens, output_tokens, cost: what a model was asked, kept replies included.
        kept_replies: questions that kept replies answered.
        seconds: that it took, kept replies and all.
    """

    item: str
    suite: str
    layout: str
    edition: str
    setup: str
    order: str
    marks: str
    lost: tuple[str, ...]
    misses: tuple[Miss, ...]
    ungrounded: int
    verdict: str
    error: str
    findings: Tried | None
    claims: Tried | None
    relations: Tried | None
    requests: int
    input_tokens: int
    output_tokens: int
    cost: Decimal | None
    kept_replies: int
    seconds: float


_RESULT = TypeAdapter(Result)


@dataclass
class Run:
    """A run: how it was made, and its results.

    Attributes:
        manifest: what it takes to repeat it.
        orders: lists of addresses, by key.
        results: one a setup and item.
    """

    manifest: dict[str, Any]
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    _kinds: dict[tuple[str, str], Counter[Kind]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def own(self) -> Run:
        """The same without the readings for comparison."""
        others = {Setup(**one).name for one in self.manifest["setups"] if one["is_reference"]}
        results = [one for one in self.results if one.setup not in others]
        return Run(self.manifest, self.orders, results, self._kinds)

    def rated(self, result: Result) -> Iterator[Rated]:
        """The cells of a result."""
        fits = {miss.address: miss.fit for miss in result.misses}
        lost = frozenset(result.lost)
        for address, mark in zip(self.orders[result.order], result.marks, strict=True):
            status = _STATUSES[mark.lower()]
            yield Rated(address, fits.get(address, Fit.EXACT), status, address not in lost)

    def kinds(self, result: Result) -> Counter[Kind]:
        """How many cells of which kind a result has."""
        key = (result.setup, result.item)
        if key not in self._kinds:
            self._kinds[key] = self._counted(result)
        return self._kinds[key]

    def _counted(self, result: Result) -> Counter[Kind]:
        if result.lost or result.misses:
            return Counter(
                Kind(table_of(one.address), one.fit, one.status, one.is_on_page) for one in self.rated(result)
            )
        counts = Counter(zip(_tables(self.orders[result.order]), result.marks, strict=True))
        return Counter(
            {
                Kind(table, Fit.EXACT, _STATUSES[mark], is_on_page=True): count
                for (table, mark), count in counts.items()
            }
        )


def table_of(address: str) -> str:
    """The id of the table that a cell stands in."""
    return address.partition(".")[0]


@lru_cache(maxsize=32)
def _tables(addresses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(table_of, addresses))


def manifest_of(
    suites: Sequence[str], setups: Sequence[Setup], *, seed: int, limit: int | None, is_full: bool
) -> dict[str, Any]:
    """What it takes to repeat a run: what was read, how, and by which program."""
    return {
        "format": 1,
        "suites": list(suites),
        "seed": seed,
        "limit": limit,
        "full": is_full,
        "setups": [asdict(setup) for setup in setups],
        "program": version("gongkai"),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "prompts": _hash("prompts/*.md"),
        "rules": _hash("rules/**/*.yaml"),
        "source": source_key(),
    }


def source_key() -> str:
    """What tells one state of the program from another."""
    return _hash("extractor/**/*.py", "rules/**/*.py", "prompts/*.md", "rules/**/*.yaml", "eval/**/*.py")


def _hash(*patterns: str) -> str:
    content = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in _ROOT.glob(pattern)}):
        content.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


def order_key(addresses: Iterable[str]) -> str:
    """The key of a list of addresses."""
    return hashlib.sha256("\n".join(addresses).encode()).hexdigest()[:8]


def marks_of(score: Score) -> str:
    """A letter a cell."""
    letters = ((_LETTERS[one.status], one.fit is Fit.EXACT) for one in score.rated)
    return "".join(letter if is_exact else letter.upper() for letter, is_exact in letters)


def spent_of(usage: Usage | None) -> dict[str, Any]:
    """What a model cost, as a result has it."""
    if usage is None:
        return {"requests": 0, "input_tokens": 0, "output_tokens": 0, "cost": None}
    return {
        "requests": usage.requests,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
    }


class RunFolder:
    """A run that is being made: results are kept as they come, so that it can be gone on with.

    Args:
        path: of the folder; made if it isn't there.
        manifest: of the run.

    Raises:
        OutputError: if the folder can't be written to, or holds another run.
    """

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self._path = path
        self.run = Run(manifest)
        try:
            path.mkdir(parents=True, exist_ok=True)
            if (path / MANIFEST).exists():
                self.run = read_run(path)
                if self.run.manifest != manifest:
                    raise OutputError(
                        f"{path} 中已有另一次运行的结果。请用 -o 指定另一个文件夹。",
                        f"{path} holds another run; name another folder with -o",
                    )
                _drop_torn_line(path / RESULTS)
            else:
                (path / MANIFEST).write_text(_json(manifest, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise _unwritable(path, error) from error

    def keep(self, results: Sequence[Result], orders: Mapping[str, tuple[str, ...]]) -> None:
        """Add results, and the lists of addresses that they follow.

        Raises:
            OutputError: if they can't be written.
        """
        lines = [
            {"order": key, "addresses": list(addresses)}
            for key, addresses in orders.items()
            if key not in self.run.orders
        ]
        lines += map(vars, results)
        try:
            with (self._path / RESULTS).open("a", encoding="utf-8") as stream:
                stream.write("".join(_json(line) + "\n" for line in lines))
        except OSError as error:
            raise _unwritable(self._path, error) from error
        self.run.orders.update(orders)
        self.run.results += results


def _drop_torn_line(path: Path) -> None:
    """Cut off what a run that was killed had begun to write, so that nothing is appended to it."""
    content = path.read_bytes() if path.exists() else b""
    if content and not content.endswith(b"\n"):
        with path.open("r+b") as stream:
            stream.truncate(content.rfind(b"\n") + 1)


def read_run(path: Path) -> Run:
    """Read a run from its folder.

    Raises:
        UnreadableError: if there is none, or it is damaged.
    """
    try:
        run = Run(json.loads((path / MANIFEST).read_text(encoding="utf-8")))
        content = (path / RESULTS).read_bytes() if (path / RESULTS).exists() else b""
        # What follows the last end of a line was being written when the run was killed.
        for line in content[: content.rfind(b"\n") + 1].decode().split("\n")[:-1]:
            kept = json.loads(line)
            if "addresses" in kept:
                run.orders[kept["order"]] = tuple(kept["addresses"])
            else:
                run.results.append(_checked(run, kept))
    except OSError as error:
        zh, en = reason(error)
        raise UnreadableError(
            f"无法读取运行结果 {path}：{zh}。请给出 gongkai eval 写出的文件夹。",
            f"can't read the run {path}: {en}; name a folder that gongkai eval has written",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(
            f"{path} 中的运行结果已损坏，或由另一版本写出。请重新运行 gongkai eval。",
            f"the run in {path} is damaged, or another version wrote it; run gongkai eval again",
        ) from error
    return run


def _checked(run: Run, kept: dict[str, Any]) -> Result:
    """A result as kept, if its marks are those of its cells."""
    result = _RESULT.validate_python(kept)
    if (
        len(run.orders[result.order]) != len(result.marks)
        or not set(result.marks.lower()) <= _STATUSES.keys()
    ):
        raise ValueError(result.item)
    return result


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, default=str, indent=indent)


def _unwritable(path: Path, error: OSError) -> OutputError:
    zh, en = reason(error)
    return OutputError(
        f"无法写入 {path}：{zh}。请检查文件夹是否可写。",
        f"can't write {path}: {en}; check that the folder is writable",
    )
