"""Chains of years made as pages: what was planted in them is found when they are read, and nothing else."""

from __future__ import annotations

from pathlib import Path

from eval.bench.chains import made_chains, read_chains, told


def test_breaks_planted_in_pages_are_found_when_they_are_read(tmp_path: Path) -> None:
    made = made_chains(5, seed=21)
    assert {rule for rule, _, _ in made.planted} == {
        "previous-carried-over",
        "previous-in-force",
        "year-missing",
        "year-twice",
    }
    paths = [tmp_path / page.name for page in made.pages]
    for path, page in zip(paths, made.pages, strict=True):
        path.write_bytes(page.data)
    chains = read_chains(paths)
    assert told(chains) == made.planted
    assert chains.left_out == ()
    assert {path.suffix for path in paths} == {".txt", ".html", ".docx"}
