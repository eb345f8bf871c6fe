"""Accuracy against cost, as a picture in SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from eval.scoring.totals import Totals, percent

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 460, 260, 60, 46, 24, 110
_STEPS = 4


class Point(NamedTuple):
    """One way of reading: what a report costs, and the share of cells that are right."""

    name: str
    cost: float
    right: float


def points(groups: Mapping[str, Totals]) -> tuple[tuple[Point, ...], str]:
    """The ways of reading, and what their cost is in: money where all have it, else tokens."""
    asked = [group for group in groups.values() if group.requests]
    in_money = bool(asked) and all(group.cost is not None for group in asked)
    found = tuple(
        Point(
            name,
            float(group.cost or 0 if in_money else group.input_tokens + group.output_tokens)
            / max(1, group.reports),
            group.share_right,
        )
        for name, group in groups.items()
    )
    return found, "cost a report" if in_money else "tokens a report"


def picture(groups: Mapping[str, Totals]) -> str:
    """The picture; readable without colours, and as text by a screen reader."""
    found, unit = points(groups)
    most = max((point.cost for point in found), default=0) or 1.0
    least = min((point.right for point in found), default=0.0)
    low = max(0.0, least - max(0.01, (1 - least) / 2))
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    base = _HEIGHT - _BOTTOM
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Accuracy against cost">',
        f'<polyline class="axis" points="{_LEFT},{_TOP} {_LEFT},{base} {_LEFT + across},{base}"/>',
        f'<text x="{_LEFT + across / 2}" y="{_HEIGHT - 6}" text-anchor="middle">{unit}</text>',
        f'<text x="{_LEFT}" y="{_TOP - 6}">cells right</text>',
    ]
    for step in range(_STEPS + 1):
        share = step / _STEPS
        x, y = _LEFT + across * share, base - up * share
        parts.append(f'<text x="{x:.0f}" y="{base + 18}" text-anchor="middle">{most * share:.4g}</text>')
        shown = f"{(low + (1 - low) * share) * 100:.4g}%"
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{shown}</text>')
    for point in found:
        x = _LEFT + across * point.cost / most
        y = base - up * ((point.right - low) / (1 - low) if low < 1 else 1)
        told = f"{point.name}: {percent(point.right)} right, {point.cost:.4g} {unit}"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6"><title>{escape(told)}</title></circle>')
        parts.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}">{escape(point.name)}</text>')
    return "".join([*parts, "</svg>"])
