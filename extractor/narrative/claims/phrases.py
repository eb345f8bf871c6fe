"""Relations of numbers that phrases state: changes against a number of before, multiples, averages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from extractor.narrative.claims.changes import is_next
from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.skeleton import Sentence
from extractor.narrative.claims.units import are_alike
from extractor.result.narrative import Measure, Relation, RelationKind
from rules.phrases import CompiledPhrase, phrase_book

_OF_AMOUNTS = frozenset({"change_rate", "product", "average"})
# What says of so many times another that there were fewer, or more: …,其中24家因关停未计入.
_EXCUSED = re.compile(
    "未(?:予|能)?(?:计|开展|举[办行]|召开|[抽检巡]查|完成|参[加与])|除外|不[含计]|扣除|停[办刊发]|缺[席勤]|(?:加[开办刊演]|增[开办刊发])"
)
# What a number is told of each of; 每个镇 and 每家单位 are told of by their names.
_EACH = re.compile("每(?P<unit>[期场次批届轮件项条篇种册本套份])(?![月年])")
_EACH_UNITS = tuple(map(frozenset, ("期场次批届轮", "件项条篇", "册本套份")))
_MONEY = frozenset({"元", "万元", "亿元"})
_HEADS = frozenset("人名位")
# How much something changes, by how it is measured.
CHANGES = {
    Measure.COUNT: RelationKind.DIFFERENCE,
    Measure.SHARE: RelationKind.GROWTH,
    Measure.GROWTH: RelationKind.GROWTH,
    Measure.MULTIPLE: RelationKind.MULTIPLE,
    Measure.TENTHS: RelationKind.GROWTH,
}
# The places of a phrase: what the relation is about, and the others in their order.
_PLACES = {
    "change_rate": ("rate", "current", "difference"),
    "average": ("average", "whole", "number"),
    "product": ("product", "number", "each"),
    "mean_growth": ("rate", "values", "previous", "current"),
    "share": ("rate", "part", "whole", "rest"),
    "closed": ("whole", "part", "parts", "rest"),
}
# Which of them are counted in one unit.
_ALIKE = {
    "change_rate": ("current", "difference"),
    "average": ("average", "whole"),
    "product": ("product", "each"),
    "share": ("part", "whole", "rest"),
    "closed": ("whole", "part", "parts", "rest"),
}


def phrases(sentence: Sentence) -> Iterator[Relation]:
    """The relations that phrases state in a sentence; those of a phrase that is tried earlier come first.

    Args:
        sentence: its skeleton.
    """
    text = sentence.text
    for phrase in phrase_book().compiled:
        if any(word in text for word in phrase.needs):
            for match in phrase.pattern.finditer(text):
                yield from _stated(phrase, match, sentence)


def _stated(phrase: CompiledPhrase, match: re.Match[str], sentence: Sentence) -> Iterator[Relation]:
    if phrase.relation == "change":
        yield from _changes(match, sentence)
        return
    places: Mapping[str, Sequence[Mention]] = {
        name: _mentions(match, name, sentence)
        for name in _PLACES[phrase.relation]
        if match.groupdict().get(name) is not None
    }
    alike = [mention for name in _ALIKE.get(phrase.relation, ()) for mention in places.get(name, ())]
    if not _are_counted_alike(alike, of_amounts=phrase.relation in _OF_AMOUNTS):
        return
    if phrase.relation == "product":
        places = _of_product(places, sentence, match.end())
    if not places or _is_something_else(phrase, places):
        return
    if phrase.relation == "share" and "rest" in places:
        # 占78.3%,其余26件: the whole is the part with what is left.
        places = {"rate": places["rate"], "part": places["part"], "whole": [*places["part"], *places["rest"]]}
    claim, *others = [mention.index for mentions in places.values() for mention in mentions]
    yield Relation(RelationKind(phrase.relation), claim, tuple(others))


def _is_something_else(phrase: CompiledPhrase, places: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether numbers that are worded as a phrase words them can't be meant so, or need not."""
    if phrase.relation == "share":
        # 是上年12万人次的3倍 is no share of that.
        return places["rate"][0].quantity.measure is Measure.MULTIPLE
    if phrase.relation == "average":
        # 抽查4个季度,每季度抽查12家 · 三个镇分别为400条、500条和600条,月均125条 is of all of them.
        return is_next(places["whole"][0]) or _is_more(places["average"][0], places["whole"][0])
    return phrase.at_most and not _is_more_than_all(places)


def _are_counted_alike(counts: Sequence[Mention], *, of_amounts: bool) -> bool:
    """Whether numbers are counted in one unit, or in how often that is."""
    are_alike = is_comparable if of_amounts else is_alike
    return all(are_alike(counts[0], one) or is_so_often(counts[0], one) for one in counts[1:])


def _of_product(
    places: Mapping[str, Sequence[Mention]], sentence: Sentence, end: int
) -> Mapping[str, Sequence[Mention]]:
    """The places of a product, with the count that each is told of; none if that isn't clear, or excused."""
    if _EXCUSED.search(sentence.text, end):
        return {}
    if not {"number", "each"} <= places.keys():
        return places
    number = _number_of(places["number"][0], places["each"][0], sentence)
    return {} if number is None else {**places, "number": [number]}


def _number_of(number: Mention, each: Mention, sentence: Sentence) -> Mention | None:
    """The count of what a number is told of each of: 12期,…,部门文件13件,每期1,200册 is of the 12.

    Args:
        number: the count right before it.
        each: the number.
        sentence: in which they stand.

    Returns:
        The same count where the words don't say otherwise; else the one that they name, None if that isn't
        clear.
    """
    told = _EACH.search(each.lead)
    if told is None or _is_one_of(number, told["unit"]):
        return number
    counts = [one for one in sentence.mentions.values() if one.index < each.index and one.is_count]
    others = [one for one in counts if _is_one_of(one, told["unit"])]
    return others[0] if len(others) == 1 else None


def _is_one_of(count: Mention, unit: str) -> bool:
    """Whether a count is of what is told of by a unit: 12期, 3个批次 and 4场 are of 每期, 每批 and 每次."""
    printed = count.quantity.unit or ""
    is_same = unit in printed or any(unit in same and not same.isdisjoint(printed) for same in _EACH_UNITS)
    return is_same or count.behind.startswith(unit)


def is_so_often(product: Mention, each: Mention) -> bool:
    """Whether a number counts how often what another counts: 每次52家,共104家次; 每场五十名,共一百人次.

    Args:
        product: the number.
        each: the other.
    """
    unit = each.quantity.unit
    return product.quantity.unit == f"{'人' if unit in _HEADS else unit}次"


def _is_more(one: Mention, other: Mention) -> bool:
    return one.quantity.value > other.quantity.value


def _is_more_than_all(places: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether a number is more than what so many times another gives: 12期,每期1500册,赠阅2万册."""
    (product,), (number,), (each,) = (places[name] for name in ("product", "number", "each"))
    return product.quantity.value > number.quantity.value * each.quantity.value


def _mentions(match: re.Match[str], name: str, sentence: Sentence) -> list[Mention]:
    start, end = match.span(name)
    return [sentence.mentions[place] for place in range(start, end) if place in sentence.mentions]


def _changes(match: re.Match[str], sentence: Sentence) -> Iterator[Relation]:
    places = {
        name: sentence.mentions[match.start(name)]
        for name, filler in match.groupdict().items()
        if filler is not None
    }
    current, previous = places["current"], places["previous"]
    if not is_comparable(current, previous):
        return
    for name in ("change", "further"):
        change = places.get(name)
        kind = CHANGES.get(change.quantity.measure) if change is not None else None
        if change is None or kind is None or (change.is_count and not is_comparable(change, current)):
            continue
        yield Relation(kind, change.index, (current.index, previous.index))


def is_alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers are counted in one unit.

    Args:
        one: a number.
        other: another.
    """
    if are_alike(one.unit, other.unit):
        return True
    others = {one.quantity.other_unit, other.quantity.other_unit} - {None}
    return not others.isdisjoint({one.quantity.unit, other.quantity.unit})


def is_comparable(one: Mention, other: Mention) -> bool:
    """Whether two numbers are counted in one unit, or both are amounts: 1.25亿元, 2500万元.

    Args:
        one: a number.
        other: another.
    """
    return is_alike(one, other) or {one.quantity.unit, other.quantity.unit} <= _MONEY


def direction(relation: Relation, mentions: Sequence[Mention]) -> str:
    """Whether a rate that a phrase states is of an increase (``more``) or a decrease (``less``).

    Words that don't say it (变化幅度) leave it to the difference, or to the numbers that are compared.

    Args:
        relation: the rate, and what it is of.
        mentions: of its stretch of text.
    """
    rate, others = mentions[relation.claim], [mentions[other] for other in relation.others]
    is_of_difference = relation.kind is RelationKind.CHANGE_RATE
    for mention in (rate, others[-1]) if is_of_difference else (rate,):
        words = [one.lastgroup for one in phrase_book().directions.finditer(mention.lead)]
        if words:
            return words[-1] or "more"
    falls = not is_of_difference and len(others) > 1 and others[0].quantity.value < others[1].quantity.value
    return "less" if falls else "more"


@cache
def _of_before() -> re.Pattern[str]:
    """The words before a number that another is compared with."""
    return phrase_book().compared["against"]


def with_other_counts(relation: Relation, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """A change, and the same of the other counts of its sentence, one of which it may be meant of.

    Args:
        relation: as a phrase states it.
        mentions: of its stretch of text.
    """
    yield relation
    if relation.kind not in (*CHANGES.values(), RelationKind.CHANGE_RATE, RelationKind.AVERAGE):
        return
    current, *rest = relation.others
    if relation.kind in (RelationKind.GROWTH, RelationKind.MULTIPLE):
        # 2015年收到3件，2014年收到6件 names the later year first.
        yield Relation(relation.kind, relation.claim, (*rest, current))
    claim = mentions[relation.claim]
    for mention in mentions:
        if (
            mention.sentence == claim.sentence
            and mention.is_count
            # 730万次,日均2万次,比2022年的640万次: an average is of this year's.
            and not (relation.kind is RelationKind.AVERAGE and _of_before().search(mention.gap))
            and mention.index not in (relation.claim, *relation.others)
            and is_alike(mention, mentions[current])
        ):
            yield Relation(relation.kind, relation.claim, (mention.index, *rest))
