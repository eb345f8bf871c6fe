"""A simulated model: it knows what a generated report prints, and errs as it is told to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from eval.simulation.mapping import LeftRowAnswers, MappingAnswers
from eval.simulation.slips import Answer, Said, Setting, Slip, slipped
from eval.zoo.generation import INSTRUCTIONS, FlatLayout, GeneratedReport
from extractor.asking.numbered_lines import SEPARATOR, NumberedLines
from extractor.asking.schemas import (
    NONE,
    OTHER,
    OWN,
    ColumnsReply,
    LabelsReply,
    MappingReply,
    OwnersReply,
)
from extractor.documents.document import Document
from extractor.llm.protocol import Finish, Profile, Reply, Request, Traffic
from extractor.llm.tightening import schema_text
from extractor.text.figures import is_zero

if TYPE_CHECKING:
    from pydantic import BaseModel

_MOST_SLIPS = 4
# How often two columns are exchanged where it is asked about a header.
_EXCHANGED = 0.5
# prompts/rows.md has no use for a list of zeros.
_NO_ZEROS = '"zeros":[]}'
_WHOLE = (Slip.MALFORMED, Slip.TRUNCATED)
# Errors that need an answer of another kind.
_NOT_OF_SERIES = (Slip.INJECTED, Slip.EXAMPLE, Slip.TRUNCATED)


class SimulatedModel:
    """Answers from gold, with errors that depend on the seed and the question alone.

    Attributes:
        document, lines: what it is shown.
        slips: the errors in its first answer.
        wrong: the cells that its first answer has wrong or leaves out, and the error that did it.
    """

    name = "simulated"
    profile = Profile.JSON_SCHEMA

    def __init__(
        self,
        report: GeneratedReport,
        document: Document,
        seed: int,
        *,
        kinds: Sequence[Slip] = tuple(Slip),
        again: float = 0.25,
    ) -> None:
        """
        Args:
            report: what it is asked about.
            document: the report as the program reads it; what is sent has its line numbers.
            seed: of its errors.
            kinds: of errors that it makes; none, and it is perfect.
            again: the share of its later answers that have an error too.
        """
        self.slips: list[Slip] = []
        self.wrong: dict[str, Slip] = {}
        self._report = report
        self.document = document
        self.lines = NumberedLines(document)
        self._seed = seed
        self._kinds = kinds
        self._again = again
        self._first: Request | None = None
        self._units = _units(report)

    async def ask(self, request: Request) -> Reply:
        """Answer."""
        if issubclass(request.schema, ColumnsReply):
            return self._said_of_header(request)
        if issubclass(request.schema, MappingReply):
            return self._said_of_lines(request)
        if issubclass(request.schema, LabelsReply):
            return self._said_of_labels(request)
        if issubclass(request.schema, OwnersReply):
            return self._said_of_owners(request)
        self._first = self._first or request
        is_first = request.messages == self._first.messages
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        shown = [line.partition(" ") for line in request.messages[-1].content.split("\n")]
        setting = Setting(
            rng,
            {name: self._other_year(name) for name in self._units},
            [int(number) for number, _, _ in shown],
            any(words in text for _, _, text in shown for words in INSTRUCTIONS),
        )
        names = names_asked_for(request.schema)
        right = self._right(names, frozenset(setting.lines), spelled=_NO_ZEROS in request.messages[0].content)
        count = rng.randint(1, _MOST_SLIPS) if is_first else int(rng.random() < self._again)
        answer = self._with_slips(right, count, setting, is_first=is_first)
        return _reply(answer, answer.text())

    def _said_of_header(self, request: Request) -> Reply:
        """The form's own labels in its order, whatever the header says; at times two names are exchanged.

        Who makes no mistake says nothing: what the header says isn't known.
        """
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        named = set(
            json.loads(schema_text(request.schema))["$defs"]["Column"]["properties"]["column"]["enum"]
        )
        blocks = [block for _, block in self._report.form.blocks.values()]
        columns = next(b.columns for b in blocks if {one.id for one in b.columns} <= named)
        names = [one.id for one in columns]
        if rng.random() < _EXCHANGED:
            a, b = rng.sample(range(len(names)), 2)
            names[a], names[b] = names[b], names[a]
        said = [{"column": name, "words": [one.label]} for name, one in zip(names, columns, strict=True)]
        text = json.dumps({"columns": said if self._kinds else []}, ensure_ascii=False)
        return Reply(text, "stop", Traffic(requests=1, is_estimated=True))

    def _said_of_labels(self, request: Request) -> Reply:
        """The lines that are asked about by their order, whatever their labels say; at times mixed.

        Who makes no mistake says nothing: what the labels say isn't known.
        """
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        label = json.loads(schema_text(request.schema))["$defs"]["Label"]["properties"]["row"]
        names = [one for one in label["enum"] if one != NONE and one in self._units]
        asked = [int(number) for number in request.messages[0].content.rpartition("：")[2].split("、")]
        order = list(self._units)
        names = sorted(names, key=order.index) if self._kinds else []
        if rng.random() < _EXCHANGED:
            rng.shuffle(names)
        text = json.dumps(
            {
                "labels": [
                    {"line": number, "words": self._label_on(number), "row": name}
                    for number, name in zip(asked, names, strict=False)
                ]
            },
            ensure_ascii=False,
        )
        return Reply(text, "stop", Traffic(requests=1, is_estimated=True))

    def _said_of_owners(self, request: Request) -> Reply:
        """One of the tables by chance, and of each some words that are shown with it.

        Who makes no mistake says nothing: nothing above these tables says whose they are.
        """
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        _, *shown = request.messages[-1].content.split("\n【")
        own = rng.randrange(len(shown))
        said = [
            {"table": i + 1, "of": OWN if i == own else OTHER, "words": rng.choice(lines.split("\n")[1:])}
            for i, lines in enumerate(shown)
        ]
        text = json.dumps({"tables": said if self._kinds else []}, ensure_ascii=False)
        return Reply(text, "stop", Traffic(requests=1, is_estimated=True))

    def _label_on(self, number: int) -> str:
        line = self.lines.numbered(number)
        return line.text.partition(SEPARATOR)[0] if line is not None else ""

    def _said_of_lines(self, request: Request) -> Reply:
        """Where the rows, columns and figures of a table are, or those of its open rows."""
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        shown = frozenset(int(line.partition(" ")[0]) for line in request.messages[-1].content.split("\n"))
        count = rng.randint(1, _MOST_SLIPS) if self._kinds else 0
        kinds = [kind for kind in self._kinds if kind not in _NOT_OF_SERIES]
        if isinstance(self._report.layout, FlatLayout):
            text = MappingAnswers(self._report, self.lines).answer(shown, rng, kinds, count)
        else:
            members = json.loads(schema_text(request.schema))["$defs"]["Series"]["properties"]
            names = frozenset(members["name"]["enum"]) - {NONE}
            text = LeftRowAnswers(self._report, self.lines).answer(names, shown, rng, kinds, count)
        return Reply(text, "stop", Traffic(requests=1, is_estimated=True))

    async def ask_for_everything(self, request: Request) -> Reply:
        """Answer with one nested object of the whole form, as the reference reading asks for it."""
        self._first = self._first or request
        is_first = request.messages == self._first.messages
        rng = Random(f"{self._seed}\n{request.messages}")  # noqa: S311  # no secret
        units: dict[tuple[str, ...], str] = {}
        for name, addresses in self._units.items():
            units.setdefault(addresses, name)
        names = list(units.values())
        lines = [line.number for line in self.lines]
        is_instructed = any(words in self._report.text for words in INSTRUCTIONS)
        setting = Setting(rng, {name: self._other_year(name) for name in names}, lines, is_instructed)
        right = self._right(names, frozenset(lines), spelled=True)
        count = rng.randint(1, _MOST_SLIPS) if is_first else int(rng.random() < self._again)
        answer = self._with_slips(right, count, setting, is_first=is_first)
        return _reply(answer, answer.arriving(self._nested(answer)))

    def _nested(self, answer: Answer) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for said in answer.said:
            for address, printed in zip(self._units.get(said.name, ()), said.cells, strict=False):
                *path, last = address.split(".")
                level = tree
                for part in path:
                    level = level.setdefault(part, {})
                number = number_of(printed)
                level[last] = float(number) if isinstance(number, Decimal) else number
        return tree

    # --- the right answer ----------------------------------------------------------------------------

    def _right(self, names: Sequence[str], shown: frozenset[int], *, spelled: bool) -> Answer:
        """What the lines shown print of these rows; rows of zeros in short, unless spelled out."""
        said = []
        for name in names:
            # A row that the page hasn't can be asked for where its labels are misread.
            cells = [self._report.cells[address] for address in self._units.get(name, ())]
            starts = [cell.start for cell in cells if cell.start is not None]
            line = self.lines.at(starts[0]) if starts else None
            if line is None or line.number not in shown or not line.start <= starts[0] <= line.end:
                continue
            printed = tuple(cell.printed for cell in cells)
            in_short = not spelled and not cells[0].is_torn and all(map(is_zero, printed))
            said.append(Said(name, line.number, printed, as_zeros=in_short))
        return Answer(said)

    def _other_year(self, name: str) -> tuple[str, ...]:
        return tuple(self._report.other_year[address] for address in self._units[name])

    # --- errors --------------------------------------------------------------------------------------

    def _with_slips(self, right: Answer, count: int, setting: Setting, *, is_first: bool) -> Answer:
        """The answer with so many errors, each of another kind."""
        answer = right
        kinds = setting.rng.sample(self._kinds, len(self._kinds))
        while count and kinds:
            slip = kinds.pop()
            changed = slipped(answer, slip, setting)
            if changed is None:
                continue
            answer, count = changed, count - 1
            if is_first and slip not in self.slips:
                self.slips.append(slip)
                for address in self._wrong(right, answer, whole=slip in _WHOLE):
                    self.wrong.setdefault(address, slip)
        return answer

    def _wrong(self, right: Answer, answer: Answer, *, whole: bool) -> list[str]:
        """The cells that an answer has otherwise, or elsewhere, or not at all; of a spoilt one, all."""
        said: dict[str, list[Said]] = {}
        for one in answer.said:
            said.setdefault(one.name, []).append(one)
        wrong = []
        for one in right.said:
            mine = said.get(one.name, [])
            is_there = not whole and len(mine) == 1 and mine[0].line == one.line
            cells = mine[0].cells if is_there and len(mine[0].cells) == len(one.cells) else ()
            same = (
                [a == b for a, b in zip(one.cells, cells, strict=True)] if cells else [False] * len(one.cells)
            )
            wrong += [a for a, is_same in zip(self._units[one.name], same, strict=True) if not is_same]
        return wrong


def _reply(answer: Answer, text: str) -> Reply:
    finish: Finish = "length" if answer.length is not None else "stop"
    return Reply(text, finish, Traffic(requests=1, is_estimated=True))


def _units(report: GeneratedReport) -> dict[str, tuple[str, ...]]:
    """The addresses of what can be asked for at a time, by the name that it is asked for by."""
    units: dict[str, tuple[str, ...]] = {}
    for (table, block), rows in report.form.addressed_rows.items():
        own = [(row.id, addresses) for row, addresses in rows if addresses[0] in report.cells]
        if report.form.blocks[table, block][1].orientation == "wide":
            own = [(block, tuple(address for _, addresses in own for address in addresses))]
        for name, addresses in own:
            units[name] = units[f"{table}.{name}"] = addresses
    return units


@lru_cache(maxsize=256)
def names_asked_for(schema: type[BaseModel]) -> tuple[str, ...]:
    """The rows that a reply of this schema may be about."""
    row = json.loads(schema_text(schema))["$defs"]["Row"]["properties"]["row"]
    return tuple(row["enum"] if "enum" in row else [row["const"]])


def number_of(printed: str) -> int | Decimal:
    """What a figure comes to, 0 for a blank or a mark, without converting units."""
    text = re.sub(r"[,，\s]|万?元$", "", printed).replace("增", "").replace("减", "-").lstrip("+")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return 0
    return int(number) if number == number.to_integral_value() else number.normalize()
