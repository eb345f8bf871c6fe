"""Thousands of sentences as reports write them: what the reader of the free text gets right of them.

``python -m eval.sentences.measure [EXAMPLES]`` prints precision and recall, and how often right sentences
raise an alarm; with a number, that many of the texts that were read wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from eval.scoring.claims import figure_of
from eval.sentences.compound import COMPOUND
from eval.sentences.patterns import SIMPLE
from eval.sentences.prose import paragraphs
from eval.sentences.reading import judged, read_sentences
from eval.sentences.writing import Link, Sentences, Writer, broken
from extractor.result.narrative import Narrative, Relation, RelationKind
from rules.confront import Outcome

SEED, NUMBER = 20240131, 5000


def generated(seed: int, number: int) -> Iterator[Sentences]:
    """Sentences that state figures, right ones, each different in words and numbers."""
    random = Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(number):
        writer = Writer(random)
        random.choice(SIMPLE + COMPOUND)(writer)
        yield broken(writer.done(), random)


class Score(NamedTuple):
    """What was read of sentences.

    Attributes:
        sentences: how many there were.
        right, spurious, missed: by ``claim`` and by kind of relation.
        alarms: right texts in which a rule is violated, as it was read.
        examples: texts with what was missed or spurious, for a person.
    """

    sentences: int
    right: Counter[str]
    spurious: Counter[str]
    missed: Counter[str]
    alarms: tuple[str, ...]
    examples: tuple[str, ...]

    def precision(self, kind: str) -> float:
        """The share of what was read that is right."""
        return self.right[kind] / max(1, self.right[kind] + self.spurious[kind])

    def recall(self, kind: str) -> float:
        """The share of what is there that was read."""
        return self.right[kind] / max(1, self.right[kind] + self.missed[kind])


def score(texts: Iterator[Sentences], *, is_stated: bool) -> Score:
    """Read texts and compare with what they claim; relations with cells are not scored here.

    Args:
        texts: right ones.
        is_stated: whether they may state what the tables do; these have other figures.
    """
    right, spurious, missed = Counter[str](), Counter[str](), Counter[str]()
    alarms, examples, sentences = [], [], 0
    for one in texts:
        sentences += one.number
        narrative = read_sentences(one.text, CELLS)
        read = {
            ("claim", *figure_of(claim)) for claim in narrative.claims if claim.span.start not in one.optional
        }
        wanted = {("claim", *figure) for figure in one.figures}
        starts = [claim.span.start for claim in narrative.claims]
        links = {_link(link, starts) for link in narrative.relations if not _is_of_cells(link)}
        for have, want in ((read, wanted), (links, one.links)):
            right.update(str(item[0]) for item in have & want)
            spurious.update(str(item[0]) for item in have - want)
            missed.update(str(item[0]) for item in want - have)
            if have != want:
                examples.append(f"{one.text}  read {sorted(have - want)}  missed {sorted(want - have)}")
        if false := _alarms(narrative, one, is_stated=is_stated):
            alarms.append(f"{one.text}  {false}")
    return Score(sentences, right, spurious, missed, tuple(alarms), tuple(examples))


def _alarms(narrative: Narrative, text: Sentences, *, is_stated: bool) -> list[str]:
    """The rules that a right text, as it was read, violates."""
    starts = [claim.span.start for claim in narrative.claims]
    return [
        judgement.rule
        for relation, judgement in judged(narrative, CELLS)
        if judgement.outcome is Outcome.VIOLATED and _is_false(relation, starts, text, is_stated=is_stated)
    ]


def _is_of_cells(relation: Relation) -> bool:
    return relation.kind is RelationKind.CELL or bool(relation.part_addresses)


def _link(relation: Relation, starts: Sequence[int]) -> Link:
    return (relation.kind.value, starts[relation.claim], tuple(starts[other] for other in relation.others))


def _is_false(relation: Relation, starts: Sequence[int], text: Sentences, *, is_stated: bool) -> bool:
    """Whether a violated relation isn't one of the text's own, of which some fall short of their whole."""
    if _is_of_cells(relation):
        return not is_stated
    return _link(relation, starts) not in text.links


# Figures that no sentence states by chance.
CELLS = {
    "requests.received.total": 1000003,
    "requests.carried_in.total": 1000033,
    "requests.granted.total": 1000037,
    "requests.handled_total.total": 1000039,
    "requests.carried_out.total": 1000081,
    "disputes.reconsideration.total": 1000099,
    "disputes.litigation.direct.total": 1000117,
    "disputes.litigation.after_reconsideration.total": 1000121,
    "disclosure.normative_documents.issued": 1000133,
    "disclosure.normative_documents.in_force": 1000151,
}


def main() -> None:
    """Print the table."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for name, texts in (("stated", generated(SEED, NUMBER)), ("ordinary", paragraphs(SEED))):
        found = score(texts, is_stated=name == "stated")
        print(f"{name}: {found.sentences} sentences, {len(found.alarms)} false alarms")
        for kind in sorted(found.right.keys() | found.spurious.keys() | found.missed.keys()):
            numbers = (found.right[kind], found.spurious[kind], found.missed[kind])
            print("  {:8} {:6} right {:4} spurious {:4} missed".format(kind, *numbers), end="")
            print(f"  precision {found.precision(kind):7.2%}  recall {found.recall(kind):7.2%}")
        for line in (*found.alarms[:examples], *found.examples[:examples]):
            print("   ", line)


if __name__ == "__main__":
    main()
