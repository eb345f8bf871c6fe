"""A national form as data: tables of blocks, blocks of rows and columns, and the edit rules.

The models mirror the YAML of ``rules/forms`` one to one; an unknown key, a wrong type or a
reference that leads nowhere is an error (see :func:`rules.loader.load_form`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self, TypeAlias, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rules.document import DocumentRules
from rules.expression import Comparison, bind, bound_places, linear, operands, parse
from rules.model import SHIPPED, DottedIdentifier, Identifier, MistakeInsideError, RuleModel, as_tuple
from rules.wordings import AskedRow, ColumnRole, RowRole, ToldAs, check_asked
from rules.words import Bilingual, Severity, Words, with_placeholders

RuleKind: TypeAlias = Literal["balance", "ratio", "range"]

PLACEHOLDERS = frozenset({"row", "column", "left", "right", "difference"})


class Element(RuleModel):
    """What rows and columns have in common.

    Attributes:
        label: as the official form prints it.
        variants: other wordings seen on real pages; all are compared without blanks, punctuation,
            width, and bracketed explanations.
        en: a short English name for messages.
        under: the label of the group that it stands under, if any.
    """

    id: DottedIdentifier
    label: Words
    en: Words
    variants: tuple[Words, ...] = ()
    under: Words | None = None

    _lists = field_validator("variants", mode="before")(as_tuple)


class FigureKind(NamedTuple):
    """The figures that a column may hold; columns that may hold the same have the same."""

    has_unit: bool
    decimals: bool
    signed: bool
    rounded: bool


class Column(Element):
    """A column of figures.

    Attributes:
        unit: the unit that the form prescribes; a cell has it when the page's header says so.
        decimals: whether figures may have decimals (then they are read as ``Decimal``).
        signed: whether a figure may be below zero (减3).
        rounded: whether a figure is rounded to the printed digits, as shares are.
        sum_of: the columns of its block that it is the total of; where its cell is blank, a text that
            states the total is held against their sum.
        role: ``in_force`` is last year's, plus ``issued``, minus ``repealed``.
    """

    unit: Words | None = None
    decimals: bool = False
    signed: bool = False
    rounded: bool = False
    sum_of: tuple[Identifier, ...] = ()
    role: ColumnRole | None = None

    _more_lists = field_validator("sum_of", mode="before")(as_tuple)

    @cached_property
    def figures(self) -> FigureKind:
        """The figures that it may hold."""
        return FigureKind(self.unit is not None, self.decimals, self.signed, self.rounded)


class Row(Element):
    """A row of figures.

    Attributes:
        number: its printed ordinal (一、 or (一) or 1.), if any.
        role: ``carried_in`` is what last year's report has as ``carried_out``.
        within: the id of the row that it is a part of. Rows with the same label are told apart by it: the
            last row above them on the page that is either's whole.
        unit: what its figures are counted in, where a list of indicators has a unit for each row; money
            (万元, 元) is told by it, and a share (%), whose figures are rounded and may have decimals.
        decimals: whether its figures may have decimals, whatever its column says.
        optional: whether a page that follows the form may lack it: it isn't expected where its label isn't.
    """

    number: (
        Annotated[str, Field(pattern=r"^([一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\.)$")]
        | None
    ) = None
    role: RowRole | None = None
    within: DottedIdentifier | None = None
    unit: Words | None = None
    decimals: bool = False
    optional: bool = False

    def figures(self, column: Column) -> FigureKind:
        """The figures that a cell of it may hold.

        Args:
            column: the cell's.
        """
        kind = column.figures
        if self.unit is None and not self.decimals:
            return kind
        is_money, is_share = self.unit is not None and self.unit.endswith("元"), self.unit == "%"
        return kind._replace(
            has_unit=kind.has_unit or is_money,
            decimals=kind.decimals or self.decimals or is_share,
            rounded=kind.rounded or is_share,
        )


class Block(RuleModel):
    """Rows under one header.

    Attributes:
        captions: lines above the header that are no figures (第二十条第(一)项).
        corner: words of the header that name no column.
        spanning: words of the header that stand above all columns, and above no other.
        group_variants: other wordings of the labels of groups, by the label as the form has it.
        beside: labels of columns that pages have beside those of the form; their figures are kept as
            additions of the page, whatever they count (历年累计).
        codes: labels of columns that number the rows (代码); what stands below them is no figure.
        orientation: ``rows``: each row has its label and its figures; ``wide``: all rows stand side
            by side under one header that repeats the columns, so a single line holds all figures.
        one_of: alternatives, each a list of row ids, the usual one first; a page shows one of them,
            and the others are then not expected.
        any_order: whether pages have the rows in orders of their own; a row whose label and figures stand on
            one line is then settled wherever that is. Else it is if no row of the block lacks a whole label.
    """

    id: Identifier
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    captions: tuple[Words, ...] = ()
    corner: tuple[Words, ...] = ()
    spanning: tuple[Words, ...] = ()
    group_variants: dict[Words, tuple[Words, ...]] = Field(default_factory=dict)
    beside: tuple[Words, ...] = ()
    codes: tuple[Words, ...] = ()
    orientation: Literal["rows", "wide"] = "rows"
    one_of: tuple[tuple[tuple[DottedIdentifier, ...], ...], ...] = ()
    any_order: bool = False

    _lists = field_validator(
        "columns", "rows", "captions", "corner", "spanning", "beside", "codes", "one_of", mode="before"
    )(as_tuple)

    @field_validator("group_variants", mode="before")
    @classmethod
    def _variants_as_tuples(cls, value: object) -> object:
        return {key: as_tuple(words) for key, words in value.items()} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name, elements in (("column", self.columns), ("row", self.rows)):
            ids = [element.id for element in elements]
            for duplicate in {one for one in ids if ids.count(one) > 1}:
                raise ValueError(f"two {name}s are called {duplicate!r}")
        self._check_alternatives()
        self._check_totals()
        self._check_wholes()
        check_roles(self.rows, get_args(RowRole))
        check_roles(self.columns, get_args(ColumnRole))
        return self

    def _check_totals(self) -> None:
        known = {column.id for column in self.columns}
        for index, column in enumerate(self.columns):
            for part in column.sum_of:
                if part not in known or part == column.id:
                    path = ("columns", index, "sum_of")
                    raise MistakeInsideError(path, f"sum_of names {part!r}, which is no other column")

    def _check_wholes(self) -> None:
        above: set[str] = set()
        for index, row in enumerate(self.rows):
            if row.within is not None and row.within not in above:
                path = ("rows", index, "within")
                raise MistakeInsideError(path, f"within names {row.within!r}, which is no row above it")
            above.add(row.id)
        if self.orientation == "wide" and (self.beside or self.codes):
            raise ValueError("beside and codes are not for a wide block")

    def _check_alternatives(self) -> None:
        known = {row.id for row in self.rows}
        if self.one_of and self.orientation == "wide":
            raise ValueError("one_of is not for a wide block")
        for alternatives in self.one_of:
            named = [row_id for choice in alternatives for row_id in choice]
            for row_id in named:
                if row_id not in known:
                    raise ValueError(f"one_of names {row_id!r}, which is no row of this block")
            if len(alternatives) < 2 or not all(alternatives) or len(set(named)) < len(named):
                raise ValueError("one_of needs two alternatives or more, each of rows of its own")


def check_roles(elements: Sequence[Row] | Sequence[Column], together: Sequence[str]) -> None:
    """See that the rows, or columns, of a block have all roles that go together, each once, or none.

    Args:
        elements: all of a block.
        together: the roles.

    Raises:
        ValueError: if they don't.
    """
    roles = sorted(element.role for element in elements if element.role is not None)
    if roles and roles != sorted(together):
        raise ValueError(
            f"the roles {', '.join(together)} go together, each once in a block; there is {roles}"
        )


class Table(RuleModel):
    """One statistical table; ``headings`` are the section titles that it stands under."""

    id: Identifier
    title: Bilingual
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    headings: tuple[Words, ...] = ()

    _lists = field_validator("blocks", "headings", mode="before")(as_tuple)


class Moved(RuleModel):
    """Parts of another balance that some pages count in this one: 信息不存在 beside 不予公开, not below it.

    Attributes:
        balance: the id of the other rule.
        cells: the addresses of these parts.
    """

    balance: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    cells: Annotated[tuple[Words, ...], Field(min_length=1)]

    _lists = field_validator("cells", mode="before")(as_tuple)


class EditRule(RuleModel):
    """What must (hard) or should (soft) hold; the language is :mod:`rules.expression`.

    Attributes:
        kind: ``balance``, a linear equation, the only kind that can confirm; ``ratio``, an equation
            between figures of which some are rounded; ``range``, anything else.
        each: a pattern of addresses; the rule holds once for every match, ``@`` being what matched.
        citation: where the rule comes from.
        title: what must hold, for lists of rules; the message, unless given.
        message: for the reader when it is violated, with {row} {column} {left} {right} {difference}.
        moved: parts of another balance that some pages count in this one.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    kind: RuleKind
    severity: Severity
    expression: Words
    citation: Words
    message: Bilingual
    title: Bilingual | None = None
    each: Words | None = None
    moved: Moved | None = None

    @field_validator("expression")
    @classmethod
    def _parsable(cls, value: str) -> str:
        parse(value)
        return value

    @field_validator("message")
    @classmethod
    def _known_placeholders(cls, value: Bilingual, _info: ValidationInfo) -> Bilingual:
        return with_placeholders(value, PLACEHOLDERS)

    @cached_property
    def comparison(self) -> Comparison:
        """The expression, parsed."""
        return parse(self.expression)


class BlockShape(NamedTuple):
    """What tells the header of a block from that of another; only a wide header has its rows."""

    table: str
    block: str
    orientation: str
    columns: tuple[tuple[str, str, str | None], ...]
    rows: tuple[str, ...]


class AddressedRow(NamedTuple):
    """A row of a block and the addresses of its cells, in the order of the columns."""

    row: Row
    addresses: tuple[str, ...]


class Place(NamedTuple):
    """What an address names."""

    table: Table
    block: Block
    row: Row
    column: Column

    @property
    def figures(self) -> FigureKind:
        """The figures that its cell may hold."""
        return self.row.figures(self.column)


class Form(RuleModel):
    """One edition of a form.

    Attributes:
        family: editions of one family share table and block ids, and a page may mix their blocks.
        marks: phrases by which a report without any table is still known to be one.
        edition_from: the table that decides which edition a report as a whole follows.
        told_as: how texts call its cells.
        asked_as: the rows that a model is asked about, when it reads the text.
        document: what must hold of a report as a document.
    """

    format: Literal[1]
    family: Words
    edition: Words
    title: Bilingual
    prescribed_by: Words
    edition_from: Identifier
    tables: Annotated[tuple[Table, ...], Field(min_length=1)]
    rules: tuple[EditRule, ...] = ()
    marks: tuple[Words, ...] = ()
    told_as: ToldAs | None = None
    asked_as: tuple[AskedRow, ...] = ()
    document: DocumentRules | None = None

    _lists = field_validator("tables", "rules", "marks", "asked_as", mode="before")(as_tuple)

    # A form is an object with an identity; comparing or hashing its 200 elements serves nobody.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @cached_property
    def blocks(self) -> dict[tuple[str, str], tuple[Table, Block]]:
        """Every block by the ids of its table and its own, in the order of the form."""
        found: dict[tuple[str, str], tuple[Table, Block]] = {}
        for table in self.tables:
            for block in table.blocks:
                found.setdefault((table.id, block.id), (table, block))
        return found

    @cached_property
    def shapes(self) -> dict[tuple[str, str], BlockShape]:
        """What tells the header of every block from others, by the ids of table and block."""
        return {
            key: BlockShape(
                *key,
                block.orientation,
                tuple((column.id, column.label, column.under) for column in block.columns),
                tuple(row.id for row in block.rows if block.orientation == "wide"),
            )
            for key, (_, block) in self.blocks.items()
        }

    @cached_property
    def addressed_rows(self) -> dict[tuple[str, str], tuple[AddressedRow, ...]]:
        """The rows of every block with their addresses, by the ids of table and block."""
        return {
            key: tuple(
                AddressedRow(row, tuple(f"{table.id}.{row.id}.{column.id}" for column in block.columns))
                for row in block.rows
            )
            for key, (table, block) in self.blocks.items()
        }

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every address of the form, in its order, and what it names."""
        return {
            f"{table.id}.{row.id}.{column.id}": Place(table, block, row, column)
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        }

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        if info.context != SHIPPED:
            self._check_whole()
        return self

    def _check_whole(self) -> None:
        if self.edition_from not in {table.id for table in self.tables}:
            raise ValueError(f"edition_from names {self.edition_from!r}, which is no table of this form")
        count = sum(len(b.rows) * len(b.columns) for table in self.tables for b in table.blocks)
        if count != len(self.places):
            raise ValueError("two cells of the form have the same address")
        above = {
            address.rsplit(".", i)[0] for address in self.places for i in range(1, address.count(".") + 1)
        }
        for address in above & self.places.keys():
            raise ValueError(f"{address!r} is a cell, and other addresses begin with it")
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) < len(ids):
            raise ValueError("two rules have the same id")
        for index, rule in enumerate(self.rules):
            try:
                self._check(rule)
            except ValueError as error:
                raise MistakeInsideError(("rules", index), f"rule {rule.id!r}: {error}") from error
        if self.told_as is not None:
            self.told_as.check(tuple(self.places))
        check_asked(self.asked_as, tuple(self.places))
        if self.document is not None:
            self.document.check(tuple(self.places))

    def _check(self, rule: EditRule) -> None:
        """Spell the rule out once for the whole form, so that a mistake shows when it is loaded."""
        if rule.moved is not None:
            self._check_moved(rule.moved)
        everything = dict.fromkeys(self.places, True)
        bounds = bound_places(rule.each, rule.expression, everything)
        texts = rule.message.zh + rule.message.en
        if rule.each is None and ("{row}" in texts or "{column}" in texts):
            raise ValueError("{row} and {column} in the message need 'each'")
        for bound in bounds:
            sides = [bind(side, bound, everything) for side in (rule.comparison.left, rule.comparison.right)]
            named = [address for side in sides for address in operands(side)]
            if not named:
                raise ValueError("it names no cell")
            rounded = any(self.places[address].figures.rounded for address in named)
            straight = all(linear(side) is not None for side in sides)
            _check_kind(rule, is_rounded=rounded, is_linear=straight)

    def _check_moved(self, moved: Moved) -> None:
        """See that the other balance is there, and the parts of it."""
        if moved.balance not in {rule.id for rule in self.rules} or not self.places.keys() >= {*moved.cells}:
            raise ValueError("moved names a rule or a cell that this form doesn't have")


def _check_kind(rule: EditRule, *, is_rounded: bool, is_linear: bool) -> None:
    """See that a rule is what its kind says."""
    is_equation = rule.comparison.relation == "="
    if rule.kind == "balance" and is_rounded:
        raise ValueError("a balance has no rounded figures; make it a ratio")
    if rule.kind == "balance" and not (is_equation and is_linear):
        raise ValueError("a balance is a linear equation")
    if rule.kind == "ratio" and not is_equation:
        raise ValueError("a ratio is an equation")
