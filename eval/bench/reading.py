"""Benchmarks: how long one report takes, how that grows with its length, and how many tokens it has."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from statistics import median

from eval.gold.cases import Case, all_cases
from eval.servers import vocabulary
from extractor import Extraction, extract
from extractor.llm.tokens import counter, estimator
from extractor.narrative.check import with_narrative
from extractor.narrative.read import read_narrative
from extractor.reports.by_layout import read_by_layout
from extractor.reports.opening import open_document
from extractor.verify.verification import verify
from rules.confront import Figure, Outcome, State, bound_rules, confront
from rules.form import Form
from rules.loader import built_in_forms
from rules.localise import Balance, localise

_REPEATS, _REPEATS_OF_PARTS = 30, 60
_FILLER = "三是加强平台建设，全年通过网站公开信息1234条，回应关切56次，开展培训7次。\n"
_WRONG_CELLS = (
    "requests.granted.natural_person",
    "requests.refused.internal_affairs.total",
    "requests.received.business",
)


def _milliseconds(
    job: Callable[[], object], repeats: int = _REPEATS, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The median of several runs, after one that warms caches up."""
    job()
    times = []
    for _ in range(repeats):
        start = clock()
        job()
        times.append(clock() - start)
    return median(times) * 1000


def _computed(job: Callable[[], object]) -> float:
    """Of its own CPU time, whatever else the machine is doing."""
    return _milliseconds(job, _REPEATS_OF_PARTS, time.thread_time)


def _parts(case: Case) -> tuple[float, float]:
    """Milliseconds for the tables, with the verification, and for the free text."""
    (document, forms, reading, *_), *_ = read_by_layout(open_document(case.path.read_bytes(), case.name))

    def tables() -> Extraction:
        (found,) = read_by_layout(document)
        return verify(found.document, found.reading, found.forms).extraction(found.header)

    extraction = tables()

    def free_text() -> None:
        narrative = read_narrative(document, reading, extraction, forms).narrative
        with_narrative(document, extraction, narrative, forms)

    return _computed(tables), _computed(free_text)


def _form(case: Case) -> Form:
    return next(form for form in built_in_forms() if form.edition == case.edition)


def _figures(case: Case) -> dict[str, Figure]:
    return {cell.address: Figure(State(cell.state), cell.value) for cell in case.cells}


def _left_out(form: Form, figures: dict[str, Figure]) -> frozenset[str]:
    return frozenset(address for address in form.places if address not in figures)


def _localise(case: Case, wrong: int) -> float:
    form, figures = _form(case), _figures(case)
    rules = bound_rules(form, _left_out(form, figures))
    balances = [
        Balance(one.bound.coefficients)
        for one in confront(rules, figures)
        if one.outcome is Outcome.SATISFIED and one.bound.rule.kind == "balance" and one.bound.coefficients
    ]
    values = {a: Fraction(figure.value) for a, figure in figures.items() if figure.value is not None}
    for address in _WRONG_CELLS[:wrong]:
        values[address] += 3
    return _milliseconds(lambda: localise(balances, values), repeats=5)


def _longer(case: Case, times: int) -> bytes:
    """The report with filler narrative around its tables, so many times as long."""
    filler = _FILLER * (len(case.text) * (times - 1) // len(_FILLER) // 2)
    return f"{filler}{case.text}\n{filler}".encode()


def _process(case: Case) -> float:
    command = [sys.executable, "-m", "extractor", "check", str(case.path)]
    return _milliseconds(lambda: subprocess.run(command, capture_output=True, check=False), repeats=5)  # noqa: S603


def _print_times() -> None:
    heads = (
        "report",
        "read",
        "tables",
        "text",
        "×10",
        "×100",
        "confront",
        "1 wrong",
        "2 wrong",
        "3 wrong",
        "process",
    )
    print(
        "milliseconds; tables, text: CPU time for the tables with their verification, and for the free text"
    )
    print("×10, ×100: time of a document so many times as long, in multiples of read")
    print(f"{heads[0]:<22}" + "".join(f"{head:>10}" for head in heads[1:]))
    for case in all_cases():
        data = case.path.read_bytes()
        form, figures = _form(case), _figures(case)
        rules = bound_rules(form, _left_out(form, figures))
        read = _milliseconds(partial(extract, data))
        longer = [
            _milliseconds(partial(extract, _longer(case, times)), repeats=3) / read for times in (10, 100)
        ]
        row = [
            f"{read:.1f}",
            *(f"{part:.2f}" for part in _parts(case)),
            *(f"{ratio:.1f}" for ratio in longer),
            f"{_milliseconds(partial(confront, rules, figures)):.2f}",
            *(f"{_localise(case, wrong):.1f}" for wrong in (1, 2, 3)),
            f"{_process(case):.0f}",
        ]
        print(f"{case.name:<22}" + "".join(f"{value:>10}" for value in row), flush=True)


def _print_tokens() -> None:
    vocabulary.use()
    exact, estimate = counter(), estimator()
    print("\ntokens of the texts; estimate: from the number of characters, with its reserve")
    print(f"{'report':<22}{'characters':>12}{exact.name:>12}{'estimate':>12}{'ratio':>10}")
    for case in all_cases():
        counted, estimated = exact.count(case.text), estimate.count(case.text)
        print(f"{case.name:<22}{len(case.text):>12}{counted:>12}{estimated:>12}{estimated / counted:>10.2f}")
    if exact.is_estimate:
        print("nothing was counted: `make vocabulary` fetches what to count with")


def main() -> None:
    """Print both tables."""
    _print_times()
    _print_tokens()


if __name__ == "__main__":
    main()
