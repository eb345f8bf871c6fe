"""A batch asks a model within one allowance; what needs none doesn't wait, and nothing is asked twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.helpers.batches import RIGHT, Ended, batch, outcomes, result_bytes, rows
from tests.helpers.loopback import Answer, Loopback, Seen, completion, error
from tests.helpers.phone import PHONE, PhoneRows

# A report that the layout reads whole.
CLEAR = RIGHT.read_text(encoding="utf-8")
PRICES = ("--price-input", "1000", "--price-output", "1000")


class Server(Loopback):
    """Reads pages that were pasted from a phone; answers otherwise where it is told to.

    Args:
        other: what is answered in place of that to a question, counted from 0; None for nothing else.
        delay: seconds before each answer.
    """

    def __init__(self, other: Callable[[int], Answer | None] = lambda _: None, delay: float = 0.0) -> None:
        super().__init__(script=self._answer)
        self.times: list[float] = []
        self._rows = PhoneRows()
        self._other = other
        self._delay = delay

    def _answer(self, seen: Seen) -> Answer:
        self.times.append(time.monotonic())
        other = self._other(len(self.times) - 1)
        if other is not None:
            return other
        row = seen.body["response_format"]["json_schema"]["schema"]["$defs"]["Row"]["properties"]["row"]
        names = row["enum"] if "enum" in row else [row["const"]]
        rows = self._rows.answer(names, seen.body["messages"][-1]["content"])
        return completion(json.dumps({"rows": rows, "zeros": []}))._replace(delay=self._delay)

    def batch(self, folder: Path, *more: str) -> Ended:
        """A batch that asks this server, of the tables alone."""
        own = ("--model", "reader", "--base-url", self.url, "--no-text", "--profile", "json_schema")
        return batch("pile", "-o", "out", *own, *more, folder=folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pile of three reports that leave something open, and two that don't; an empty cache of replies."""
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "pile").mkdir()
    for name, mark in {"a": ".", "b": "、", "c": "．"}.items():
        # Another question each: of two that are the same, one may have the answer to the other.
        page = PHONE.replace("7.属于行政执法案卷", f"7{mark}属于行政执法案卷")
        (tmp_path / "pile" / f"open-{name}.txt").write_text(page, encoding="utf-8")
    for name in ("d", "e"):
        (tmp_path / "pile" / f"clear-{name}.txt").write_text(f"{CLEAR}{name}\n", encoding="utf-8")
    return tmp_path


def verdicts(folder: Path) -> dict[str, str]:
    return {row["report"][5:-4]: row["verdict"] for row in rows(folder / "out/reports.csv")}


def test_what_the_layout_leaves_open_is_asked_and_nothing_else(folder: Path) -> None:
    with Server() as server:
        ended = server.batch(folder)
        assert ended.code == 0, ended.err
        assert "5 files, 5 reports, 0 to review" in ended.err.splitlines()
        assert "a model was asked about 3 files: 3 requests, cost 0" in ended.err.splitlines()
        assert len(server.seen) == 3
        assert set(verdicts(folder).values()) == {"verified"}
        read = [line["settings"] for line in outcomes(folder / "out")]
        # All were read by their layout before any was asked about, so none waited.
        assert len(set(read[:5])) == 1
        assert len(set(read[5:])) == 1
        assert len(read) == 8
        # Again: nothing is read, nothing is asked, the same bytes.
        before = result_bytes(folder / "out")
        again = server.batch(folder)
        assert again.code == 0, again.err
        assert len(server.seen) == 3
        assert len(outcomes(folder / "out")) == 8
        assert result_bytes(folder / "out") == before
        # A folder that begins anew gets the answers that were kept.
        (folder / "out/journal").rename(folder / "old")
        server.batch(folder)
        assert len(server.seen) == 3
        assert result_bytes(folder / "out") == before
    # Without a model the layout's results are there still.
    batch("pile", "-o", "out", folder=folder)
    assert len(outcomes(folder / "out")) == 8
    assert [verdicts(folder)[f"open-{name}"] for name in "abc"] == ["needs_review"] * 3


def test_files_are_asked_about_at_once(folder: Path) -> None:
    with Server(delay=1.0) as server:
        ended = server.batch(folder, "--concurrency", "3")
    assert ended.code == 0, ended.err
    first, *_, last = server.times
    assert last - first < 0.9


def test_no_more_is_spent_than_may_be_and_more_goes_on(folder: Path) -> None:
    # An answer costs 18 tokens at 1,000 a million; what a question may cost at most is far more.
    with Server() as server:
        ended = server.batch(folder, *PRICES, "--max-cost", "0.001")
        assert server.seen == []
        assert ended.code == 0, ended.err
        assert (
            "3 files not asked about to the end: the cost would exceed --max-cost; what the layout gives "
            "stands, and the same command goes on"
        ) in ended.err.splitlines()
        assert verdicts(folder)["open-a"] == "needs_review"
        ended = server.batch(folder, *PRICES, "--max-cost", "20")
        assert "a model was asked about 3 files: 3 requests, cost 0.054" in ended.err.splitlines()
    assert verdicts(folder)["open-a"] == "verified"


def test_a_server_that_fails_costs_no_report_and_is_asked_again(folder: Path) -> None:
    with Server(lambda number: error(401, "no such key") if number == 0 else None) as server:
        ended = server.batch(folder, "--concurrency", "1")
        assert ended.code == 2
        assert "key" in ended.err
        # What was read is kept; the same command goes on.
        assert len(outcomes(folder / "out")) == 5
        ended = server.batch(folder)
        assert ended.code == 0, ended.err
    assert len(outcomes(folder / "out")) == 8
    assert set(verdicts(folder).values()) == {"verified"}


def test_the_others_wait_while_a_server_has_to_be_left_alone(folder: Path) -> None:
    busy = error(429, "slow down")._replace(headers=(("retry-after", "1"),))
    with Server(lambda number: busy if number < 3 else None) as server:
        ended = server.batch(folder, "--concurrency", "3", "--rate", "50")
    assert ended.code == 0, ended.err
    assert set(verdicts(folder).values()) == {"verified"}
    # All three were told to wait; they came back one after the other, not at once.
    back = server.times[3:6]
    assert back[0] - server.times[0] > 0.9
    assert min(later - earlier for earlier, later in pairwise(back)) > 0.05


def test_max_cost_takes_prices(folder: Path) -> None:
    ended = batch("pile", "-o", "out", "--max-cost", "1", folder=folder)
    assert ended.code == 2
    assert "--max-cost takes a model and prices" in ended.err
