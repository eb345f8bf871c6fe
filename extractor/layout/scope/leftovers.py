"""What the cells of a table say besides the labels of the form: whose figures, of what time, of what.

A first column, a line across the table, its corner, the label of its only row, and a label of the form with a
word more: 2022年, 以下为上半年数据, (三)上年不予公开. A caption that says the same disowns a table, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from extractor.layout.headers.header import HeaderMatch
from extractor.layout.items.items import Item
from extractor.layout.rows.segments import Segment
from extractor.layout.words.labels import CHANGES_MEANING
from extractor.layout.words.meanings import meanings_by_key
from extractor.layout.words.ordinals import ordinal
from extractor.layout.words.scopes import DISOWNING, bracketed, is_of_another_scope, says_another_scope
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Form

# A block: the ids of its table and its own.
_BlockIds: TypeAlias = tuple[str, str]
# Rows by their ids, of blocks.
_Rows: TypeAlias = Mapping[_BlockIds, frozenset[str]]
# Longer words are a sentence, not a cell of a table.
_LONGEST = 60
# So much of what is printed must be in common with a label to be taken for it with words changed.
_LIKENESS = 0.5
# So many characters at least: fewer are in common by chance.
_LEAST_IN_COMMON = 2
# A piece of another label of the form, so long, that a page puts among the pieces of one, says nothing.
_LEAST_PIECE = 3
# So many words of a line that name nothing of the form are a page's own names of columns.
_OWN_COLUMNS = 4
# A change that the label of a group tells of, though no row's or column's label does: 拟不予公开.
_CHANGES = CHANGES_MEANING | {"拟"}
_NEGATIONS, _AFFIRMATIONS = frozenset("不无未非"), frozenset("以可能")
# The law's newer name of those that the form calls other organisations.
_UNINCORPORATED, _OTHER_ORGANISATIONS = "非法人组织", "其他组织"
_COUNTS = ("合计", "小计", "总计", "数量", "件数")


class _Vocabulary(NamedTuple):
    """The labels that stand above several cells, and all words of the forms.

    Attributes:
        heads: the rows that each heads, by its key, and by table and block.
        labels: the keys of all labels.
    """

    heads: Mapping[str, _Rows]
    labels: frozenset[str]


class Leftovers(NamedTuple):
    """What a table's cells say besides the labels of the form.

    Attributes:
        rows: those that a label heads which says something else than the form's, by table and block.
        is_disowning: whether a cell says of the whole table that it is of another scope.
    """

    rows: _Rows
    is_disowning: bool


def leftovers_of(
    segment: Segment,
    headers: Sequence[HeaderMatch],
    text: str,
    forms: tuple[Form, ...],
    *,
    above: Item | None,
    is_ocr: bool,
) -> Leftovers:
    """What the words of a table say that no label of the form says.

    Args:
        segment: the table's header and the rows below it.
        above: the words right above the header, that may be a caption of the form with a word more.
        headers: what the header can be.
        text: the document's text.
        forms: editions of one family.
        is_ocr: whether the text was recognised from pictures, so that single characters may be misread.
    """
    vocabulary = _vocabulary(forms)
    rows: _Rows = {}
    for item in _words_of(segment, headers):
        words = text[item.start : item.end]
        if len(words) > _LONGEST:
            continue
        folded = fold_label(words)
        if _is_disowning(folded, text):
            return Leftovers(rows, is_disowning=True)
        headed = _changed(ordinal(folded)[1], text, vocabulary, is_ocr=is_ocr)
        rows = _together(rows, headed)
    if above is not None and above.end - above.start <= _LONGEST:
        caption = fold_label(text[above.start : above.end])
        behind = bracketed(caption)[-1:]
        if behind and is_of_another_scope(behind[0], text):
            key = label_key(caption.removesuffix(behind[0]))
            rows = _together(rows, vocabulary.heads.get(key, {}))
    return Leftovers(rows, is_disowning=False)


def _together(rows: _Rows, others: _Rows) -> _Rows:
    """Rows and others, by block."""
    blocks = (*rows, *others)
    return {block: rows.get(block, frozenset()) | others.get(block, frozenset()) for block in blocks}


def _is_disowning(folded: str, text: str) -> bool:
    return (
        is_of_another_scope(folded, text)
        or says_another_scope(folded, text)
        or DISOWNING.search(folded) is not None
    )


def _words_of(segment: Segment, headers: Sequence[HeaderMatch]) -> Iterator[Item]:
    """The words from a table's header to its last figure but the names of columns and rows that it adds.

    Where several words of a line name nothing of the form, they are its columns in the page's own words.
    """
    if not segment.header or not headers:
        return
    end = max((row.slots[-1].end for row in segment.rows), default=segment.header[-1].end)
    named = _names_of_columns(segment, headers) | _names_of_rows(segment)
    added_at = frozenset[int | None]().union(*(header.foreign_at for header in headers))
    for item in (*segment.header, *segment.loose):
        is_added = item.start in named or item.grid_column in added_at
        if item.label is None and item.start < end and not is_added:
            yield item


def _names_of_columns(segment: Segment, headers: Sequence[HeaderMatch]) -> set[int]:
    """Where the names of columns start that the form doesn't have, or has in other words."""
    added = {span.start for header in headers for span in header.foreign if span is not None}
    strangers = Counter(item.row for item in segment.header if item.label is None)
    return added | {item.start for item in segment.header if strangers[item.row] >= _OWN_COLUMNS}


def _names_of_rows(segment: Segment) -> set[int]:
    """Where the names of rows start; of the only row, the name is all that says what the figures are of."""
    starts = [row.head.start for row in segment.rows if row.figures and row.head is not None]
    return set(starts) if len(starts) > 1 else set()


@lru_cache(maxsize=8)
def _vocabulary(forms: tuple[Form, ...]) -> _Vocabulary:
    heads: dict[str, dict[_BlockIds, frozenset[str]]] = {}
    for form in forms:
        for block_ids, (_, block) in form.blocks.items():
            for words, rows in _heads(block):
                key = label_key(ordinal(fold_label(words))[1])
                known = heads.setdefault(key, {})
                known[block_ids] = known.get(block_ids, frozenset()) | rows
    labels = frozenset(key for form in forms for key, _ in meanings_by_key(form))
    return _Vocabulary(heads, labels)


def _heads(block: Block) -> Iterator[tuple[str, frozenset[str]]]:
    """The labels of a block that stand above or beside several cells, and the rows that each heads."""
    every = frozenset(row.id for row in block.rows)
    for words in (*block.spanning, *block.captions, *block.corner):
        yield words, every
    for group in {column.under for column in block.columns if column.under is not None}:
        yield from ((words, every) for words in (group, *block.group_variants.get(group, ())))
    ids, under = [row.id for row in block.rows], [row.under for row in block.rows]
    for row in block.rows:
        if row.under is not None:
            # The groups within a group are written between its own rows.
            last = len(under) - under[::-1].index(row.under)
            headed = frozenset(ids[under.index(row.under) : last])
            yield from ((words, headed) for words in (row.under, *block.group_variants.get(row.under, ())))
        if block.orientation == "wide":
            yield from ((words, frozenset({row.id})) for words in (row.label, *row.variants))


def _changed(folded: str, text: str, vocabulary: _Vocabulary, *, is_ocr: bool) -> _Rows:
    """The rows headed by a label that words are with its meaning changed; none if they are no such label."""
    key = label_key(folded).replace(_UNINCORPORATED, _OTHER_ORGANISATIONS)
    if any(key in label for label in vocabulary.labels):
        # A piece of a label.
        return {}
    common = {label: _in_common(key, label) for label in vocabulary.heads if _may_be_like(key, label)}
    if not common:
        return {}
    label = max(common, key=lambda one: common[one] / max(len(key), len(one)))
    if common[label] < _LEAST_IN_COMMON or not (label in key or common[label] >= _LIKENESS * len(key)):
        return {}
    changes = list(_changes(key, label))
    says_more = any(_says_more(*change, text, vocabulary, is_ocr=is_ocr) for change in changes)
    return vocabulary.heads[label] if says_more or _affirms(changes) else {}


def _may_be_like(key: str, label: str) -> bool:
    """Whether words have so many characters of a label that it is worth comparing their order."""
    printed, known = frozenset(key), frozenset(label)
    return len(printed & known) >= _LIKENESS * min(len(printed), len(known))


def _in_common(key: str, label: str) -> int:
    matcher = SequenceMatcher(None, key, label, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _changes(key: str, label: str) -> Iterator[tuple[str, str]]:
    """What stands in a label's place, or beside it, and what of the label it stands for."""
    matcher = SequenceMatcher(None, label, key, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield key[start:end], label[first:last]


def _affirms(changes: Sequence[tuple[str, str]]) -> bool:
    """Whether changes of a label take a negation from it, and say the opposite: 予以处理 for 不予处理.

    One that is only missing was torn from it.
    """
    added, lacking = ({character for one in part for character in one} for part in zip(*changes, strict=True))
    return not _NEGATIONS.isdisjoint(lacking) and not _AFFIRMATIONS.isdisjoint(added)


def _says_more(added: str, lacking: str, text: str, vocabulary: _Vocabulary, *, is_ocr: bool) -> bool:
    """Whether a change of a label changes what it says."""
    if is_ocr and len(added) <= 1 and len(lacking) <= 1:
        return False
    bare = added.strip("0123456789")
    is_piece = len(bare) >= _LEAST_PIECE and any(bare in label for label in vocabulary.labels)
    if not added or is_piece or added in _COUNTS:
        return False
    return is_of_another_scope(added, text) or not _CHANGES.isdisjoint(added)
