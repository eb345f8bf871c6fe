"""Problems, improvements and what is said about fees: stretches of the text, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from extractor.documents.document import Document, Span
from extractor.result.narrative import Passage, Section

_HAN = "一二三四五六七八九十"
# One style a group; items of a list share their style.
_MARKER = re.compile(
    rf"[ \u3000\xa0]*(?:(?P<bracket>[（(][ ]?[{_HAN}]{{1,3}}[ ]?[)）][、.]?)|(?P<han>[{_HAN}]{{1,3}}[、.．])"
    rf"|(?P<is>(?:第)?[{_HAN}]{{1,2}}(?:是要?|则|来))|(?P<ordinal>第[{_HAN}][，,、：:])"
    r"|(?P<digit>\d{1,2}[、.．](?!\d))|(?P<digits>[（(]\d{1,2}[)）])"
    r"|(?P<word>首先|其次|再次|再者|最后|其[一二三四五])[，,、：:]?)[ \u3000\xa0]*"
)
_IS = rf"(?:第?[{_HAN}]{{1,2}}是|第[{_HAN}][，,、]|首先|其次|再次|最后)"
_FIRST = re.compile(r"[ \u3000\xa0（(第]*(?:一(?![二三四五六七八九十])|1(?!\d)|首先)")
# A sentence ends at its stop; a list begins after the words that announce it, and goes on after a stop.
_SENTENCE_END = re.compile(
    rf"[。！？]+[”’）)]?|[：:；;，,](?=[ \u3000]*{_IS})"
    r"|(?:(?<=问题)|(?<=不足)|(?<=措施)|(?<=情况))[：:]"
)
_IMPROVEMENT = re.compile(
    r"改进(?:措施|情况|工作|方向|意见|如下)|下一?步|今后|针对(?:存在|以上|上述|这些|此)|接下来|下(?:一)?阶段"
    r"|整改(?:措施|情况)|(?:积极)?采取措施|工作(?:打算|思路)|加以改进"
)
_BEGINS_IMPROVEMENT = re.compile(
    r"[ \u3000\xa0]*(?:针对|下一?步|今后|在今后|接下来|在接下来|在下一?步|下(?:一)?阶段|为此|对此)"
)
_PROBLEM = re.compile(r"(?:存在|主要|突出).{0,16}(?:问题|不足|差距|困难|短板|薄弱)|(?:不足|短板|差距)")
_SHORTCOMING = re.compile(
    r"有待|不够|不强|不高|不全|不深|不及时|不到位|不平衡|不均|不完善|不规范|不严|不明|不熟|欠缺|欠|缺乏|缺少"
    r"|薄弱|单一|滞后|较少|较低|较弱|偏|需要?进一步|还需|仍需"
)
_DEED = re.compile(
    r"加强|提[高升]|完善|推[进动]|强化|加大|做好|规范|深化|优化|拓[展宽]|健全|扩大|创新|落实|增强|丰富|改[进善]|开展|建立"
)
_FEE = re.compile(r"信息(?:公开)?处理费|信息公开(?:的)?收费|(?:收取|减免).{0,12}费用?")
_FEE_STATED = re.compile(r"未|无|没有|不|收取|元|执行|免")
_TEMPLATE = "文字描述"
_LONGEST_HEADING = 24
_CLAUSES = re.compile("[，,]")


class _Mode(Enum):
    PROBLEM = "problem"
    IMPROVEMENT = "improvement"


class _Sentence(NamedTuple):
    """A sentence, its marker left out; the marker's style, and whether a list begins with it."""

    span: Span
    words: str
    marker: str
    is_first: bool
    begins_paragraph: bool

    @property
    def leads_on(self) -> bool:
        """Whether it ends in a colon."""
        return self.words[-1] in "：:"


@dataclass
class _Run:
    """What was found in one mode: marked items, or else single sentences."""

    marked: list[Span] = field(default_factory=list)
    single: list[Span] = field(default_factory=list)
    marker: str = ""

    @property
    def spans(self) -> list[Span]:
        return self.marked or self.single


def read_items(
    document: Document, sections: Sequence[Section], stretches: Sequence[tuple[str, Span]]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The problems and the improvements that section 5 lists, without the ordinals of the lists.

    What can't be told apart is left out.

    Args:
        document: the report.
        sections: of the report.
        stretches: its free text, as :func:`extractor.narrative.text.free_text.free_text` gives it.
    """
    runs = {mode: _Run() for mode in _Mode}
    for section in sections:
        if section.number == "5":
            spans = [span for _, span in stretches if section.span.start <= span.start < section.span.end]
            lists = _Lists(runs, _mode_of_title(section.title))
            for sentence in _sentences(document.text, spans):
                lists.take(sentence)
    problems, improvements = (
        tuple(_passage(document.text, span) for span in runs[mode].spans) for mode in _Mode
    )
    return problems, improvements


def read_fee_statement(document: Document, stretches: Sequence[tuple[str, Span]]) -> Passage | None:
    """What the report says about fees for handling information, in section 6 or else before it."""
    for is_last in (True, False):
        statement: Span | None = None
        wanted = [span for number, span in stretches if (number == "6") is is_last]
        for sentence in _sentences(document.text, wanted):
            is_of_it = (
                _FEE.search(sentence.words) is not None
                and _FEE_STATED.search(_FEE.sub("", sentence.words)) is not None
                and _TEMPLATE not in sentence.words
            )
            if statement is None and is_of_it:
                statement = sentence.span
            elif statement is not None and is_of_it and not sentence.begins_paragraph:
                statement = Span(statement.start, sentence.span.end)
            elif statement is not None:
                break
        if statement is not None:
            return _passage(document.text, statement)
    return None


def _passage(text: str, span: Span) -> Passage:
    return Passage(text[span.start : span.end], span)


def _sentences(text: str, stretches: Iterable[Span]) -> Iterator[_Sentence]:
    for stretch in stretches:
        start = stretch.start
        while start < stretch.end:
            stop = _SENTENCE_END.search(text, start, stretch.end)
            end = stop.end() if stop is not None else stretch.end
            marker = _MARKER.match(text, start, end)
            first = marker.end() if marker is not None else start
            words = text[first:end]
            first += len(words) - len(words.lstrip())
            span = Span(first, max(first, first + len(words.strip())))
            style = (marker.lastgroup or "") if marker is not None else ""
            if span.end > span.start:
                is_first = bool(style) and _FIRST.match(text, start) is not None
                yield _Sentence(span, words.strip(), style, is_first, start == stretch.start)
            start = end


def _mode_of_title(title: str) -> _Mode | None:
    """The mode that a title sets which names only one of the two."""
    is_improvement = re.search("改进|措施|打算|下一步|计划|整改|今后", title) is not None
    is_problem = re.search("问题|不足|困难", title) is not None
    if is_improvement == is_problem:
        return None
    return _Mode.IMPROVEMENT if is_improvement else _Mode.PROBLEM


@dataclass
class _Lists:
    """The lists of section 5 as they are read, and the one that the reader stands in (``mode``)::

        none ──► a list ◄──► the other list, inside an item of the first
                  (outer)      (mode)

    A sentence that announces a list leads to it, from anywhere; from none, so does a marked item that
    names a shortcoming. An item that is marked as those of the outer list are leads back to that, unless
    the inner list has marked items of its own or begins with this one. Any other sentence goes on with
    the item before it.
    """

    runs: dict[_Mode, _Run]
    mode: _Mode | None
    outer: _Mode | None = None

    def take(self, sentence: _Sentence) -> None:
        """Read on by one sentence."""
        announced = _announced(sentence, self.mode)
        if announced is not None:
            self.outer, self.mode = self.mode, announced
            if _states(sentence, announced):
                self.runs[announced].single.append(_bare(sentence))
        elif sentence.marker:
            self.mode = self._mode_of(sentence)
            if self.mode is not None:
                _add_item(self.runs[self.mode], sentence)
        elif self.mode is not None:
            _go_on(self.runs[self.mode], sentence)

    def _mode_of(self, item: _Sentence) -> _Mode | None:
        """The list that a marked item is of."""
        if self.mode is None:
            return _Mode.PROBLEM if _SHORTCOMING.search(item.words) else None
        if self.outer is None or item.marker != self.runs[self.outer].marker:
            return self.mode
        return self.mode if item.is_first or self.runs[self.mode].marked else self.outer


def _go_on(run: _Run, one: _Sentence) -> None:
    """A sentence without a mark: the rest of a marked item, or else an item."""
    if run.marked:
        run.marked[-1] = Span(run.marked[-1].start, _bare(one).end)
    elif not one.leads_on:
        run.single.append(_bare(one))


def _add_item(run: _Run, one: _Sentence) -> None:
    """Another item; one that is marked otherwise is a part of the item before."""
    span = _bare(one)
    if run.marked and one.marker != run.marker:
        run.marked[-1] = Span(run.marked[-1].start, span.end)
        return
    run.marker = one.marker
    run.marked.append(span)


def _announced(one: _Sentence, mode: _Mode | None) -> _Mode | None:
    """The mode that a sentence or a sub-heading announces.

    Args:
        one: the sentence.
        mode: of the list that it stands in.
    """
    is_heading = _is_heading(one)
    if one.marker and not is_heading:
        return None
    if mode is None or is_heading or one.begins_paragraph or one.leads_on:
        return _named(one, mode, is_title=is_heading or mode is None or one.leads_on)
    return _Mode.IMPROVEMENT if _BEGINS_IMPROVEMENT.match(one.words) else None


def _is_heading(one: _Sentence) -> bool:
    """Whether a sentence is the title of a list rather than an item: short, one clause, no shortcoming."""
    return (
        one.begins_paragraph
        and len(one.words) <= _LONGEST_HEADING
        and not _SHORTCOMING.search(one.words)
        and not _CLAUSES.search(one.words)
        and one.marker not in ("is", "word")
    )


def _named(one: _Sentence, mode: _Mode | None, *, is_title: bool) -> _Mode | None:
    """The list that the words of a sentence name; problems only where it stands as their title."""
    if _IMPROVEMENT.search(one.words) and (mode is not None or not _PROBLEM.match(one.words)):
        return _Mode.IMPROVEMENT
    return _Mode.PROBLEM if is_title and _PROBLEM.search(one.words) else None


def _states(one: _Sentence, mode: _Mode) -> bool:
    """Whether a sentence that announces a list is itself an item."""
    if one.leads_on or (one.begins_paragraph and len(one.words) <= _LONGEST_HEADING // 2):
        return False
    pattern = _SHORTCOMING if mode is _Mode.PROBLEM else _DEED
    return pattern.search(one.words) is not None


def _bare(one: _Sentence) -> Span:
    """Its span without the mark that leads to the next item."""
    return Span(one.span.start, one.span.start + len(one.words.rstrip("；;，,")))
