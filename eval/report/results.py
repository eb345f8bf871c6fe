"""The figures that the project states: eval/RESULTS.md and a block of it in the manual, in both languages.

``make eval`` makes the runs and writes them; ``python -m eval.report.results RUN…`` writes those of finished
runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from eval.report.page import to_markdown
from eval.runs.folder import read_run, source_key
from eval.runs.suites import CASES, SCANS, SIMULATION
from eval.scoring.run import Result, Run
from eval.scoring.totals import Totals, everything, totals
from eval.zoo import LAYOUTS, Kind, Layout
from extractor.result.cells import Status

Language: TypeAlias = Literal["en", "zh"]

_ROOT = Path(__file__).parents[2]
RESULTS = _ROOT / "eval/RESULTS.md"
PAGES: Mapping[str, Language] = {"docs/results.md": "en", "docs/zh/results.md": "zh"}
_RUNS = {
    "zoo": ("cases", "zoo", "--full"),
    # Of a seed that nobody looked at while scans were worked on.
    "scans": (SCANS, "--full", "--seed", "71"),
    "million": ("simulation", "--full", "--reference"),
}
_BLOCK = re.compile(r"(<!-- eval -->\n).*?(<!-- /eval -->)", re.S)
_REAL = {"en": "real reports", "zh": "真实报告"}
_SCANNED = {layout for layout, about in LAYOUTS.items() if about.kind in (Kind.SCAN, Kind.PICTURE)}
_READINGS = {
    "layout": {"en": "by layout alone", "zh": "仅按版面"},
    SCANS: {"en": "scans, by OCR", "zh": "扫描件，经文字识别"},
    "simulated": {"en": "gongkai, a model that errs", "zh": "gongkai，会出错的模型"},
    "simulated reference": {"en": "instructor, the same model", "zh": "instructor，同一模型"},
}


def block(runs: Sequence[Run], language: Language) -> str:
    """The tables of a page of the manual."""
    results = [one for run in runs for one in run.results]
    every = Run({"setups": []}, {key: order for run in runs for key, order in run.orders.items()}, results)
    by_suite = Run({"setups": []}, every.orders, [one for one in results if one.suite != SIMULATION])
    layouts = totals(by_suite, lambda one: CASES if one.suite == CASES else one.layout)
    rows = {_layout(name, language): group for name, group in layouts.items()}
    readings = {
        _READINGS.get(name, {}).get(language, name): group for name, group in totals(every, _reading).items()
    }
    return "".join(
        [*_table(_BY_READING, readings, language), "\n", *_table(_BY_LAYOUT, rows, language)],
    )


def _reading(result: Result) -> str:
    """How a report was read; that of scans errs at a rate of its own."""
    return SCANS if result.layout in _SCANNED else result.setup


def _table(columns: Sequence[_Column], groups: Mapping[str, Totals], language: Language) -> Iterator[str]:
    heads = [column.zh if language == "zh" else column.en for column in columns]
    rows = [[name, *(column.of(group) for column in columns[1:])] for name, group in groups.items()]
    for line in (heads, ("---", *["--:"] * (len(heads) - 1)), *rows):
        yield f"| {' | '.join(line)} |\n"


def _layout(name: str, language: Language) -> str:
    return _REAL[language] if name == CASES else _title(Layout(name), language)


def _title(layout: Layout, language: Language) -> str:
    about = LAYOUTS[layout]
    return f"{about.kind}: {about.title[language == 'zh']}"


def _share(part: int, whole: int) -> str:
    """A percentage that says 100 only where nothing is missing."""
    if not whole or part == whole:
        return "100 %"
    return f"{min(part / whole, 0.99999):.3%}".replace("%", " %")


class _Column(NamedTuple):
    """A column of a table: its head, and what it shows of a group; the first one shows the group's name."""

    en: str
    zh: str
    of: Callable[[Totals], str] = lambda _: ""


_REPORTS = _Column("reports", "份数", lambda group: f"{group.reports:,}")
_RIGHT = _Column("right", "正确", lambda group: _share(group.right, group.cells))
_VERIFIED = _Column("verified", "`verified`", lambda group: _share(group.verified, group.reports))
_SILENT = _Column("wrong, `confirmed`", "错且 `confirmed`", lambda group: f"{group.silent:,}")
_LEFT_OPEN = (Status.DISPUTED, Status.ABSENT)
_BY_LAYOUT = (
    _Column("layout", "版式"),
    _REPORTS,
    _RIGHT,
    _VERIFIED,
    _Column(
        "left open",
        "存疑",
        lambda group: _share(sum(group.statuses[one] for one in _LEFT_OPEN), sum(group.statuses.values())),
    ),
    _SILENT,
    _Column("wrong, otherwise", "错且为其他状态", lambda group: str(group.unflagged - group.silent)),
)
_BY_READING = (
    _Column("reading", "读法"),
    _REPORTS,
    _Column("cells", "单元格", lambda group: f"{sum(group.statuses.values()):,}"),
    _RIGHT,
    _VERIFIED,
    _SILENT,
    _Column("at most, at 95 %", "95 % 上界", lambda group: f"{group.silent_bound:.1e}"),
)


def with_block(text: str, tables: str) -> str:
    """A text with other tables in its block."""
    return _BLOCK.sub(lambda match: f"{match[1]}{tables}{match[2]}", text)


def results(runs: Sequence[Run]) -> str:
    """All of RESULTS.md."""
    parts = [
        "# Results\n\nWritten by `make eval`; eval/scoring/score.py defines every metric.\n\n"
        f"<!-- eval -->\n{block(runs, 'en')}<!-- /eval -->\n"
    ]
    for run in runs:
        own = everything(run.own)
        manifest = run.manifest
        parts.append(
            f"\n## {', '.join(manifest['suites'])}\n\nSeed {manifest['seed']}, {own.reports} readings, "
            f"prompts {manifest['prompts']}, rules {manifest['rules']}, source {manifest['source']}.\n\n"
            f"{to_markdown(run)}"
        )
    return "".join(parts)


def _made() -> Iterator[Path]:
    """The runs that the figures rest on; a run of this source that was stopped goes on."""
    for name, arguments in _RUNS.items():
        folder = _ROOT / ".eval" / f"{name}-{source_key()}"
        command = [sys.executable, "-m", "eval", *arguments, "-o", str(folder)]
        made = subprocess.run(command, cwd=_ROOT, check=False)  # noqa: S603  # our own program
        if made.returncode not in (0, 1):
            sys.exit(made.returncode)
        yield folder


def main() -> None:
    """Write the figures; exit 1 if a wrong cell was confirmed."""
    runs = [read_run(folder) for folder in (map(Path, sys.argv[1:]) if sys.argv[1:] else _made())]
    RESULTS.write_text(results(runs), encoding="utf-8")
    for name, language in PAGES.items():
        path = _ROOT / name
        path.write_text(with_block(path.read_text(encoding="utf-8"), block(runs, language)), encoding="utf-8")
    sys.exit(any(everything(run.own).silent for run in runs))


if __name__ == "__main__":
    main()
