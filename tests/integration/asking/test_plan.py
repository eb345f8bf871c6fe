"""The plan of asking: it can be sent elsewhere, and whatever it says reaches the server."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cache.mode import Mode
from eval.gold.answers import answer_to, gold_rows
from eval.gold.cases import load_case
from extractor import Extraction, extract
from extractor.asking.options import Limits, Prices, WhoReads
from extractor.asking.plan import Asking
from extractor.commands.model_options import MODEL_OPTIONS, ModelOptions, with_model_options
from extractor.errors import SettingsError
from extractor.llm.protocol import Profile
from extractor.llm.settings import Settings
from extractor.result.steps import Action
from tests.helpers.loopback import Answer, Loopback, Seen, completion, error

CASE = load_case("luozhuang-2023")
ROWS = gold_rows(CASE)
PLAN = Asking(
    Settings("m", "http://127.0.0.1/v1", "sk-1", Profile.TOOLS, 5.0, 1, 0.5, 9.0, {"enable_thinking": False}),
    WhoReads.BOTH,
    Limits(9000, 7, 1, 8192, 4096),
    Prices(Decimal("0.5"), Decimal(2)),
    Mode.OFF,
    Path("replies"),
    text=False,
)
# What no option of the command line fills: how patiently a server is asked is no choice between results.
NOT_ON_THE_COMMAND_LINE = {"settings.retries", "settings.backoff", "settings.longest_wait", "cache_folder"}


def leaves(value: Any, path: str = "") -> dict[str, object]:
    """The fields of a plan by path, those of its parts in their place."""
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
    else:
        names = list(getattr(value, "_fields", ()))
    if not names:
        return {path: value}
    parts = (leaves(getattr(value, name), f"{path}.{name}".lstrip(".")) for name in names)
    return {path: leaf for part in parts for path, leaf in part.items()}


def plan_of(*arguments: str) -> Asking | None:
    """The plan that a command is given."""
    plans: list[Asking | None] = []
    app = typer.Typer()

    @app.command()
    @with_model_options()
    def keep(*, options: ModelOptions) -> None:
        plans.append(options.plan())

    CliRunner(env={"OPENAI_BASE_URL": None, "OPENAI_API_KEY": None, "GONGKAI_MODEL": None}).invoke(
        app, arguments, catch_exceptions=False, standalone_mode=False
    )
    return plans[0]


def gold(seen: Seen) -> Answer:
    """The right answer about the tables, and none about the text."""
    system, user = (message["content"] for message in seen.body["messages"])
    nothing = '{"wholes":[],"shares":[],"growths":[],"cells":[],"missed":[]}'
    return completion(nothing if "【1】" in user else json.dumps(answer_to(system, user, ROWS)))


def read(server: Loopback, folder: Path, *arguments: str) -> Extraction:
    """A report, read as the options of a command say."""
    plan = plan_of("--model", "a-model", "--base-url", server.url, "--reader", "model", *arguments)
    assert plan is not None
    (extraction,) = extract(CASE.path.read_bytes(), name=CASE.name, asking=replace(plan, cache_folder=folder))
    return extraction


# --- a value -------------------------------------------------------------------------------------------


def test_a_plan_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(PLAN)) == PLAN  # noqa: S301 - our own
    assert leaves(pickle.loads(pickle.dumps(PLAN))) == leaves(PLAN)  # noqa: S301


def test_a_plan_does_not_change() -> None:
    with pytest.raises(AttributeError):
        PLAN.text = True  # type: ignore[misc]


def test_no_field_of_this_plan_is_at_its_default() -> None:
    """So that the other tests see each of them."""
    plain = leaves(Asking(Settings("x", "http://x/v1")))
    assert {path for path, value in leaves(PLAN).items() if value == plain.get(path)} == set()


# --- the options of the command line ----------------------------------------------------------------------


def test_every_field_is_filled_by_an_option_or_named_here() -> None:
    filled = [option.fills for option in MODEL_OPTIONS.values()]
    assert len(set(filled)) == len(filled)
    assert {*filled, *NOT_ON_THE_COMMAND_LINE} == leaves(PLAN).keys()
    assert NOT_ON_THE_COMMAND_LINE.isdisjoint(filled)


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (["--model", "m"], "settings.model", "m"),
        (["--base-url", "http://h/v1"], "settings.base_url", "http://h/v1"),
        (["--api-key", "sk-1"], "settings.api_key", "sk-1"),
        (["--profile", "tools"], "settings.profile", Profile.TOOLS),
        (["--parameters", '{"a": 1}'], "settings.extra", {"a": 1}),
        (["--timeout", "5"], "settings.timeout", 5.0),
        (["--reader", "both"], "who_reads", WhoReads.BOTH),
        (["--no-text"], "text", False),
        (["--max-tokens", "9000"], "limits.tokens", 9000),
        (["--max-requests", "7"], "limits.requests", 7),
        (["--max-rounds", "0"], "limits.rounds", 0),
        (["--window", "8192"], "limits.window", 8192),
        (["--max-output", "4096"], "limits.output", 4096),
        (["--price-input", "0.5", "--price-output", "2"], "prices.input", Decimal("0.5")),
        (["--price-input", "0.5", "--price-output", "2"], "prices.output", Decimal(2)),
        (["--cache", "off"], "cache", Mode.OFF),
    ],
)
def test_an_option_fills_its_field_and_no_other(arguments: list[str], field: str, value: object) -> None:
    plain, given = (plan_of("--model", "x", "--base-url", "http://x/v1", *more) for more in ([], arguments))
    before, after = leaves(plain), leaves(given)
    assert after[field] == value
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == ({"prices.input", "prices.output"} if field.startswith("prices") else {field})


def test_without_a_model_there_is_no_plan() -> None:
    assert plan_of("--window", "8192") is None
    with pytest.raises(SettingsError, match="--reader both needs a model"):
        plan_of("--reader", "both")


def test_one_price_alone_is_refused() -> None:
    with pytest.raises(SettingsError, match="together"):
        plan_of("--model", "m", "--base-url", "http://h/v1", "--price-input", "1")


# --- what reaches the server ------------------------------------------------------------------------------

Reached = Callable[[Loopback, Extraction], object]


@pytest.mark.parametrize(
    ("arguments", "reached", "expected"),
    [
        ([], lambda server, _: server.bodies[0]["model"], "a-model"),
        ([], lambda server, _: server.seen[0].path, "/v1/chat/completions"),
        (["--api-key", "sk-1"], lambda server, _: server.seen[0].headers["authorization"], "Bearer sk-1"),
        (["--profile", "tools"], lambda server, _: "tools" in server.bodies[0], True),
        (["--parameters", '{"top_k": 3}'], lambda server, _: server.bodies[0]["top_k"], 3),
        (["--max-tokens", "6000"], lambda server, _: server.bodies[0]["max_tokens"] < 4000, True),
        (["--window", "2600"], lambda server, _: len(server.bodies) > 3, True),
        ([], lambda server, _: len(server.bodies), 2),
        (["--reader", "auto"], lambda server, _: len(server.bodies), 1),
        (["--no-text"], lambda server, _: len(server.bodies), 1),
        (["--max-requests", "1"], lambda server, _: len(server.bodies), 1),
        (["--price-input", "1000000", "--price-output", "0"], lambda _, read: read.usage.cost, 22),
    ],
)
def test_every_option_reaches_the_request(
    arguments: list[str], reached: Reached, expected: object, tmp_path: Path
) -> None:
    with Loopback(script=gold) as server:
        extraction = read(server, tmp_path, *arguments)
    assert reached(server, extraction) == expected


def test_the_rounds_are_how_often_what_is_refused_is_asked_for_again(tmp_path: Path) -> None:
    nothing = completion('{"rows":[],"zeros":[]}')
    numbers = []
    for rounds in ("0", "1"):
        with Loopback(nothing) as server:
            read(server, tmp_path / rounds, "--no-text", "--max-rounds", rounds)
        numbers.append(len(server.bodies))
    assert numbers == [1, 2]


def test_the_timeout_ends_an_attempt(tmp_path: Path) -> None:
    with Loopback(completion("{}")._replace(delay=1.6)) as server:
        plan = Asking(
            Settings("m", server.url, timeout=0.2, retries=1, backoff=0.0),
            WhoReads.MODEL,
            cache_folder=tmp_path,
            text=False,
        )
        (extraction,) = extract(CASE.path.read_bytes(), asking=plan)
    assert extraction.trace[-1].action is Action.STOPPED
    assert extraction.usage is not None
    assert extraction.usage.requests == 2


def test_a_server_that_asks_for_a_longer_wait_is_given_up(tmp_path: Path) -> None:
    busy = error(429, "slow down")._replace(headers=(("retry-after", "60"),))
    with Loopback(busy) as server:
        plan = Asking(
            Settings("m", server.url, longest_wait=1.0), WhoReads.MODEL, cache_folder=tmp_path, text=False
        )
        extract(CASE.path.read_bytes(), asking=plan)
        assert len(server.bodies) == 1


@pytest.mark.parametrize(("mode", "requests"), [(Mode.READ_WRITE, 2), (Mode.OFF, 4), (Mode.REPLAY, 2)])
def test_kept_replies_are_in_the_folder_and_used_as_the_mode_says(
    mode: Mode, requests: int, tmp_path: Path
) -> None:
    with Loopback(script=gold) as server:
        first = read(server, tmp_path, *(() if mode is Mode.REPLAY else ("--cache", mode)))
        again = read(server, tmp_path, "--cache", mode)
        assert len(server.bodies) == requests
    assert again == first
    assert any(tmp_path.iterdir()) == (mode is not Mode.OFF)
