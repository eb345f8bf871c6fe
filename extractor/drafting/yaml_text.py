"""A drafted form as the text of a form file, for a person to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.drafting.drafted import DraftedRow, DraftedSum, DraftedTable, Path
from extractor.statistics.sums import INSTANCES_NEEDED
from extractor.statistics.words import is_code_head, is_total

_NUMBER = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\.")


class About(NamedTuple):
    """What a form says of itself.

    Attributes:
        family: which forms it is an edition of.
        edition: which of them it is.
        marks: what its reports call themselves.
        reports: the names of the reports that it was drafted from.
    """

    family: str
    edition: str
    marks: tuple[str, ...]
    reports: tuple[str, ...]


class _Ids(NamedTuple):
    table: str
    rows: dict[Path, str]
    columns: tuple[str, ...]


def form_text(about: About, tables: Sequence[DraftedTable]) -> str:
    """The text of a form file.

    Args:
        about: what the form says of itself.
        tables: at least one.
    """
    ids = [_ids(number, table) for number, table in enumerate(tables, 1)]
    lines = [
        f"# Drafted from {', '.join(about.reports)}: look at every line, name rows and columns, correct.",
        "# rules/forms/README.md explains the keys. What a comment says was seen is no part of the form.",
        "format: 1",
        f"family: {_text(about.family)}",
        f"edition: {_text(about.edition)}",
        f"title: {_both(tables[0].title or about.family)}",
        "prescribed_by: '?'",
        f"marks: [{', '.join(map(_text, about.marks))}]",
        f"edition_from: {ids[0].table}",
        "",
        "tables:",
    ]
    for table, names in zip(tables, ids, strict=True):
        lines += _table(table, names, len(about.reports))
    rules = [
        line
        for table, names in zip(tables, ids, strict=True)
        for line in (*_sums(table, names, about.reports), *_parts(table, names))
    ]
    return (
        "\n".join([*lines, "", *(["rules:", *rules] if any(_is_entry(line) for line in rules) else rules)])
        + "\n"
    )


def _is_entry(line: str) -> bool:
    return line.startswith("  - ")


def _ids(number: int, table: DraftedTable) -> _Ids:
    shown = [path for path, row in table.rows.items() if row.has_figures]
    width = len(str(len(shown)))
    rows = {path: f"r{place:0{width}}" for place, path in enumerate(shown, 1)}
    return _Ids(f"table_{number}", rows, tuple(f"c{place}" for place, _ in enumerate(table.columns, 1)))


def _table(table: DraftedTable, ids: _Ids, reports: int) -> Iterator[str]:
    yield f"  - id: {ids.table}"
    yield f"    title: {_both(table.title or ids.table)}"
    if table.title:
        yield f"    headings: [{_text(table.title)}]"
    yield "    blocks:"
    yield f"      - id: {ids.table}"
    codes = [word for word in table.corner if is_code_head(word)]
    corner = [word for word in table.corner if word not in codes]
    yield f"        corner: [{', '.join(map(_text, corner or ['项目']))}]"
    if table.beside:
        yield f"        beside: [{', '.join(map(_text, table.beside))}]"
    if codes:
        yield f"        codes: [{', '.join(map(_text, codes))}]"
    yield "        columns:"
    yield from _columns(table, ids)
    yield "        rows:"
    for path, row in table.rows.items():
        if row.has_figures:
            yield f"          - {_row(table, ids, path, row, reports)}"


def _columns(table: DraftedTable, ids: _Ids) -> Iterator[str]:
    for place, column in enumerate(table.columns):
        label = column.path[-1] if column.path else "数量"
        under = f", under: {_text(column.path[0])}" if len(column.path) > 1 else ""
        money = column.unit if column.unit is not None and column.unit.endswith("元") else None
        unit = f", unit: {_text(money)}" if money is not None else ""
        unit = ", decimals: true, rounded: true" if place in table.shares else unit
        names = f"id: {ids.columns[place]}, label: {_text(label)}, en: {_text(label)}"
        names += f", variants: [{_text('其中' + label)}]" if column.is_part else ""
        yield f"          - {{{names}{under}{unit}}}"


def _row(table: DraftedTable, ids: _Ids, path: Path, row: DraftedRow, reports: int) -> str:
    label = _text(row.path[-1].rstrip("*"))
    entries = [f"id: {ids.rows[path]}", *_number(row), f"label: {label}", f"en: {label}"]
    if row.variants:
        entries.append(f"variants: [{', '.join(map(_text, row.variants))}]")
    entries += _standing(table, ids, path)
    if row.units:
        entries.append(f"unit: {_text(row.units[0])}")
    if row.has_decimals:
        entries.append("decimals: true")
    if len(set(row.reports)) < reports:
        entries.append("optional: true")
    seen = "" if len(row.units) < 2 else f"  # units seen: {', '.join(row.units)}"
    return "{" + ", ".join(entries) + "}" + seen


def _number(row: DraftedRow) -> Iterator[str]:
    """The ordinal, if a form can have it: 1、 is written 1. there."""
    number = row.first.number or ""
    shown = number.replace("、", ".") if number[:1].isdigit() else number
    if _NUMBER.fullmatch(shown):
        yield f"number: {_text(shown)}"


def _standing(table: DraftedTable, ids: _Ids, path: Path) -> Iterator[str]:
    """The row that a row is a part of, and the heading that it stands under, where it is one's."""
    whole = next((above for above in _above(path) if above in ids.rows), None)
    group = next((above for above in _above(path) if above in table.rows and above not in ids.rows), None)
    if whole is not None:
        yield f"within: {ids.rows[whole]}"
    if group is not None:
        first = table.rows[group].first
        yield f"under: {_text((first.number or '') + first.words)}"


def _above(path: Path) -> Iterator[Path]:
    for length in range(len(path) - 1, 0, -1):
        yield path[:length]


def _sums(table: DraftedTable, ids: _Ids, reports: Sequence[str]) -> Iterator[str]:
    """The sums that are believed as rules, and the others as comments."""
    for number, one in enumerate(table.sums.values(), 1):
        addresses = _addresses(one, ids)
        if addresses is None:
            continue
        failed = [f"{reports[report]} ({printed})" for report, printed in one.failed]
        held = f"held in {len(one.held)} of {len(one.places)} places"
        where = f", not in {', '.join(failed)}" if failed else ""
        if not one.is_believed:
            whole, parts = addresses
            needed = "" if failed else f": fewer than {INSTANCES_NEEDED} that tell"
            yield f"  # not adopted, {held}{where}{needed}: {whole} = {' + '.join(parts)}"
            continue
        yield f"  # {held}{where}"
        name = f"{ids.table.replace('_', '-')}-sum-{number}"
        yield from _balances(name, *addresses, _without_shares(table, one, ids))


def _balances(name: str, whole: str, parts: Sequence[str], counted: Sequence[str]) -> Iterator[str]:
    """A sum as rules: one for each of what it holds for, or those by name of which not all are counted."""
    for one in counted or [""]:
        yield f"  - id: {name}{'-' if one else ''}{one}"
        yield "    kind: balance"
        yield "    severity: hard"
        if "@" in whole and not one:
            yield f"    each: {whole}"
        expression = f"{whole} = {' + '.join(parts)}"
        yield f"    expression: {expression.replace('@', one) if one else expression}"
        yield "    citation: '?'"
        yield "    message:"
        yield "      zh: 合计为{left}，各部分之和为{right}，相差{difference}。"
        yield "      en: 'The total is {left}, its parts sum to {right}, a difference of {difference}.'"


def _without_shares(table: DraftedTable, one: DraftedSum, ids: _Ids) -> list[str]:
    """The ids of the rows, or columns, that a sum holds for, where others have shares, which don't add up."""
    if isinstance(one.whole, int):
        is_share = [(ids.rows[path], row.is_share) for path, row in table.rows.items() if row.has_figures]
    elif len(ids.columns) > 1:
        is_share = [(name, place in table.shares) for place, name in enumerate(ids.columns)]
    else:
        return []
    return [name for name, share in is_share if not share] if any(share for _, share in is_share) else []


def _addresses(one: DraftedSum, ids: _Ids) -> tuple[str, list[str]] | None:
    """The whole and the parts of a sum; ``@`` stands for each of what it holds for."""
    if isinstance(one.whole, int):
        columns = [ids.columns[p] for p in (one.whole, *one.parts) if isinstance(p, int)]
        whole, *parts = [f"{ids.table}.@.{column}" for column in columns]
        return whole, parts
    rows = [ids.rows.get(path) for path in (one.whole, *one.parts) if not isinstance(path, int)]
    if None in rows:
        return None
    column = ids.columns[0] if len(ids.columns) == 1 else "@"
    whole, *parts = [f"{ids.table}.{row}.{column}" for row in rows]
    return whole, parts


def _parts(table: DraftedTable, ids: _Ids) -> Iterator[str]:
    """That rows behind 其中 don't exceed their whole."""
    for path, row in table.rows.items():
        whole = next((above for above in _above(path) if above in ids.rows), None)
        if not row.is_part or whole is None or path not in ids.rows or is_total(path[-1]):
            continue
        column = ids.columns[0] if len(ids.columns) == 1 else "@"
        yield f"  - id: {ids.table.replace('_', '-')}-part-{ids.rows[path]}"
        yield "    kind: range"
        yield "    severity: soft"
        address = f"{ids.table}.{ids.rows[path]}.{column}"
        if column == "@":
            yield f"    each: {address}"
        yield f"    expression: {address} ≤ {ids.table}.{ids.rows[whole]}.{column}"
        yield "    citation: '?'"
        yield "    message:"
        yield "      zh: 其中项为{left}，多于总数{right}。"
        yield "      en: 'A part is {left}, more than its whole, {right}.'"


def _text(words: str) -> str:
    """Words as YAML, in quotes where they need some."""
    return json.dumps(words, ensure_ascii=False)


def _both(words: str) -> str:
    return f"{{zh: {_text(words)}, en: {_text(words)}}}"
