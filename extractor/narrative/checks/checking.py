"""Putting what the free text claims to the rules: against itself and against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from extractor.documents.document import Document
from extractor.narrative.checks.messages import (
    Words,
    amount,
    by_language,
    change,
    digits_of,
    joined,
    listed,
    names,
    quoted,
    to_digits,
    told,
    told_plainly,
    with_digits,
)
from extractor.narrative.claims.two_readings import contradicted
from extractor.result.cells import LAYOUT, Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Cause, Finding
from extractor.result.header import Header
from extractor.result.narrative import Approximation, Claim, Measure, Narrative, Relation, RelationKind
from extractor.verify.findings import in_page_order
from extractor.verify.status import verdict_of
from extractor.verify.words import figure_text
from rules.claims import (
    AtLeast,
    Judgement,
    Quantity,
    closed,
    growth,
    open_parts,
    same,
    share,
    shares_total,
)
from rules.confront import Outcome, State
from rules.form import Form
from rules.interval import Interval, rounded

_SCALES = {"万": 10**4, "亿": 10**8}
_ROUND = re.compile(r"\d(?:[.．](?P<decimals>\d+))?(?P<scale>[万亿]+)$")
_AND_MORE = re.compile(r"\s*[^\W\d]{0,4}?等")
_MONEY = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "亿元": 10**8}


def with_narrative(
    document: Document, extraction: Extraction, narrative: Narrative, forms: Sequence[Form]
) -> Extraction:
    """A result with what the free text says, checked.

    Args:
        document: that was read.
        extraction: what its tables gave.
        narrative: its claims and their relations, undecided.
        forms: the forms that its cells may be of.
    """
    cells = {cell.address: cell for cell in extraction.cells}
    checked, findings = check_narrative(
        document, narrative, cells, forms, header=extraction.header, is_ocr=document.is_ocr
    )
    extraction = extraction.model_copy(update={"narrative": checked})
    return with_findings(extraction, findings) if findings else extraction


def with_findings(extraction: Extraction, findings: Sequence[Finding]) -> Extraction:
    """A result with more findings, and the verdict that follows."""
    together = in_page_order([*extraction.findings, *findings])
    verdict = verdict_of((cell.status for cell in extraction.cells), together)
    return extraction.model_copy(update={"findings": together, "verdict": verdict})


def check_narrative(
    document: Document,
    narrative: Narrative,
    cells: Mapping[str, Cell],
    forms: Sequence[Form],
    *,
    header: Header | None = None,
    is_ocr: bool = False,
) -> tuple[Narrative, tuple[Finding, ...]]:
    """Put claims to the rules.

    Args:
        document: where they were read.
        narrative: the claims and their relations, undecided.
        cells: of the tables, by address.
        forms: the forms that these may be of.
        header: whose dates must exist.
        is_ocr: whether the text was recognised from pictures: what contradicts itself may be misread.

    Returns:
        The narrative with outcomes, and a finding for every violated rule.
    """
    checking = _Checking(document, narrative.claims, cells, forms, is_ocr=is_ocr)
    judged = [(relation, checking.judge(relation)) for relation in narrative.relations]
    decided = tuple(relation.decided(one.outcome) for relation, one in judged)
    otherwise = contradicted(decided)
    findings = [
        *checking.dates(header or Header()),
        *(
            _as_sure_as_read(checking.finding(relation, one), relation, is_open=place in otherwise)
            for place, (relation, one) in enumerate(judged)
            if one.outcome is Outcome.VIOLATED
        ),
        *checking.totals_of_shares(judged),
    ]
    return replace(narrative, relations=decided), tuple(findings)


def _as_sure_as_read(finding: Finding, relation: Relation, *, is_open: bool) -> Finding:
    """A finding about what a model alone reads is a warning; where readers differ, a person decides."""
    if finding.severity == "hard" and LAYOUT not in relation.readers:
        return finding.model_copy(update={"severity": "soft", "cause": None})
    if finding.severity == "hard" and is_open:
        return finding.model_copy(update={"cause": Cause.UNRESOLVED})
    return finding


def quantity(claim: Claim) -> Quantity | None:
    """What a claim's number stands for; None if its words leave that open (近, 约)."""
    if claim.approximation is Approximation.ABOUT:
        return None
    if claim.approximation is Approximation.AT_LEAST:
        return AtLeast(claim.value)
    match = _ROUND.search(claim.printed) if claim.printed[-1] in _SCALES else None
    if match is not None:
        scale = 1
        for word in match["scale"]:
            scale *= _SCALES[word]
        half = Fraction(scale, 2 * 10 ** len(match["decimals"] or ""))
        return Interval(Fraction(claim.value) - half, Fraction(claim.value) + half)
    if isinstance(claim.value, int) and _MONEY.get(claim.unit or "", 1) == 1:
        return claim.value
    # 12万元 are given to the nearest 10,000, as 1.2万 is.
    return rounded(Decimal(claim.value))


def percentage(claim: Claim) -> Decimal | None:
    """A claim's percentage as printed; None if its words leave open which it is."""
    return Decimal(claim.value) if claim.approximation is Approximation.EXACT else None


def stated(addresses: Sequence[str], cells: Mapping[str, Cell]) -> Quantity | None:
    """The sum of some cells; None if one of them isn't settled, or can't be parsed.

    Blank and marked cells state no number: the others are then a lower bound.
    """
    found = [cells.get(address) for address in addresses]
    total: int | Decimal = 0
    is_complete = True
    for cell in found:
        if cell is None or cell.status in (Status.ABSENT, Status.DISPUTED):
            return None
        if cell.state is not State.NUMBER:
            is_complete = False
        elif cell.value is None:
            return None
        else:
            total += cell.value * _MONEY.get(cell.unit or "", 1)
    return total if is_complete else AtLeast(total)


def settled(addresses: Sequence[str], cells: Mapping[str, Cell]) -> bool:
    """Whether the page itself places all these cells, so that a contradiction is the page's own."""
    return all(cells[address].placement == "certain" for address in addresses)


class _Checking:
    """The claims of one report on their way through the rules."""

    def __init__(
        self,
        document: Document,
        claims: Sequence[Claim],
        cells: Mapping[str, Cell],
        forms: Sequence[Form],
        *,
        is_ocr: bool,
    ) -> None:
        self._document = document
        self._claims = claims
        self._cells = cells
        self._forms = forms
        self._is_ocr = is_ocr

    # --- judging -------------------------------------------------------------------------------------

    def judge(self, relation: Relation) -> Judgement:
        """Whether a relation holds."""
        claim, kind = self._claims[relation.claim], relation.kind
        others = [self._claims[other] for other in relation.others]
        judged: Judgement | None = None
        if kind is RelationKind.CELL:
            judged = self._repeated(claim, relation.addresses)
        elif any(other.measure is not Measure.COUNT for other in others):
            judged = None
        elif kind in (RelationKind.CLOSED, RelationKind.OPEN):
            judged = _parts(kind, claim, others)
            if judged is not None and judged.rule == "narrative-open-under" and self._has_more(others[-1]):
                judged = judged._replace(rule="narrative-open-over", outcome=Outcome.SATISFIED)
        elif kind is RelationKind.SHARE and claim.measure is Measure.SHARE:
            judged = _share(claim, others)
        elif kind is RelationKind.GROWTH and claim.measure is Measure.GROWTH:
            judged = _growth(claim, others)
        return judged or Judgement("narrative-closed", Outcome.UNDECIDED)

    def _repeated(self, claim: Claim, addresses: Sequence[str]) -> Judgement | None:
        claimed, actual = quantity(claim), stated(addresses, self._cells)
        if claim.measure is not Measure.COUNT or claimed is None or actual is None or not addresses:
            return None
        cells = [self._cells[address] for address in addresses]
        in_money = {cell.unit in _MONEY for cell in cells}
        if in_money != {claim.unit in _MONEY}:
            # An amount of which one of the two doesn't state the unit.
            return None
        return same(_times(claimed, _MONEY.get(claim.unit or "", 1)), actual)

    def _has_more(self, last: Claim) -> bool:
        """Whether 等 behind the last of some parts says that there are others."""
        return _AND_MORE.match(self._document.text, last.span.end) is not None

    # --- telling -------------------------------------------------------------------------------------

    def finding(self, relation: Relation, judged: Judgement) -> Finding:
        """What to tell of a violated relation."""
        claim = self._claims[relation.claim]
        others = [self._claims[other] for other in relation.others]
        own = by_language(text=quoted(self._document, claim))
        if relation.kind is RelationKind.CELL:
            words = self._words_of_cells(claim, relation.addresses, judged)
        elif relation.kind is RelationKind.SHARE:
            judged, words = as_printed(claim, judged)
            words = joined(words, by_language(part=others[0].printed, whole=others[1].printed))
        elif relation.kind is RelationKind.GROWTH:
            judged, words = as_printed(claim, judged)
            words = joined(words, by_language(current=others[0].printed, previous=str(judged.nearest)))
        else:
            bound = any(isinstance(quantity(other), AtLeast) for other in others)
            words = by_language(
                parts=listed(others),
                sum=amount(judged.follows or Fraction(0), claim.unit, is_bound=bound),
                difference=amount(abs(judged.difference or Fraction(0)), claim.unit),
            )
        place = relation.addresses[0] if len(relation.addresses) == 1 else None
        cause = self._cause(relation.addresses)
        return told(self._document, judged, claim.span, joined(own, words), cause, place)

    def _words_of_cells(self, claim: Claim, addresses: Sequence[str], judged: Judgement) -> Words:
        scale = _MONEY.get(claim.unit or "", 1)
        actual, difference = judged.follows or Fraction(0), judged.difference or Fraction(0)
        is_bound = isinstance(stated(addresses, self._cells), AtLeast)
        return by_language(
            cell=names(self._forms, addresses),
            actual=amount(actual / scale, claim.unit, is_bound=is_bound),
            difference=amount(abs(difference) / scale, claim.unit),
        )

    def _cause(self, addresses: Sequence[str]) -> Cause:
        is_certain = not self._is_ocr and settled(addresses, self._cells)
        return Cause.SOURCE_ERROR if is_certain else Cause.UNRESOLVED

    # --- rules without a relation of their own -------------------------------------------------------

    def dates(self, header: Header) -> Iterator[Finding]:
        """The dates of the head and foot that don't exist."""
        for fact in (header.period_start, header.period_end, header.publication_date):
            if fact is not None and fact.value is None:
                words = by_language(text=fact.printed)
                yield told_plainly(self._document, "narrative-date", fact.span, words, self._cause(()))

    def totals_of_shares(self, judged: Sequence[tuple[Relation, Judgement]]) -> Iterator[Finding]:
        """Shares of all parts of a whole that don't sum to 100, though each may be right by itself."""
        for partition, outcome in judged:
            if partition.kind is not RelationKind.CLOSED or outcome.outcome is Outcome.VIOLATED:
                continue
            shares = {
                relation.others[0]: (relation.claim, one)
                for relation, one in judged
                if relation.kind is RelationKind.SHARE and relation.others[1] == partition.claim
            }
            own = [shares[part] for part in partition.others if part in shares]
            if len(own) < len(partition.others) or any(one.outcome is Outcome.VIOLATED for _, one in own):
                continue
            if all(one.outcome is Outcome.SATISFIED for one in (outcome, *(one for _, one in own))):
                # Where the parts sum to the whole and each share is right, their sum is right, too.
                continue
            claims = [self._claims[index] for index, _ in own]
            printed = [value for claim in claims if (value := percentage(claim)) is not None]
            total = shares_total(printed)
            if len(printed) == len(claims) and total.outcome is Outcome.VIOLATED:
                words = by_language(
                    parts=listed(claims, "%"),
                    sum=figure_text(total.says or Fraction(0)),
                    difference=figure_text(abs(total.difference or Fraction(0))),
                )
                yield told(self._document, total, claims[0].span, words, self._cause(()))


def _parts(kind: RelationKind, whole: Claim, parts: Sequence[Claim]) -> Judgement | None:
    quantities = [quantity(one) for one in (whole, *parts)]
    known = [one for one in quantities if one is not None]
    if whole.measure is not Measure.COUNT or len(known) < len(quantities):
        return None
    judging = closed if kind is RelationKind.CLOSED else open_parts
    return judging(known[0], known[1:])


def _share(claim: Claim, others: Sequence[Claim]) -> Judgement | None:
    printed = percentage(claim)
    part, whole = (quantity(other) for other in others)
    return None if printed is None or part is None or whole is None else share(printed, part, whole)


def _growth(claim: Claim, others: Sequence[Claim]) -> Judgement | None:
    printed, current = percentage(claim), quantity(others[0])
    return None if printed is None or current is None else growth(printed, current)


def _times(value: Quantity, factor: int) -> Quantity:
    if isinstance(value, AtLeast):
        return AtLeast(value.low * factor)
    if isinstance(value, Interval):
        return Interval(value.low * factor, value.high * factor)
    return value * factor


def as_printed(claim: Claim, judged: Judgement) -> tuple[Judgement, Words]:
    """What follows to as many digits as the claim prints, which is what people compare."""
    digits = digits_of(claim.value)
    judged = judged._replace(follows=to_digits(judged.follows or Fraction(0), digits))
    follows, difference = judged.follows or Fraction(0), abs(judged.difference or Fraction(0))
    is_share = judged.rule == "narrative-share"
    actual = with_digits(follows, digits) if is_share else change(follows, digits)
    return judged, by_language(actual=actual, difference=figure_text(difference))
