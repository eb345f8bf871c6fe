"""Reading the free text without a model: the numbers that it states, and how they hang together.

High precision first: a relation is taken only where the words leave no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from extractor.documents.document import Document
from extractor.documents.errors import too_large
from extractor.narrative.claims.changes import changes
from extractor.narrative.claims.mentions import Mention, mentions
from extractor.narrative.claims.phrases import direction
from extractor.narrative.claims.quantities import MOST
from extractor.narrative.claims.relations import relations
from extractor.narrative.claims.tables import Tables
from extractor.narrative.claims.worded import Holds, with_worded, worded_relations
from extractor.narrative.text.prose import Prose
from extractor.result.cells import LAYOUT
from extractor.result.header import Header
from extractor.result.narrative import Claim, Measure, Relation, RelationKind

_COMPARED = ("较", "比", "与", "和")
_OF_THAT_YEAR = re.compile(r"(?:度|同期)?的?[(]?(?:为)?")
_YEAR = re.compile(
    r"(?P<year>20\d\d)年(?:度)?(?P<month>(?:1[0-2]|[1-9])月)?|(?P<words>[上去]一?年度?|历年|截[至止]目?前?)"
)
_TO_YEAR = re.compile(r"(?:转|顺延|留待|留)[至到入]?$")
# What is in force at the end of the year is this year's.
_YEARS_END = re.compile(r"截[至止](?:目前|现在)?(?:本?年[底末]|12月31日)")
_CARRIED = re.compile(r"结转|未办[结完]|余件|遗留|转入")
_CARRIED_INTO_YEAR = re.compile(r"度?(?:未办[结完])?结转(?![至到入]|[下次本])")
# Alternatives that all begin with a character, and with no set of them, are found quickly.
_OWN = r"(?:省|市|县|区|旗|州|盟|乡|镇|局|办|委|厅|机关|单位|街道|部门|院|校)"
_SHORT = rf"全(?:省|市|县|区|旗|州|盟|乡|镇|局|系统|街道|校|委|厅)|我{_OWN}|本{_OWN}"
_SCOPE = re.compile(
    _SHORT + r"|(?:[省市县区旗州盟乡镇]|街道|人民)政府办(?:公[室厅])?|政府办(?:公[室厅])?"
    r"|[\u4e00-\u9fff]{2,8}?(?:人民政府|办事处|管委会)(?:办公[室厅])?(?:及其[\u4e00-\u9fff]{2,6})?"
)
# The text of a section states some hundred numbers; thousands of them are no sentences.
_MOST_RELATED = 2000
# Where the longer names of a scope can be.
_NAMED_SCOPE = re.compile(r"人民政府|政府办|办事处|管委会")
_SHORT_SCOPE = re.compile(_SHORT)
_OF_ONE_AMONG = re.compile(rf"[我本]{_OWN}在全[省市县区旗州盟乡镇局系校委厅][^,;]{{0,6}}$")
_NAMELESS = re.compile(
    r"(?:其中|分别|通过|累计|共计|合计|总计|全年|年内|先后|共|并|还|均|已|约|近|达到?|有|为|了|的|是|收到|受理|接收|办理|办结|"
    r"答复|发布|公开|印发|举办|举行|召开|开展|组织|制作|制定|完成|建立|打造|配备|抽调|注销|关停|梳理|获得|妥善|及时|主动|"
    r"计|至少|超过?|逾|大约|突破|不少于|百分之)*"
)


def read_claims(
    document: Document,
    stretches: Sequence[Prose],
    header: Header,
    tables: Tables,
    borne_out: Callable[[Sequence[Claim]], Holds],
) -> tuple[tuple[Claim, ...], tuple[Relation, ...]]:
    """Read the claims of the free text and their relations.

    Args:
        document: the report.
        stretches: its free text, folded, in order.
        header: what the report says about itself.
        tables: of the report.
        borne_out: what tells, of the claims of a stretch, whether their numbers bear a relation out: it
            decides between several readings of the same words.

    Returns:
        The claims in the order of the page; their relations, undecided, in the order of the claims that
        they are about.

    Raises:
        TooLargeError: if it states more numbers than a report can.
    """
    year = header.year.value if header.year is not None else None
    claims: list[Claim] = []
    all_related: list[Relation] = []
    for stretch in stretches:
        numbers = mentions(stretch.text)
        base = len(claims)
        if base + len(numbers) > MOST:
            raise too_large(document.name)
        is_related = len(numbers) <= _MOST_RELATED
        worded = worded_relations(numbers, stretch.text, year) if is_related else ()
        changed = _with_rates(changes(numbers), numbers, worded)
        stated = [
            _claim(document, stretch, mention, change, year)
            for mention, change in zip(numbers, changed, strict=True)
        ]
        claims += stated
        related: Iterable[Relation] = ()
        if is_related:
            holds = borne_out(stated)
            known = relations(numbers, stated, stretch.text, header, tables)
            related = with_worded(known, worded, numbers, stated, header, holds, tables)
        all_related += (_moved(relation, base) for relation in related) if base else related
    return tuple(claims), tuple(sorted(all_related, key=attrgetter("order")))


def _with_rates(
    changed: list[str | None], numbers: Sequence[Mention], worded: Sequence[Relation]
) -> list[str | None]:
    """The changes, with those of rates of which a phrase says against what they are."""
    for relation in worded:
        rate = numbers[relation.claim]
        if relation.kind in (RelationKind.GROWTH, RelationKind.CHANGE_RATE) and changed[rate.index] is None:
            changed[rate.index] = direction(relation, numbers)
    return changed


def _moved(relation: Relation, base: int) -> Relation:
    others = tuple(other + base for other in relation.others)
    return replace(relation, claim=relation.claim + base, others=others)


def _claim(
    document: Document, stretch: Prose, mention: Mention, changed: str | None, year: str | None
) -> Claim:
    quantity = mention.quantity
    span = stretch.span(quantity.start, quantity.end)
    value, measure = quantity.value, quantity.measure
    if measure is Measure.SHARE and changed is not None:
        measure = Measure.GROWTH
    if changed == "less" and measure in (Measure.GROWTH, Measure.POINTS, Measure.TENTHS):
        value = -value
    scopes = (_SCOPE if _NAMED_SCOPE.search(mention.gap) else _SHORT_SCOPE).findall(mention.gap)
    return Claim(
        what=_what(mention),
        scope=_scope(scopes, mention),
        printed=document.text[span.start : span.end],
        value=value,
        unit=quantity.unit,
        approximation=quantity.approximation,
        measure=measure,
        period=_period(mention, year),
        section=stretch.section,
        span=span,
        readers=(LAYOUT,),
    )


def _scope(scopes: Sequence[str], mention: Mention) -> str | None:
    """Whose a number is by the last words that say so; 本局在全区120件中承办19件 is told of one office."""
    if len(scopes) > 1 and _OF_ONE_AMONG.search(mention.gap):
        return scopes[-2]
    return scopes[-1] if scopes else None


def _what(mention: Mention) -> str:
    """The words that name what is counted: in front of the number, or behind its unit."""
    lead = mention.lead.lstrip("、和及与")
    return mention.behind if _NAMELESS.fullmatch(lead) else lead.removesuffix("百分之")


def _period(mention: Mention, year: str | None) -> str | None:
    """What a number covers if that isn't the year of the report."""
    found = _last_year(mention.before)
    if (
        found is None
        or _YEARS_END.match(mention.before, found.start())
        or (found["words"] and _CARRIED.match(mention.before, found.end()))
        or _is_carried_in(mention, found, year)
    ):
        return None
    if _TO_YEAR.search(mention.before, 0, found.start()):
        # 留待2024年办理的 are what this year leaves.
        return None
    is_compared = mention.before.endswith(_COMPARED, 0, found.start())
    if is_compared and not _OF_THAT_YEAR.fullmatch(mention.before, found.end()):
        # 较上年增加61件 are this year's.
        return None
    if found["words"]:
        return found[0] if found.end() > len(mention.before) - len(mention.gap) else None
    return found[0] if year is not None and found["year"] != year else None


def _is_carried_in(mention: Mention, found: re.Match[str], year: str | None) -> bool:
    """Whether a number is of what the year before left, by the name of that year: 2022年结转5件."""
    is_of_before = year is not None and found["year"] is not None and int(year) - int(found["year"]) == 1
    return is_of_before and _CARRIED_INTO_YEAR.match(mention.before, found.end()) is not None


def _last_year(text: str) -> re.Match[str] | None:
    """The last words of a text that say what a number covers."""
    since = max(text.rfind("截至"), text.rfind("截止"))
    year = len(text)
    while (year := text.rfind("年", 0, year)) > since:
        for start in (year - 4, year - 2, year - 1):
            if start >= 0 and (found := _YEAR.match(text, start)) is not None:
                return found
    return _YEAR.match(text, since) if since >= 0 else None
