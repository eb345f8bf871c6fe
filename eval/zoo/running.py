"""Running the zoo: many documents on several cores; what is done is kept, so that a run can be resumed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from typing import Any, NamedTuple

from eval.zoo.documents import BATCH, documents
from eval.zoo.layouts import Layout
from eval.zoo.score import Mistake, Score, score

_ROOT = Path(__file__).parent.parent.parent
FOLDER = _ROOT / ".zoo"
# What the figures depend on: others of another version aren't taken for them.
_SOURCES = ("extractor/**/*.py", "rules/**/*.py", "rules/**/*.yaml", "eval/zoo/*.py")
_SOURCES_OF_FIGURES = ("eval/drawing.py", "eval/generation.py", "eval/tearing.py")


class Part(NamedTuple):
    """Documents that are made and read in one go."""

    layout: Layout
    seed: int
    first: int
    size: int


def parts_of(layouts: Sequence[tuple[Layout, int]], seed: int) -> Iterator[Part]:
    """So many documents of each layout, in parts; a layout's turn comes with every part."""
    longest = max((count for _, count in layouts), default=0)
    for first in range(0, longest, BATCH):
        for layout, count in layouts:
            if first < count:
                yield Part(layout, seed, first, min(BATCH, count - first))


def run_part(part: Part) -> Score:
    """Make the documents of a part, and read them."""
    total = Score()
    for document in documents(part.layout, part.seed, part.size, part.first):
        total.add(score(document))
    return total


def run(parts: Sequence[Part], jobs: int) -> Iterator[tuple[Part, Score]]:
    """Every part, as it is done; those that another run of the same program did come first.

    Args:
        parts: what to do.
        jobs: how many at once.
    """
    store = _Store()
    done = [part for part in parts if part in store.scores]
    yield from ((part, store.scores[part]) for part in done)
    left = [part for part in parts if part not in store.scores]
    if not left:
        return
    with get_context("spawn").Pool(min(jobs, len(left)), _be_quiet) as pool:
        for part, own in pool.imap_unordered(_numbered, left):
            store.keep(part, own)
            yield part, own


def _numbered(part: Part) -> tuple[Part, Score]:
    return part, run_part(part)


def _be_quiet() -> None:
    """Ctrl-C is for the parent, which prints what there is."""
    signal(SIGINT, SIG_IGN)


class _Store:
    """What was done, a line a part, in a file of this version of the program."""

    def __init__(self) -> None:
        self._path = FOLDER / f"{_fingerprint()}.jsonl"
        self.scores: dict[Part, Score] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            try:
                part, own = json.loads(line)
            except ValueError:
                # The last line of a run that was killed, or the blank one that begins the file.
                continue
            self.scores[Part(Layout(part[0]), *part[1:])] = _score_of(own)

    def keep(self, part: Part, own: Score) -> None:
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            kept = {one.name: getattr(own, one.name) for one in fields(own)}
            # On a line of its own, be it that a run was killed in the middle of the one before.
            stream.write(f"\n{json.dumps([part, kept], ensure_ascii=False)}")


def _score_of(kept: Mapping[str, Any]) -> Score:
    mistakes = [Mistake(*one) for one in kept["mistakes"]]
    return Score(**{**kept, "wrong": Counter(kept["wrong"]), "mistakes": mistakes})


def _fingerprint() -> str:
    paths = {path for pattern in (*_SOURCES, *_SOURCES_OF_FIGURES) for path in _ROOT.glob(pattern)}
    content = hashlib.sha256()
    for path in sorted(paths):
        content.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return content.hexdigest()[:16]
