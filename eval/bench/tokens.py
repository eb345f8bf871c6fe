"""What reading with a model costs in tokens, counted with o200k where it is at hand.

Input is all that is sent, the schema included; output is the right answer, which decodes to every cell of
the gold (``tests/integration/asking/test_model_reading.py`` decodes it).
"""

from __future__ import annotations

import asyncio

from eval.gold.answers import Answer, answer_to, as_text, gold_rows
from eval.gold.cases import Case, all_cases
from eval.servers import vocabulary
from extractor.asking.options import WhoReads
from extractor.asking.plan import Asking
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.llm.settings import Settings
from extractor.llm.tightening import schema_text
from extractor.llm.tokens import Counter, counter

# Whose sum is compared with what other ways of asking take.
_COMPARED = ("longting-2023", "luodian-2019", "luozhuang-2023", "panzhihua-xiqu-2022", "yiyuan-2023")
# The block whose rows stand on one line.
_WIDE = ("disputes",)
_MOST_INPUT, _MOST_OUTPUT, _MOST_REPAIR = 24_000, 3_600, (700, 60)


class _Counted:
    """A model that answers rightly, but for one cell of its first answer if it is told so."""

    name = "counted"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, case: Case, tokens: Counter, *, slip: bool) -> None:
        self.spent: list[tuple[int, int, int]] = []
        self._rows = gold_rows(case)
        self._tokens = tokens
        self._slip = slip

    async def ask(self, request: Request) -> Reply:
        system, user = request.messages
        answer = answer_to(system.content, user.content, self._rows)
        if self._slip and not self.spent:
            _misread_one_cell(answer)
        schema = schema_text(request.schema)
        sent = self._tokens.count_request(request.messages, schema)
        constant = self._tokens.count_request([system], schema)
        text = as_text(answer)
        self.spent.append((sent, constant, self._tokens.count(text)))
        return Reply(text, "stop", Traffic(1, sent, self.spent[-1][2]))


class _NothingKept:
    def get(self, key: str) -> str | None:  # noqa: ARG002 - as the protocol has it
        return None

    def put(self, key: str, value: str) -> None:
        pass


def _misread_one_cell(answer: Answer) -> None:
    next(row["cells"] for row in answer["rows"] if row["row"] not in _WIDE)[0] += "1"


def _spent(
    case: Case, reader: WhoReads, tokens: Counter, *, slip: bool = False
) -> list[tuple[int, int, int]]:
    """Of each question: what is sent, how much of it is the same for every report, what comes back."""
    model = _Counted(case, tokens, slip=slip)
    asked = Asking(Settings("none", "http://127.0.0.1"), reader, text=False).with_model(model, _NothingKept())
    asyncio.run(asked.extract(case.path.read_bytes(), name=case.name))
    return model.spent


def main() -> None:
    """Print the table."""
    vocabulary.use()
    tokens = counter()
    print(f"\ntokens of reading with a model, counted by {tokens.name}; repair: of one wrong cell")
    heads = ("input", "constant", "output", "auto in", "auto out", "repair in", "repair out")
    print(f"{'report':<22}" + "".join(f"{head:>11}" for head in heads))
    sums = [0, 0, 0]
    for case in all_cases():
        tables = _spent(case, WhoReads.MODEL, tokens)
        auto = _spent(case, WhoReads.AUTO, tokens)
        _, repair = _spent(case, WhoReads.MODEL, tokens, slip=True)
        whole = [sum(one[i] for one in tables) for i in range(3)]
        row = [
            whole[0],
            f"{whole[1] / whole[0]:.0%}",
            whole[2],
            sum(a[0] for a in auto),
            sum(a[2] for a in auto),
        ]
        print(f"{case.name:<22}" + "".join(f"{value:>11}" for value in [*row, repair[0], repair[2]]))
        if case.name in _COMPARED:
            sums = [a + b for a, b in zip(sums, whole, strict=True)]
    share = f"{sums[1] / sums[0]:.0%}"
    print(f"{'the five text reports':<22}{sums[0]:>11}{share:>11}{sums[2]:>11}")
    print(
        f"at most {_MOST_INPUT} in and {_MOST_OUTPUT} out for the five, narrative included; "
        f"a repair at most {_MOST_REPAIR[0]} in and {_MOST_REPAIR[1]} out"
    )


if __name__ == "__main__":
    main()
