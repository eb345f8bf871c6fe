"""How texts call the cells of a form, and how a model is asked for them: ``told_as`` and ``asked_as``.

The words are regular expressions over folded text (without blanks, of one width and script), because
that is what people's wordings take; each is compiled once for a form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, field_validator, model_validator

from rules.expression import pattern_regex
from rules.model import Identifier, MistakeInsideError, RegularExpression, RuleModel, as_tuple
from rules.words import Words

# A single character that is left says nothing.
_NOTHING_SAID = 1
# The role that a row, or a column, has in a report's comparison with the one of the year before.
RowRole: TypeAlias = Literal["carried_in", "carried_out"]
ColumnRole: TypeAlias = Literal["issued", "repealed", "in_force"]


def cells_regex(cells: str) -> re.Pattern[str]:
    """What the addresses that a ``cells`` names match.

    Args:
        cells: an address, in which ``*`` stands for any one or more parts; or several with ``|`` between.

    Raises:
        ExpressionError: if ``*`` stands for a piece of a part.
    """
    alternatives = [pattern_regex(one.strip()).pattern for one in cells.split("|")]
    return re.compile("|".join(alternatives))


class Circumstance(RuleModel):
    """Words beside a number that make it one of something else than the cell that it is worded as.

    Attributes:
        words: what stands before the number in its clause, or
        sentence: before it in its sentence;
        unless: and this doesn't.
    """

    words: RegularExpression | None = None
    sentence: RegularExpression | None = None
    unless: RegularExpression | None = None

    @model_validator(mode="after")
    def _of_one_place(self) -> Self:
        if (self.words is None) is (self.sentence is None):
            raise ValueError("give either 'words' or 'sentence'")
        return self

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        return re.compile(self.words or self.sentence or ""), _compiled(self.unless)

    def holds(self, clause: str, sentence: str) -> bool:
        """Whether the words are there.

        Args:
            clause: the words before the number in its clause.
            sentence: those in its sentence.
        """
        text = clause if self.words is not None else sentence
        wanted, unless = self._patterns
        return wanted.search(text) is not None and (unless is None or unless.search(text) is None)


class Statement(RuleModel):
    """A wording and the cells whose sum the number in it is.

    Attributes:
        words: what stands before the number in its clause; nothing but fillers may stand between.
        cells: what it can mean, the likeliest first, each a list of cells to be summed (see
            :func:`cells_regex`); none if such a number is no cell's, whatever follows in the list.
        where: ``before`` the number, or ``around``: the words right behind its unit count, too.
        loose: other words than fillers may follow.
        also: what must be there, too.
        unless: what must not be there.
        own_name: whether the words are the row's name, so that what they say (重复) doesn't make the number
            one of something else.
        partial: what tells that the number is of something else where it differs.
    """

    words: RegularExpression
    cells: tuple[tuple[Words, ...], ...] = ()
    where: Literal["before", "around"] = "before"
    loose: bool = False
    also: RegularExpression | None = None
    unless: RegularExpression | None = None
    own_name: bool = False
    partial: tuple[Circumstance, ...] = ()

    _lists = field_validator("cells", "partial", mode="before")(as_tuple)

    def without_name(self, clause: str) -> str:
        """The words before a number in its clause, without those that are the row's own name.

        Args:
            clause: the words, folded.
        """
        return re.sub(self.words, "", clause) if self.own_name else clause


class Topic(RuleModel):
    """Statements that are looked for under the same conditions; the first that fits is taken.

    Attributes:
        units: what its numbers are counted in; empty for anything.
        speaks_of: what the sentence, or the one before it, must speak of.
        sentence: what must stand in the sentence before the number.
        around: what must stand before the number in its clause or behind its unit.
        partial: what tells of any statement that the number is of something else where it differs.
        other_bodies: whether a number beside the name of another body is that body's.
    """

    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]
    units: tuple[Words, ...] = ()
    speaks_of: RegularExpression | None = None
    sentence: RegularExpression | None = None
    around: RegularExpression | None = None
    partial: tuple[Circumstance, ...] = ()
    other_bodies: bool = True

    _lists = field_validator("statements", "units", "partial", mode="before")(as_tuple)

    @cached_property
    def conditions(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
        """``speaks_of``, ``sentence`` and ``around``, compiled."""
        return _compiled(self.speaks_of), _compiled(self.sentence), _compiled(self.around)


class Total(RuleModel):
    """A total of the tables as shares name it (占办结总数的60%).

    Attributes:
        words: what stands behind 占, to the percentage; the whole must match.
        cells: what it can mean, the likeliest first, each a list of cells to be summed.
    """

    words: RegularExpression
    cells: Annotated[tuple[tuple[Words, ...], ...], Field(min_length=1)]

    _lists = field_validator("cells", mode="before")(as_tuple)


class ShareReading(RuleModel):
    """What a share or a rate can be of.

    Attributes:
        part: cells to be summed (see :func:`cells_regex`).
        whole: likewise.
        less: cells that are taken off the part: such a reading excuses a share, and is never told.
    """

    part: Annotated[tuple[Words, ...], Field(min_length=1)]
    whole: Annotated[tuple[Words, ...], Field(min_length=1)]
    less: tuple[Words, ...] = ()

    _lists = field_validator("part", "whole", "less", mode="before")(as_tuple)


class CellShare(RuleModel):
    """A share or a rate of cells, as texts name it that state neither number (自然人占83.3%, 维持率60%).

    Attributes:
        words: what is told to make up the share, or the name of the rate; nothing else may stand before the
            percentage in its clause but what leads to it.
        readings: what it can be of, the likeliest first.
        speaks_of: what the sentence before the percentage, or the sentence before that, must speak of.
        unless: what must not stand in its sentence before it.
        units: what the parts and wholes are counted in.
        is_of_due: whether 100 % may be said of what was due, and is then no share of these cells.
    """

    words: RegularExpression
    readings: Annotated[tuple[ShareReading, ...], Field(min_length=1)]
    speaks_of: RegularExpression | None = None
    unless: RegularExpression | None = None
    units: tuple[Words, ...] = ("件", "起", "宗", "例")
    is_of_due: bool = False

    _lists = field_validator("readings", "units", mode="before")(as_tuple)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]:
        """``words``, ``speaks_of`` and ``unless``, compiled."""
        return re.compile(self.words), _compiled(self.speaks_of), _compiled(self.unless)


class ColumnName(RuleModel):
    """How texts call columns of a table whose rows have totals, too.

    Attributes:
        words: what names them; of names that begin at one place, the first in the list is taken.
        columns: what it can mean, the likeliest first, each a list of columns to be summed.
    """

    words: RegularExpression
    columns: Annotated[tuple[tuple[Identifier, ...], ...], Field(min_length=1)]

    _lists = field_validator("columns", mode="before")(as_tuple)


class ToldAs(RuleModel):
    """How texts call the cells of a form.

    Attributes:
        topics: what is told of together; a number can be told of by a statement of each.
        plain: words that leave a number the whole body's and the whole year's. Where it differs from the
            cell, anything else in its clause makes it one of something else; anything may stand there if this
            is left out.
        fillers: what may stand between a wording and its number and says nothing, any number of times.
        named_behind: what is counted, where texts name it behind the number (157件政府信息公开申请); these
            words are read as if they stood before it.
        totals: of which shares are, though the text states none of them.
        shares: shares and rates of cells, of which the text need not state the part either.
        columns: the names of columns: what is counted behind one of them is of it, and not of the total.
    """

    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    totals: tuple[Total, ...] = ()
    shares: tuple[CellShare, ...] = ()
    columns: tuple[ColumnName, ...] = ()
    plain: RegularExpression | None = None
    fillers: RegularExpression | None = None
    named_behind: RegularExpression | None = None

    _lists = field_validator("topics", "totals", "shares", "columns", mode="before")(as_tuple)

    def is_plain(self, clause: str) -> bool:
        """Whether nothing but plain words stands before a number in its clause.

        Args:
            clause: these words, folded.
        """
        return self._plain is None or len(self._plain.sub("", clause)) <= _NOTHING_SAID

    @cached_property
    def _plain(self) -> re.Pattern[str] | None:
        return _compiled(None if self.plain is None else f"(?:{self.plain})|[^\\u4e00-\\u9fff]")

    def _check_columns(self, known: set[str]) -> None:
        for number, name in enumerate(self.columns):
            if unknown := sorted({column for reading in name.columns for column in reading} - known):
                raise MistakeInsideError(("told_as", "columns", number), f"{unknown[0]!r} is no column")

    def columns_in(self, clause: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """What each name of columns in a clause can mean; a name that stands there twice is told once.

        Args:
            clause: words of a sentence, folded.
        """
        if self._column_names is None:
            return ()
        found = (match.lastgroup or "" for match in self._column_names.finditer(clause))
        return tuple(dict.fromkeys(self.columns[int(name.removeprefix("name"))].columns for name in found))

    @cached_property
    def _column_names(self) -> re.Pattern[str] | None:
        names = (f"(?P<name{number}>{one.words})" for number, one in enumerate(self.columns))
        return _compiled("|".join(names) or None)

    @cached_property
    def behind(self) -> re.Pattern[str] | None:
        """``named_behind``, compiled."""
        return _compiled(self.named_behind)

    @cached_property
    def wordings(self) -> tuple[tuple[Topic, tuple[Wording, ...]], ...]:
        """Every topic with its statements, their words compiled."""
        end = f"(?:{self.fillers})*$" if self.fillers else "$"
        return tuple((topic, tuple(_wording(one, end) for one in topic.statements)) for topic in self.topics)

    def check(self, addresses: Sequence[str]) -> None:
        """See that all cells that are named are cells of the form.

        Args:
            addresses: of the form.

        Raises:
            MistakeInsideError: if one isn't.
        """
        for number, topic in enumerate(self.topics):
            for index, statement in enumerate(topic.statements):
                path = ("told_as", "topics", number, "statements", index, "cells")
                for cells in (cells for reading in statement.cells for cells in reading):
                    check_cells(cells, addresses, path)
        for number, total in enumerate(self.totals):
            for cells in (cells for reading in total.cells for cells in reading):
                check_cells(cells, addresses, ("told_as", "totals", number, "cells"))
        self._check_columns({address.rpartition(".")[2] for address in addresses})
        for number, share in enumerate(self.shares):
            for index, reading in enumerate(share.readings):
                for cells in (*reading.part, *reading.whole, *reading.less):
                    check_cells(cells, addresses, ("told_as", "shares", number, "readings", index))


class AskedRow(RuleModel):
    """A row of the tables as a model is asked which number of the text it prints, too.

    Attributes:
        id: what the answer calls it.
        label: what the question calls it.
        cells: those that it stands for, to be summed (see :func:`cells_regex`).
    """

    id: Identifier
    label: Words
    cells: Annotated[tuple[Words, ...], Field(min_length=1)]

    _lists = field_validator("cells", mode="before")(as_tuple)


def check_asked(rows: Sequence[AskedRow], addresses: Sequence[str]) -> None:
    """See that no two rows are called the same, and that all their cells are cells of the form.

    Args:
        rows: of a form.
        addresses: of the form.

    Raises:
        MistakeInsideError: if it isn't so.
    """
    ids = [row.id for row in rows]
    for index, row in enumerate(rows):
        if row.id in ids[:index]:
            raise MistakeInsideError(("asked_as", index, "id"), f"two rows are called {row.id!r}")
        for cells in row.cells:
            check_cells(cells, addresses, ("asked_as", index, "cells"))


def check_cells(cells: str, addresses: Sequence[str], path: tuple[str | int, ...]) -> None:
    """See that every alternative of what names cells matches one.

    Args:
        cells: what names them (see :func:`cells_regex`).
        addresses: of the form.
        path: where it stands in the form file.

    Raises:
        MistakeInsideError: if one doesn't.
    """
    for alternative in cells.split("|"):
        try:
            regex = cells_regex(alternative)
        except ValueError as error:
            raise MistakeInsideError(path, str(error)) from error
        if not any(map(regex.fullmatch, addresses)):
            raise MistakeInsideError(path, f"{alternative.strip()!r} matches no cell")


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement whose words are compiled."""

    statement: Statement
    words: re.Pattern[str]
    also: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def fits(self, before: str, around: str) -> bool:
        """Whether a number is stated so.

        Args:
            before: the words before it in its clause.
            around: these and the words right behind its unit.
        """
        text = before if self.statement.where == "before" else around
        return (
            self.words.search(text) is not None
            and (self.also is None or self.also.search(text) is not None)
            and (self.unless is None or self.unless.search(text) is None)
        )


def _wording(statement: Statement, end: str) -> Wording:
    words = statement.words if statement.loose else f"(?:{statement.words}){end}"
    return Wording(statement, re.compile(words), _compiled(statement.also), _compiled(statement.unless))
