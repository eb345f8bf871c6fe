"""What is told of a file, by what is wrong: one group for a wrong cell, with all the rules that name it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from extractor.checking.checked import ToldFinding


class FindingGroup(NamedTuple):
    """Findings that suspect the same cells.

    Attributes:
        told: in their order; their place, and what the cells are called, are those of the first.
        rules: all that name these cells, each once. A rule that suspects several cells, of which each has a
            group, is among the rules of all of them and told in the first.
    """

    told: tuple[ToldFinding, ...]
    rules: tuple[str, ...]

    @classmethod
    def of(cls, told: ToldFinding) -> FindingGroup:
        """The group of one finding by itself.

        Args:
            told: the finding.
        """
        return cls((told,), (told.finding.rule,))


def grouped(told: Sequence[ToldFinding]) -> tuple[FindingGroup, ...]:
    """What is told by the cells that are suspected; a finding that suspects none is a group by itself.

    Args:
        told: of one file, in their order, which groups keep.
    """
    groups: dict[Hashable, list[ToldFinding]] = {}
    for number, one in enumerate(told):
        suspects = one.finding.suspects
        groups.setdefault((one.report, suspects) if suspects else number, []).append(one)
    rules = {key: [one.finding.rule for one in group] for key, group in groups.items()}
    for one in told:
        suspects = one.finding.suspects
        each: list[Hashable] = [(one.report, (cell,)) for cell in suspects]
        if len(suspects) > 1 and all(key in groups for key in each):
            groups[each[0]] += groups.pop((one.report, suspects), [])
            for key in each:
                rules[key].append(one.finding.rule)
    return tuple(
        FindingGroup(tuple(group), tuple(dict.fromkeys(rules[key]))) for key, group in groups.items()
    )
