"""What scans cost in truth: reports are printed, scanned by a simulated scanner, and read.

``python -m eval.scans [SCANS]`` does it with the cases that are PDFs.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import pypdfium2

from eval.cases import file_cases
from eval.scanning import Scanner, scanned
from extractor import Status, Verdict, extract

_RESOLUTIONS = (150, 200)
_SCANS = 4


@dataclass
class Tally:
    """What came of some scans.

    Attributes:
        cells, right: how many there are, and how many are read as the page prints them.
        confirmed: how many of them are confirmed.
        misread: what was read wrong: whose cell, what is printed, what was read, with which status.
        reports, verified: how many there are, and how many have that verdict.
        pages, seconds: how many pages were read, and in which time.
    """

    cells: int = 0
    right: int = 0
    confirmed: int = 0
    misread: list[tuple[str, str, str, str]] = field(default_factory=list)
    reports: int = 0
    verified: int = 0
    pages: int = 0
    seconds: float = 0.0

    @property
    def wrong_and_confirmed(self) -> int:
        """How many cells are confirmed, though they are wrong."""
        return sum(status == Status.CONFIRMED for *_, status in self.misread)

    @property
    def bound(self) -> float:
        """What share of confirmed cells may be wrong, at most, with 95 % confidence.

        The upper end of the interval of Wilson with one side, near the exact one for rare events; three in
        the number of cells where none is wrong.
        """
        if not self.confirmed:
            return 1.0
        wrong, count, z = self.wrong_and_confirmed, self.confirmed, 1.645
        if wrong == 0:
            return min(1.0, 3 / count)
        share, square = wrong / count, z * z / count
        spread = z * math.sqrt(share * (1 - share) / count + square / count / 4)
        return (share + square / 2 + spread) / (1 + square)

    def add(self, pdf: bytes, gold: Mapping[str, str], name: str) -> None:
        """Read a scan and compare what was read with what its page prints, by address."""
        start = time.perf_counter()
        (extraction,) = extract(pdf, name=name)
        self.seconds += time.perf_counter() - start
        with pypdfium2.PdfDocument(pdf) as document:
            self.pages += len(document)
        self.reports += 1
        self.verified += extraction.verdict is Verdict.VERIFIED
        read = {cell.address: cell for cell in extraction.cells}
        self.cells += len(gold)
        for address, printed in gold.items():
            cell = read.get(address)
            self.confirmed += cell is not None and cell.status is Status.CONFIRMED
            if cell is not None and cell.printed == printed and cell.status is not Status.ABSENT:
                self.right += 1
            else:
                shown, status = (cell.printed, cell.status.value) if cell is not None else ("", "absent")
                self.misread.append((f"{name}: {address}", printed, shown, status))

    def __str__(self) -> str:
        return (
            f"{self.reports} scans, {self.verified} verified; {self.right} of {self.cells} cells right, "
            f"{self.confirmed} confirmed, {self.wrong_and_confirmed} of them wrong "
            f"(at most {self.bound:.2%}); {self.seconds / max(1, self.pages):.1f} s a page"
        )


def main() -> None:
    """Measure scans of the cases that are PDFs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _SCANS
    cases = [case for case in file_cases() if case.path.suffix == ".pdf"]
    for dpi in _RESOLUTIONS:
        tally = Tally()
        for seed in range(count):
            case = cases[seed % len(cases)]
            gold = {cell.address: cell.printed for cell in case.cells if cell.state != "absent"}
            tally.add(scanned(case.path.read_bytes(), Scanner(dpi=dpi), seed), gold, case.name)
        print(f"{dpi} dpi: {tally}")
        for place, printed, shown, status in tally.misread:
            print(f"  {place}: {printed!r} was read as {shown!r}, {status}")


if __name__ == "__main__":
    main()
