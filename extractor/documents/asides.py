"""What a person sees in a cell besides its figure: struck, raised, hidden characters, pictures, controls.

While a page is read, such characters stand in its text between a character that says what they are and
:data:`END`: noncharacters of Unicode, which stand in no text (:func:`sanitised` sees to that). The builder
takes them out: of a cell they become its remarks, in prose they stand apart or are left out.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from extractor.documents.document import UNREADABLE
from extractor.text.figures import is_figure
from extractor.text.folding import BLANK, INVISIBLE


class Mark(StrEnum):
    """What characters that aren't simply printed are; the value is the character that stands before them."""

    # Struck through; and deleted while changes were tracked, which not everybody sees.
    STRUCK = "\ufdd0"
    DELETED = "\ufdd1"
    # Raised or lowered and small, as notes are; or only set higher or lower than what is beside them.
    RAISED = "\ufdd2"
    SHIFTED = "\ufdd3"
    # Much smaller than what is beside them.
    SMALL = "\ufdd4"
    # In the colour of what is behind them.
    FAINT = "\ufdd5"
    # Not shown: without leaving a gap, and with one.
    HIDDEN = "\ufdd6"
    INVISIBLE = "\ufdd7"
    # Shown, but no text: what is between the marks is only what stands for it.
    PICTURE = "\ufdd8"
    CONTROL = "\ufdd9"
    # Made by a style sheet.
    GENERATED = "\ufdda"
    # Shown at another place than in the order of the text, over other text maybe; or from right to left.
    OVERLAY = "\ufddb"
    REVERSED = "\ufddc"
    # A picture behind the text, which is all there is where there is no text.
    BACKDROP = "\ufddd"
    # With a style that only a browser could tell: whether it is seen at all, or where.
    UNSURE = "\ufde0"
    # In a cell, or a box that does for one, which a style shows at the place of another.
    DISPLACED = "\ufde1"
    # The mark of a note by what it leads to, that looks like what is beside it.
    LINKED = "\ufde2"
    # What a note, a comment or a box says of the place where this stands, and shows elsewhere on the page.
    NOTED = "\ufde3"

    __hash__ = str.__hash__


END = "\ufddf"
#: By whom the comments are that gongkai writes into a copy of a report: they say nothing of the page.
COMMENTATOR = "gongkai"
#: Free for the use of a reader.
RESERVED = "\ufdde"
_CODES = "".join(chr(code) for code in range(0xFDD0, 0xFDE4))
#: A mark, and the characters that have it.
MARKED = re.compile(f"([\ufdd0-\ufddd\ufde0-\ufde3])([^{END}]*){END}")
_NOTED = re.compile(f"{Mark.NOTED.value}([^{END}]*){END}")
_WHOLE_MARK = re.compile(f"([\ufdd0-\ufddd\ufde0-\ufde3][^{END}]*{END})")
# Characters with a style of their own between those on both sides, and where digits join that.
_UNSURE = re.compile(f"{Mark.UNSURE.value}([^{END}]*){END}")
_JOINED = re.compile(r"(?<=[\d.,])\0+(?=[\d.,])")
_LINKED = re.compile(f"(?:{Mark.LINKED.value}[^{END}]*{END})+")
_OVERRIDE = "\u202e"
# The noncharacters and the override, as they are or as references.
_FOREIGN = re.compile(
    "[\ufdd0-\ufde3\u202e]"
    "|&#(?:x0*(?:fdd[0-9a-f]|fde[0-3]|202e)|0*(?:6497[6-9]|6498[0-9]|6499[0-5]|8238))(?![0-9a-f]);?",
    re.IGNORECASE,
)
_STRIPPED = BLANK + INVISIBLE + " \t\n\r"
_NAMES = {
    Mark.STRUCK: "struck",
    Mark.DELETED: "struck",
    Mark.RAISED: "note",
    Mark.SHIFTED: "note",
    Mark.SMALL: "small",
    Mark.FAINT: "hidden",
    Mark.HIDDEN: "hidden",
    Mark.INVISIBLE: "hidden",
    Mark.PICTURE: "picture",
    Mark.CONTROL: "control",
    Mark.GENERATED: "generated",
    Mark.OVERLAY: "overlay",
    Mark.REVERSED: "reversed",
    Mark.BACKDROP: "picture",
    Mark.DISPLACED: "overlay",
    Mark.LINKED: "note",
    Mark.NOTED: "note",
}
_BARRIERS = frozenset(
    {Mark.PICTURE, Mark.CONTROL, Mark.GENERATED, Mark.OVERLAY, Mark.REVERSED, Mark.DISPLACED}
)
#: Of these nothing is left where they stood.
NOTHING = frozenset({Mark.DELETED, Mark.HIDDEN, Mark.GENERATED, Mark.BACKDROP, Mark.NOTED})
# A remark has no more characters than that, and a cell no more remarks: they say what is there.
_LONGEST_REMARK, _MOST_REMARKS = 40, 8


class CellText(NamedTuple):
    """The text of a cell, and remarks such as ``struck: 77`` on what else stands there."""

    text: str
    remarks: tuple[str, ...] = ()


def marked(mark: Mark, text: str = "") -> str:
    """Characters that aren't simply printed, so that they can stand in a line.

    Args:
        mark: what they are.
        text: the characters, or what stands for a picture or a control.
    """
    return f"{mark.value}{text}{END}"


def all_marked(mark: Mark, text: str) -> str:
    """A text of which all that isn't marked yet has a mark.

    Args:
        mark: what its characters are.
        text: them; other marks may stand among them.
    """
    pieces = _WHOLE_MARK.split(text)
    return "".join(
        piece if index % 2 else marked(mark, piece) if piece else "" for index, piece in enumerate(pieces)
    )


def sanitised(text: str) -> str:
    """A source without characters that could be taken for marks; right-to-left overrides are marked."""
    if "&#" in text or _OVERRIDE in text or any(map(text.__contains__, _CODES)):
        return _FOREIGN.sub(_instead, text)
    return text


def _instead(match: re.Match[str]) -> str:
    code = match[0].lower()
    is_override = code == _OVERRIDE or "202e" in code or "8238" in code
    return marked(Mark.REVERSED) if is_override else "\ufffd"


def without_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """A marked text without what notes say of it, and that.

    Args:
        text: a paragraph or a cell.
    """
    if Mark.NOTED not in text:
        return text, ()
    return _NOTED.sub("", text), tuple(_NOTED.findall(text))


def as_outside_cells(text: str) -> str:
    """A marked text as it is outside of cells, where characters of unknown look are no figure's.

    Args:
        text: of what was read as a cell, and is none.
    """
    return _UNSURE.sub(r"\1", text)


def without_marks(text: str) -> str:
    """What a person sees of a marked text, about; for its length."""
    return MARKED.sub("", text)


def as_cell(text: str) -> CellText:
    """A marked text as a cell of a table.

    What is struck, raised or hidden is no part of it, and becomes a remark. Where something that can't be
    read stands in the place of a figure, or beside one, :data:`~extractor.documents.document.UNREADABLE`
    stands in the text: such a cell is neither blank nor a number. Where nothing else stands in a cell, words
    that are struck or raised are its words (a label is known by them), and figures can't be told. Digits of
    unknown look, or of a note's mark that looks like them, that would make one number with others make none.
    """
    text = _with_unsure_apart(with_notes_told(text))
    found = [(Mark(mark), words) for mark, words in MARKED.findall(text)]
    marks = {mark for mark, _ in found}
    plain = MARKED.sub(_in_cell, text).strip(_STRIPPED)
    in_line = MARKED.sub(lambda match: match[2] if match[1] == Mark.SMALL else "", text).strip(_STRIPPED)
    is_unreadable = not marks.isdisjoint(_BARRIERS)
    if Mark.SMALL in marks and not _is_mixed(found, plain):
        plain = MARKED.sub(_small_in_line, text).strip(_STRIPPED)
        found = [(mark, words) for mark, words in found if mark is not Mark.SMALL]
    else:
        is_unreadable = is_unreadable or Mark.SMALL in marks
    if not in_line and not plain:
        plain, is_read = _alone(found)
        is_unreadable = is_unreadable or not is_read
    if is_unreadable and (not plain or is_figure(plain)):
        plain += UNREADABLE
    return CellText(plain, _remarks(found))


def with_notes_told(text: str) -> str:
    """A marked text whose links to notes are marked as what they may be."""
    return _LINKED.sub(_as_note, text)


def _as_note(match: re.Match[str]) -> str:
    """Marks of notes at full size: bare digits may be the figure's that they stand behind."""
    words = "".join(words for _, words in MARKED.findall(match[0]))
    return marked(Mark.UNSURE if words.strip(_STRIPPED).isdigit() else Mark.RAISED, words)


def _with_unsure_apart(text: str) -> str:
    """A marked text whose digits of unknown look are parted from those that they join."""
    if Mark.UNSURE not in text:
        return text
    return _JOINED.sub(UNREADABLE, _UNSURE.sub("\0\\1\0", text)).replace("\0", "")


def _in_cell(match: re.Match[str]) -> str:
    """What parts the characters on both sides, so that they make no number that nobody sees."""
    return "" if match[1] in NOTHING else " "


def _small_in_line(match: re.Match[str]) -> str:
    return match[2] if match[1] == Mark.SMALL else _in_cell(match)


def _is_mixed(found: list[tuple[Mark, str]], plain: str) -> bool:
    """Whether digits of two sizes stand side by side: nobody can tell a note from a figure there."""
    small = "".join(words for mark, words in found if mark is Mark.SMALL)
    return any(map(str.isdigit, small)) and any(map(str.isdigit, plain))


def _alone(found: list[tuple[Mark, str]]) -> tuple[str, bool]:
    """Of a cell with nothing but marked characters: its text, and whether that is all that is there."""
    shown = (Mark.SHIFTED, Mark.STRUCK, Mark.RAISED, Mark.FAINT, Mark.OVERLAY)
    words = "".join(words for mark, words in found if mark in shown).strip(_STRIPPED)
    if not words:
        return "", not any(mark is Mark.BACKDROP for mark, _ in found)
    is_only_shifted = all(mark is Mark.SHIFTED for mark, _ in found if mark in shown)
    if is_only_shifted or not is_figure(words):
        return words, True
    return "", False


def _remarks(found: list[tuple[Mark, str]]) -> tuple[str, ...]:
    remarks: dict[str, None] = {}
    for name, group in groupby(found, key=lambda one: _NAMES[one[0]]):
        words = " ".join("".join(words for _, words in group).split())
        if len(words) > _LONGEST_REMARK:
            words = f"{words[:_LONGEST_REMARK]}…"
        if words or name in _WORDLESS:
            remarks[f"{name}: {words}" if words else name] = None
    return tuple(remarks)[:_MOST_REMARKS]


# What needs no characters to be there.
_WORDLESS = frozenset(_NAMES[mark] for mark in (*_BARRIERS, Mark.BACKDROP))
