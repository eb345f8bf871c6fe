"""The options by which a command is told which model to ask, and how; defined once for all commands.

An option says which field of the plan it fills; type and default are that field's.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, get_type_hints

import typer

from cache.mode import Mode
from extractor.asking.options import Limits, Prices, WhoReads
from extractor.asking.plan import Asking
from extractor.commands.cache import cache_warning
from extractor.commands.model_progress import ModelProgress
from extractor.errors import SettingsError
from extractor.llm.settings import Settings
from rules.words import Language

if TYPE_CHECKING:  # a command that asks no model starts without all that it takes to ask one
    from extractor.asking.reader import BlockingReader

R = TypeVar("R")


def price(text: str) -> Decimal:
    """A price, as an option gives it.

    Args:
        text: that was given.

    Raises:
        typer.BadParameter: if it is none.
    """
    try:
        given = Decimal(text)
    except InvalidOperation:
        given = Decimal("NaN")
    if not given.is_finite() or given < 0:
        raise typer.BadParameter(f"{text!r} is no price")
    return given


def _parameters(text: str) -> dict[str, Any]:
    try:
        parameters = json.loads(text)
    except ValueError:
        parameters = None
    if not isinstance(parameters, dict):
        raise typer.BadParameter(f"{text!r} is no JSON object")
    return parameters


class ModelOption(NamedTuple):
    """An option of the command line.

    Attributes:
        fills: the field of the plan, by its path: ``limits.tokens``.
        declared: what Typer is told of it.
    """

    fills: str
    declared: Any


def _option(fills: str, *names: str, help: str, **more: Any) -> ModelOption:  # noqa: A002
    return ModelOption(fills, typer.Option(*names, help=help, rich_help_panel=None, **more))


# By the name of the command's parameter, in the order in which help lists them.
MODEL_OPTIONS = {
    "model": _option(
        "settings.model", "--model", envvar="GONGKAI_MODEL", help="The model to ask; none: by layout only."
    ),
    "base_url": _option(
        "settings.base_url",
        "--base-url",
        envvar="OPENAI_BASE_URL",
        help="Where its server is.  [default: OpenAI]",
    ),
    "api_key": _option(
        "settings.api_key",
        "--api-key",
        envvar="OPENAI_API_KEY",
        show_envvar=True,
        help="Its key; better given in the environment, where no process list shows it.",
    ),
    "profile": _option(
        "settings.profile", "--profile", help="How its server is asked for JSON.  [default: found out once]"
    ),
    "parameters": _option(
        "settings.extra",
        "--parameters",
        parser=_parameters,
        metavar="JSON",
        help='Of this server only, sent as they are: {"enable_thinking": false}.',
    ),
    "reader": _option(
        "who_reads",
        "--reader",
        help="auto: the model reads what the layout can't; or everything; or both do.",
    ),
    "text": _option("text", "--text/--no-text", help="Whether it reads the numbers of the free text, too."),
    "max_tokens": _option(
        "limits.tokens", "--max-tokens", min=1, help="The most tokens to spend on a report."
    ),
    "max_output": _option(
        "limits.output", "--max-output", min=256, help="The most tokens of one answer, its thoughts included."
    ),
    "max_requests": _option(
        "limits.requests", "--max-requests", min=1, help="The most requests to make for a report."
    ),
    "max_rounds": _option(
        "limits.rounds",
        "--max-rounds",
        min=0,
        help="How often to read again what is refused or suspected.",
    ),
    "window": _option(
        "limits.window",
        "--window",
        min=1024,
        help="The model's context, in tokens; longer reports are split.",
    ),
    "timeout": _option("settings.timeout", "--timeout", min=1, help="Seconds that one request may take."),
    "price_input": _option(
        "prices.input", "--price-input", parser=price, metavar="PRICE", help="Of a million tokens sent."
    ),
    "price_output": _option(
        "prices.output",
        "--price-output",
        parser=price,
        metavar="PRICE",
        help="Of a million tokens received.",
    ),
    "cache": _option("cache", "--cache", help="What kept replies are used for; replay asks nothing anew."),
}
# In a batch, --timeout is that of a file.
BATCH_MODEL_OPTIONS = {name: option for name, option in MODEL_OPTIONS.items() if name != "timeout"} | {
    "request_timeout": _option(
        "settings.timeout", "--request-timeout", min=1, help="Seconds that one request may take."
    )
}
# The fields of the plan that are values with fields of their own.
_PARTS: dict[str, type] = {"": Asking, "settings": Settings, "limits": Limits, "prices": Prices}


@dataclass(frozen=True)
class ModelOptions:
    """What was given on the command line or in the environment; no model, unless one is named.

    Attributes:
        given: the values, by the path of the field of the plan that they fill; None for what isn't given.
    """

    given: Mapping[str, Any]

    def but(self, values: Mapping[str, object]) -> ModelOptions:
        """The same with other values.

        Args:
            values: by the path of the field of the plan.
        """
        return ModelOptions({**self.given, **values})

    def plan(self) -> Asking | None:
        """How to ask the model; None if none is named.

        Raises:
            SettingsError: if something that was given can't be used.
        """
        parts: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
        for path, value in self.given.items():
            part, _, name = path.rpartition(".")
            if value is not None:
                parts[part][name] = value
        settings, limits, prices, plan = (parts[part] for part in ("settings", "limits", "prices", ""))
        if "model" not in settings:
            reader = plan.get("who_reads", WhoReads.AUTO)
            if reader is not WhoReads.AUTO:
                raise SettingsError(
                    f"--reader {reader} 需要模型。请用 --model 或 GONGKAI_MODEL 指定。",
                    f"--reader {reader} needs a model; name one with --model or GONGKAI_MODEL",
                )
            return None
        if len(prices) == 1:
            raise SettingsError(
                "--price-input 和 --price-output 要一起给出。",
                "give --price-input and --price-output together",
            )
        return Asking(
            settings=Settings(**settings),
            limits=Limits(**limits),
            prices=Prices(**prices) if prices else None,
            **plan,
        )

    @contextmanager
    def opened(self, language: Language) -> Iterator[BlockingReader | None]:
        """A reader that asks the model, for all files of a command; None if none is named.

        Args:
            language: in which the user is told what is being done, and what is wrong.

        Raises:
            SettingsError: if something that was given can't be used.
        """
        plan = self.plan()
        if plan is None:
            yield None
            return
        with (
            ModelProgress(language, keeps=plan.cache is not Mode.OFF) as progress,
            plan.reading(
                on_step=progress.on_step,
                on_kept=progress.on_kept,
                on_problem=cache_warning(language),
                on_wait=progress.on_wait,
            ) as reader,
        ):
            yield reader


def with_model_options(
    *, several: bool = False, options: Mapping[str, ModelOption] = MODEL_OPTIONS
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command options about a model; it gets them as its argument ``options``.

    Args:
        several: whether the command names models itself, as it can ask more than one.
        options: by the names of parameters.
    """
    chosen = {name: option for name, option in options.items() if name != "model" or not several}
    return partial(_with_options, options=chosen)


def _with_options(command: Callable[..., R], *, options: Mapping[str, ModelOption]) -> Callable[..., R]:
    kept = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(command, eval_str=True).parameters.items()
        if name != "options"
    ]
    added = [_parameter(name, option) for name, option in options.items()]

    @wraps(command)
    def wrapped(**given: Any) -> R:
        filled = {option.fills: given.pop(name) for name, option in options.items()}
        return command(**given, options=ModelOptions(filled))

    signature = inspect.signature(command, eval_str=True).replace(parameters=[*kept, *added])
    wrapped.__signature__ = signature  # type: ignore[attr-defined]
    return wrapped


def _parameter(name: str, option: ModelOption) -> inspect.Parameter:
    """A parameter of a command, with the type and the default of the field that it fills."""
    part, _, field = option.fills.rpartition(".")
    owner = _PARTS[part]
    kind, default = get_type_hints(owner)[field], _defaults(owner).get(field)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind if default is not None else kind | None, option.declared],
    )


def _defaults(owner: Any) -> dict[str, Any]:
    """The defaults of a class's fields, as far as they are plain values."""
    if is_dataclass(owner):
        return {field.name: field.default for field in fields(owner) if field.default is not MISSING}
    return dict(owner._field_defaults)
