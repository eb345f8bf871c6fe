"""The pile of a benchmark has what it says, and its drawn PDFs say what was drawn."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from eval.bench.pile import make_pile, planted
from eval.zoo.drawn_pdf import pdf_file
from eval.zoo.generation import ORGANS
from eval.zoo.reports import Recipe, draw
from extractor import extract


def test_a_pile_has_the_copies_that_were_planted_and_no_organ_twice(tmp_path: Path) -> None:
    make_pile(tmp_path / "pile", 50)
    files = sorted((tmp_path / "pile").iterdir())
    contents = Counter(sha256(path.read_bytes()).digest() for path in files)
    assert planted(50) == (1, 1)
    assert (len(files), len(contents)) == (50, 49)
    assert {path.suffix for path in files} == {".txt", ".html", ".docx", ".pdf", ".ofd"}
    names = [organ.encode(encoding) for organ in ORGANS for encoding in ("utf-8", "gb18030")]
    pages = [path.read_bytes() for path in files if path.suffix in (".txt", ".html")]
    assert not any(name in page for name in names for page in pages)


@pytest.mark.parametrize("borders", [True, False])
def test_a_drawn_pdf_says_what_was_drawn(tmp_path: Path, *, borders: bool) -> None:
    report = draw(Random(3), Recipe())  # noqa: S311 - no secret
    (tmp_path / "a.pdf").write_bytes(pdf_file(report, Random(3), borders=borders))  # noqa: S311
    (read,) = extract(tmp_path / "a.pdf")
    gold = report.gold()
    assert {cell.address: cell.printed for cell in read.cells} == {a: g.printed for a, g in gold.items()}
