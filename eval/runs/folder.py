"""Runs on disk: a folder with a manifest, by which a run can be repeated, and a line for every result."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from eval.scoring.metrics import METRICS
from eval.scoring.run import Result, Run, Setup
from extractor.errors import OutputError, UnreadableError, reason

MANIFEST, RESULTS = "manifest.json", "results.jsonl"
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("instructor", "lxml", "openai", "pydantic", "pypdfium2", "python-docx", "tiktoken")
_RESULT = TypeAdapter(Result)


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
        "prompts": _hash("prompts/[a-z]*.md"),
        "rules": _hash("rules/**/*.yaml"),
        "source": source_key(),
    }


def source_key() -> str:
    """What tells one state of the program from another."""
    return _hash("extractor/**/*.py", "rules/**/*.py", "prompts/[a-z]*.md", "rules/**/*.yaml", "eval/**/*.py")


def _hash(*patterns: str) -> str:
    content = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in _ROOT.glob(pattern)}):
        content.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


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
        lines += map(_line, results)
        try:
            with (self._path / RESULTS).open("a", encoding="utf-8") as stream:
                stream.write("".join(_json(line) + "\n" for line in lines))
        except OSError as error:
            raise _unwritable(self._path, error) from error
        self.run.orders.update(orders)
        self.run.results += results


def _line(result: Result) -> dict[str, Any]:
    """A result as it is kept: what was tried stands beside its other figures."""
    line: dict[str, Any] = {}
    for name, value in vars(result).items():
        line.update(value if name == "tried" else {name: value})
    return line


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
    tried = {metric.name: kept.pop(metric.name, None) for metric in METRICS}
    result = _RESULT.validate_python({**kept, "tried": tried})
    if not run.fits_order(result):
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
