"""Findings: violated rules and defects of the reading, told to the reader in both languages."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.layout.placement import Doubt
from extractor.layout.reading import ReadBlock, Reading, ReadRow
from extractor.result.findings import Cause, Finding
from extractor.verify.defects import DEFECTS, SOFT_DEFECTS
from rules.confront import BoundRule, Confrontation, Outcome
from rules.expression import Expression, operands
from rules.form import Column, Form, Row
from rules.localise import Localisation
from rules.words import Bilingual, Language

_REASONS: dict[Doubt, Bilingual] = {
    Doubt.LABEL_TWICE: Bilingual(zh="行标签重复或被其他行的标签顶替", en="a row label stands twice"),
    Doubt.OUT_OF_ORDER: Bilingual(zh="行的顺序与规定格式不符", en="it isn't where the form has it"),
    Doubt.TORN: Bilingual(zh="数字与行标签分离", en="its figures are torn from its label"),
    Doubt.SLOTS: Bilingual(zh="数字的个数与栏数不符", en="it doesn't have as many figures as columns"),
    Doubt.HEADER: Bilingual(zh="表头不完整或与规定格式不符", en="the header is incomplete or not the form's"),
    Doubt.ALTERNATIVES: Bilingual(
        zh="两种互斥的行同时出现", en="rows that exclude each other are both there"
    ),
    Doubt.VALUES_FIRST: Bilingual(zh="数字排在行标签之前", en="the figures stand before the labels"),
    Doubt.ORDINAL: Bilingual(zh="序号属于另一行", en="its ordinal is another row's"),
    Doubt.TWO_REPORTS: Bilingual(
        zh="文件中似有两份报告，请分开后再读", en="there seem to be two reports in the file; read them apart"
    ),
    Doubt.SIDE_BY_SIDE: Bilingual(
        zh="文件中似有两份报告左右并排，哪个数字属于哪一份未能确定，请分开后再读",
        en="two reports seem to stand side by side, and it isn't settled which figure is of which; "
        "read them apart",
    ),
    Doubt.COPIES_DIFFER: Bilingual(
        zh="该表在文件中出现两次，两处的数字不同",
        en="the table stands in the file twice, and the figures differ",
    ),
    Doubt.BARE_LABEL: Bilingual(
        zh="前面有另一行的标签没有数字，数字可能属于该行",
        en="another row's label without figures stands before it, and the figures may be that row's",
    ),
    Doubt.LABEL_IN_PIECES: Bilingual(zh="行标签本身断成几截", en="the label itself is in pieces"),
    Doubt.LABEL_LOST: Bilingual(
        zh="相邻行的标签不在页面上，数字可能属于该行",
        en="the label of a row beside it is not on the page, and the figures may be that row's",
    ),
    Doubt.BESIDE_STRAYS: Bilingual(
        zh="上一行或下一行有不属于任何规定行的数字，可能属于该行",
        en="figures of no row stand above or below it, and may be its own",
    ),
    Doubt.UNLABELLED: Bilingual(
        zh="该行的标签不在页面上，数字按行的顺序推得，仅供参考",
        en="its label is not on the page, and the figures are a proposal by the order of rows",
    ),
    Doubt.CHOSEN_BY_RULES: Bilingual(
        zh="位置由勾稽关系推得，仅供参考",
        en="its place was chosen because the rules then hold: a proposal only",
    ),
    Doubt.UNREAD: Bilingual(zh="模型未能读出", en="the model didn't read it"),
    Doubt.READERS_DIFFER: Bilingual(zh="两次读取的结果不一致", en="two readings of it differ"),
}
# Of many figures so many are named.
_MOST_SHOWN = 10
_EMPTY = Bilingual(zh="空白", en="blank")
_OR = Bilingual(zh="”或“", en="” or “")
_AND = Bilingual(zh="”和“", en="” and “")
_BLANKS = Bilingual(zh="其中{count}个空白单元格按无数字计。", en="{count} blank cells counted as nothing.")
_SUSPECTS = Bilingual(zh="可能有误：“{names}”。", en="Suspected: “{names}”.")
_TOO_MANY = Bilingual(zh="错误较多，无法定位。", en="Too much is wrong to tell where.")
_NOT_STATED = Bilingual(
    zh="若“{names}”填有数字，则可成立。", en="It would hold if “{names}” stated a number."
)


def name_of(form: Form, address: str, language: Language) -> str:
    """A cell, for a reader: its row and its column."""
    _, _, row, column = form.places[address]
    return f"{row_name(row, language)}·{element_name(column, language)}"


def row_name(row: Row, language: Language) -> str:
    """A row, for a reader who doesn't see the rows around it: with its group where many have its ordinal."""
    name = element_name(row, language)
    shared = language == "zh" and row.number is not None and row.number[0].isdigit()
    return f"{row.under} {name}" if shared and row.under is not None else name


def element_name(element: Row | Column, language: Language) -> str:
    """A row or column, for a reader; Chinese names carry the ordinal."""
    if language == "en":
        return element.en
    number = element.number if isinstance(element, Row) else None
    return f"{number or ''}{element.label}"


def figure_text(value: Fraction) -> str:
    """An exact number as people write it."""
    number = as_number(value)
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def as_number(fraction: Fraction) -> int | Decimal:
    """A whole number as ``int``, any other as ``Decimal``, one without end to six decimals."""
    if fraction.denominator == 1:
        return int(fraction)
    number = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return number if Fraction(number) == fraction else round(number, 6)


class Suspects(NamedTuple):
    """Cells of one violated rule that may be wrong.

    Attributes:
        cells: in the order of the rule.
        told: those to name to the reader; none where there are too many to tell.
        joint: whether any of them alone would do, or all of them must be wrong.
    """

    cells: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    joint: Bilingual = _OR


def suspects_of(bound: BoundRule, localisation: Localisation) -> Suspects:
    """The suspects among the operands of a rule."""
    cells: set[str] = set()
    sets: set[tuple[str, ...]] = set()
    complete = True
    for component in localisation.components:
        cells |= component.cells.intersection(bound.operands)
        complete = complete and (component.complete or component.cells.isdisjoint(bound.operands))
        sets |= {
            own for one in component.sets if (own := tuple(sorted(set(one).intersection(bound.operands))))
        }
    ordered = tuple(address for address in bound.operands if address in cells)
    all_at_once = len(sets) == 1 and len(ordered) > 1
    return Suspects(ordered, ordered if complete else (), _AND if all_at_once else _OR)


def finding_at(
    document: Document, rule: str, message: Bilingual, span: Span | None, **more: object
) -> Finding:
    """A finding with its place in the document; hard and unresolved, unless ``more`` says otherwise."""
    line, column = document.position(span.start) if span is not None else (None, None)
    values: dict[str, object] = {
        "severity": "hard",
        "cause": Cause.UNRESOLVED,
        "rule": rule,
        "message": message,
        "span": span,
        "line": line,
        "column": column,
        "locator": document.locator(span.start) if span is not None else None,
        **more,
    }
    return Finding.model_validate(values)


class FindingWriter:
    """Writes the findings of one document.

    Args:
        document: where it was read.
        reading: what was read.
        unsettled: the addresses of rows that two readers don't settle after all.
    """

    def __init__(
        self, document: Document, reading: Reading, unsettled: Container[tuple[str, ...]] = ()
    ) -> None:
        self._document = document
        self._reading = reading
        self._unsettled = unsettled

    @cached_property
    def _spans(self) -> dict[str, Span]:
        """Where the cells stand that are on the page."""
        rows = [row for block in self._reading.blocks for row in block.found if row.spans]
        return {a: span for row in rows for a, span in zip(row.addresses, row.spans, strict=True) if span}

    def _defect(self, rule: str, span: Span | None, words: Mapping[Language, Mapping[str, str]]) -> Finding:
        message = filled(DEFECTS[rule], words)
        if rule in SOFT_DEFECTS:
            return finding_at(self._document, rule, message, span, severity="soft", cause=None)
        return finding_at(self._document, rule, message, span)

    # --- violated rules ------------------------------------------------------------------------------

    def violation(
        self, form: Form, confrontation: Confrontation, suspects: Suspects, cause: Cause | None
    ) -> Finding:
        """A violated rule.

        Args:
            form: the form of the rule.
            confrontation: its outcome.
            suspects: cells of it that may be wrong.
            cause: None for a soft rule.
        """
        bound = confrontation.bound
        left, right = confrontation.left or Fraction(0), confrontation.right or Fraction(0)
        message = filled(bound.rule.message, self._rule_words(form, bound, left, right))
        blanks = confrontation.blanks
        if blanks and not confrontation.not_stated:
            message = _joined(message, filled(_BLANKS, _same({"count": str(len(blanks))})))
        if confrontation.not_stated:
            message = _joined(message, filled(_NOT_STATED, self._names(form, confrontation.not_stated, _OR)))
        elif suspects.told:
            message = _joined(message, filled(_SUSPECTS, self._names(form, suspects.told, suspects.joint)))
        elif suspects.cells:
            message = _joined(message, _TOO_MANY)
        return finding_at(
            self._document,
            bound.rule.id,
            message,
            self._place(bound, suspects.cells),
            severity=bound.rule.severity,
            cause=cause,
            citation=bound.rule.citation,
            place=bound.place,
            left=as_number(left),
            right=as_number(right),
            difference=as_number(left - right),
            suspects=suspects.cells,
            rests_on_blanks=blanks,
        )

    def _rule_words(
        self, form: Form, bound: BoundRule, left: Fraction, right: Fraction
    ) -> dict[Language, dict[str, str]]:
        words: dict[Language, dict[str, str]] = {}
        for language in _LANGUAGES:
            words[language] = {
                "left": self._side(bound.left, left, language),
                "right": self._side(bound.right, right, language),
                "difference": figure_text(abs(left - right)),
            }
            if bound.place is not None:
                _, _, row, column = form.places[bound.place]
                words[language] |= {
                    "row": row_name(row, language),
                    "column": element_name(column, language),
                }
        return words

    def _side(self, expression: Expression, value: Fraction, language: Language) -> str:
        """One side of a rule; a cell that prints no number isn't said to print 0."""
        names = list(operands(expression))
        if len(names) != 1 or value != 0:
            return figure_text(value)
        span = self._spans.get(names[0])
        printed = self._document.text[span.start : span.end] if span is not None else ""
        empty = _EMPTY.zh if language == "zh" else _EMPTY.en
        return printed or empty

    def _names(
        self, form: Form, addresses: Sequence[str], joint: Bilingual
    ) -> dict[Language, dict[str, str]]:
        names: dict[Language, dict[str, str]] = {}
        for language in _LANGUAGES:
            between = joint.zh if language == "zh" else joint.en
            names[language] = {"names": between.join(name_of(form, a, language) for a in addresses)}
        return names

    def _place(self, bound: BoundRule, suspects: Sequence[str]) -> Span | None:
        """Where to look: at the only suspect, else at the cell that the rule is about."""
        addresses = [*suspects] if len(suspects) == 1 else []
        addresses += [bound.place] if bound.place is not None else []
        found = (self._spans.get(address) for address in [*addresses, *bound.operands])
        return next((span for span in found if span is not None), None)

    # --- defects -------------------------------------------------------------------------------------

    def defects(self) -> Iterator[Finding]:
        """Everything that the reading lacks or doubts, except single cells."""
        if self._reading.lacks_table and self._document.unread_pictures:
            yield self._defect("pictures-unread", None, _same({"count": str(self._document.unread_pictures)}))
        if self._reading.lacks_table and self._document.pictures_elsewhere:
            words = {"count": str(self._document.pictures_elsewhere)}
            yield self._defect("pictures-elsewhere", None, _same(words))
        if self._document.undecodable:
            words = {"count": str(self._document.undecodable), "name": self._document.encoding}
            yield self._defect("undecodable", None, _same(words))
        if self._document.lost:
            lost = self._document.lost
            shown = "、".join(lost[:_MOST_SHOWN]) + ("…" if len(lost) > _MOST_SHOWN else "")
            yield self._defect("lost-figures", None, _same({"count": str(len(lost)), "printed": shown}))
        yield from self._standing()
        if self._reading.form is None:
            yield self._defect("no-table", None, _same({}))
        yield from self._missing_and_disputed()
        yield from self._other_editions()
        for stray in self._reading.strays:
            text = self._document.text
            words = {"printed": " ".join(text[span.start : span.end] for span in stray.figures)}
            yield self._defect("stray-figures", stray.span, _same(words))

    def _standing(self) -> Iterator[Finding]:
        """That the file holds more than this report, or holds it more than once."""
        standing = self._reading.standing
        if standing is None:
            return
        words = {"count": str(standing.total), "number": str(standing.number)}
        told = ["several-reports"] if standing.total > 1 else []
        told += ["printed-twice"] if standing.is_copied else []
        for rule in told:
            yield self._defect(rule, standing.start, _same(words))

    def _missing_and_disputed(self) -> Iterator[Finding]:
        for _, group in groupby(self._reading.blocks, key=lambda block: block.table.id):
            blocks = list(group)
            rows = [row for block in blocks for row in block.found]
            if all(row.is_absent for row in rows):
                title = blocks[0].table.title
                yield self._defect(
                    "missing-table", None, {"zh": {"name": title.zh}, "en": {"name": title.en}}
                )
                continue
            for block in blocks:
                yield from self._missing_columns(block)
            for row in rows:
                if row.is_absent or row.differing or (row.doubts and not self._is_settled(row)):
                    yield from self._row(f"{blocks[0].table.id}.{row.row.id}", row)

    def _is_settled(self, row: ReadRow) -> bool:
        """Whether two readers have settled what was in doubt."""
        return row.is_agreed and row.addresses not in self._unsettled

    def _missing_columns(self, block: ReadBlock) -> Iterator[Finding]:
        torn = [row.spans for row in block.found if None in row.spans]
        for i, column in enumerate(block.block.columns):
            if any(spans[i] is None for spans in torn):
                names = {language: {"name": element_name(column, language)} for language in _LANGUAGES}
                yield self._defect("missing-column", None, names)

    def _other_editions(self) -> Iterator[Finding]:
        deviating = {
            (block.table.id, block.form.edition): block.table.title
            for block in self._reading.blocks
            if block.is_on_page and block.form is not self._reading.form
        }
        for (_, edition), title in deviating.items():
            yield self._defect(
                "other-edition",
                None,
                {"zh": {"name": title.zh, "edition": edition}, "en": {"name": title.en, "edition": edition}},
            )

    def _row(self, place: str, read: ReadRow) -> Iterator[Finding]:
        names = {language: {"name": row_name(read.row, language)} for language in _LANGUAGES}
        if read.is_absent:
            finding = self._defect("missing-row", None, names)
            yield finding.model_copy(update={"place": place})
        doubts = sorted(() if self._is_settled(read) else read.doubts)
        if read.differing:
            doubts.append(Doubt.READERS_DIFFER)
        if doubts:
            words: dict[Language, dict[str, str]] = {
                "zh": {**names["zh"], "reason": "；".join(_REASONS[doubt].zh for doubt in doubts)},
                "en": {**names["en"], "reason": "; ".join(_REASONS[doubt].en for doubt in doubts)},
            }
            where = read.label or next((span for span in read.spans if span), None)
            finding = self._defect("disputed", where, words)
            yield finding.model_copy(update={"place": place})

    def unreadable(self, form: Form, address: str, span: Span | None, printed: str) -> Finding:
        """A cell whose figure can't be parsed."""
        return self._cell_defect("unreadable", form, address, span, printed)

    def guessed(self, form: Form, address: str, span: Span | None, printed: str) -> Finding:
        """A cell that was recognised from a picture with little confidence."""
        return self._cell_defect("guessed", form, address, span, printed)

    def _cell_defect(self, rule: str, form: Form, address: str, span: Span | None, printed: str) -> Finding:
        words: dict[Language, dict[str, str]] = {
            language: {"name": name_of(form, address, language), "printed": printed}
            for language in _LANGUAGES
        }
        return self._defect(rule, span, words).model_copy(update={"place": address})

    def recognised(self, count: int) -> Finding:
        """So many cells that were recognised from pictures."""
        return self._defect("recognised", None, _same({"count": str(count)}))

    def empty_table(self, title: Bilingual) -> Finding:
        """A table that is on the page and holds nothing."""
        return self._defect("empty-table", None, {"zh": {"name": title.zh}, "en": {"name": title.en}})


_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def _same(words: Mapping[str, str]) -> dict[Language, Mapping[str, str]]:
    return {"zh": words, "en": words}


def filled(template: Bilingual, words: Mapping[Language, Mapping[str, str]]) -> Bilingual:
    """Put words for the placeholders; a placeholder without a word stays."""
    texts = []
    for language in _LANGUAGES:
        text = template.zh if language == "zh" else template.en
        for name, word in words[language].items():
            text = text.replace("{" + name + "}", word)
        texts.append(text)
    return Bilingual(zh=texts[0], en=texts[1])


def _joined(first: Bilingual, second: Bilingual) -> Bilingual:
    end = "" if first.zh.endswith(("。", "！", "？")) else "。"
    return Bilingual(zh=f"{first.zh}{end}{second.zh}", en=f"{first.en} {second.en}")


def in_page_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings, each in the order of the page; what has no place comes first."""
    return tuple(
        sorted(findings, key=lambda f: (f.severity != "hard", f.span.start if f.span else -1, f.rule))
    )


def outcome_cause(confrontation: Confrontation, *, all_certain: bool, is_ocr: bool = False) -> Cause:
    """Why a hard rule is violated: certain operands are the page itself.

    Args:
        confrontation: the outcome of the rule.
        all_certain: whether all operands are certain.
        is_ocr: whether some were recognised from a picture; a blank of them may be a figure that was missed.
    """
    if confrontation.outcome is not Outcome.VIOLATED:
        raise ValueError("only a violated rule has a cause")
    if confrontation.not_stated and not is_ocr:
        return Cause.NOT_STATED
    return Cause.SOURCE_ERROR if all_certain else Cause.UNRESOLVED
