"""The options by which a command is told which model to ask, and how; defined once for all commands."""

from __future__ import annotations

import inspect
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer

from cache.mode import Mode
from extractor.commands.cache import cache_warning
from extractor.commands.language import note
from extractor.errors import SettingsError
from extractor.layout.reading import Reader
from extractor.llm.protocol import Profile, Usage
from extractor.result.steps import Action, Step
from rules.words import Language

if TYPE_CHECKING:  # a command that asks no model starts without all that it takes to ask one
    from extractor.asking.plan import Asking

R = TypeVar("R")

_STAGES = frozenset({Action.ASKED, Action.SUSPECTED})
_TROUBLES = frozenset({Action.FAILED, Action.STOPPED})


def _price(text: str) -> Decimal:
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or price < 0:
        raise typer.BadParameter(f"{text!r} is no price")
    return price


def _parameters(text: str) -> dict[str, Any]:
    try:
        parameters = json.loads(text)
    except ValueError:
        parameters = None
    if not isinstance(parameters, dict):
        raise typer.BadParameter(f"{text!r} is no JSON object")
    return parameters


def _option(*names: str, help: str, **more: Any) -> Any:  # noqa: A002
    return typer.Option(*names, help=help, rich_help_panel=None, **more)


@dataclass(frozen=True)
class ModelOptions:
    """What was given on the command line or in the environment; no model, unless one is named."""

    model: Annotated[
        str | None, _option("--model", envvar="GONGKAI_MODEL", help="The model to ask; none: by layout only.")
    ] = None
    base_url: Annotated[
        str | None,
        _option("--base-url", envvar="OPENAI_BASE_URL", help="Where its server is.  [default: OpenAI]"),
    ] = None
    api_key: Annotated[
        str | None,
        _option(
            "--api-key",
            envvar="OPENAI_API_KEY",
            show_envvar=True,
            help="Its key; better given in the environment, where no process list shows it.",
        ),
    ] = None
    profile: Annotated[
        Profile | None,
        _option("--profile", help="How its server is asked for JSON.  [default: found out once]"),
    ] = None
    parameters: Annotated[
        dict[str, Any] | None,
        _option(
            "--parameters",
            parser=_parameters,
            metavar="JSON",
            help='Of this server only, sent as they are: {"enable_thinking": false}.',
        ),
    ] = None
    reader: Annotated[
        Reader,
        _option("--reader", help="auto: the model reads what the layout can't; or everything; or both do."),
    ] = Reader.AUTO
    text: Annotated[
        bool, _option("--text/--no-text", help="Whether it reads the numbers of the free text, too.")
    ] = True
    max_tokens: Annotated[
        int | None, _option("--max-tokens", min=1, help="The most tokens to spend on a report.")
    ] = None
    max_requests: Annotated[
        int | None, _option("--max-requests", min=1, help="The most requests to make for a report.")
    ] = None
    max_rounds: Annotated[
        int, _option("--max-rounds", min=0, help="How often to read again what is refused or suspected.")
    ] = 2
    window: Annotated[
        int, _option("--window", min=1024, help="The model's context, in tokens; longer reports are split.")
    ] = 32768
    timeout: Annotated[float, _option("--timeout", min=1, help="Seconds that one request may take.")] = 300.0
    price_input: Annotated[
        Decimal | None,
        _option("--price-input", parser=_price, metavar="PRICE", help="Of a million tokens sent."),
    ] = None
    price_output: Annotated[
        Decimal | None,
        _option("--price-output", parser=_price, metavar="PRICE", help="Of a million tokens received."),
    ] = None
    cache: Annotated[
        Mode, _option("--cache", help="What kept replies are used for; replay asks nothing anew.")
    ] = Mode.READ_WRITE

    def asking(self, language: Language) -> Asking | None:
        """How to ask the model; None if none is named.

        Raises:
            SettingsError: if something that was given can't be used.
        """
        if self.model is None:
            if self.reader is not Reader.AUTO:
                raise SettingsError(
                    f"--reader {self.reader} 需要模型。请用 --model 或 GONGKAI_MODEL 指定。",
                    f"--reader {self.reader} needs a model; name one with --model or GONGKAI_MODEL",
                )
            return None
        from extractor.asking.plan import Asking
        from extractor.asking.session import Limits, Prices
        from extractor.llm.settings import Settings

        if (self.price_input is None) != (self.price_output is None):
            raise SettingsError(
                "--price-input 和 --price-output 要一起给出。",
                "give --price-input and --price-output together",
            )
        prices = None
        if self.price_input is not None and self.price_output is not None:
            prices = Prices(self.price_input, self.price_output)
        return Asking(
            Settings(
                self.model,
                self.base_url,
                self.api_key,
                self.profile,
                timeout=self.timeout,
                extra=self.parameters or {},
            ),
            self.reader,
            Limits(self.max_tokens, self.max_requests, self.max_rounds, self.window),
            prices,
            self.cache,
            on_step=_telling(language),
            on_problem=cache_warning(language),
            text=self.text,
        )


def with_model_options(*, several: bool = False) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command the options of :class:`ModelOptions`; it gets them as its argument ``options``.

    Args:
        several: whether the command names models itself, as it can ask more than one.
    """
    return partial(_with_options, several=several)


def _with_options(command: Callable[..., R], *, several: bool) -> Callable[..., R]:
    types = get_type_hints(ModelOptions, include_extras=True)
    own = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=types[field.name]
        )
        for field in fields(ModelOptions)
        if field.name != "model" or not several
    ]
    kept = [parameter for name, parameter in own.parameters.items() if name != "options"]

    @wraps(command)
    def wrapped(**given: Any) -> R:
        chosen = {option.name: given.pop(option.name) for option in options}
        return command(**given, options=ModelOptions(**chosen))

    positional = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in kept]
    wrapped.__signature__ = own.replace(parameters=[*positional, *options])  # type: ignore[attr-defined]
    return wrapped


def _telling(language: Language) -> Callable[[Step, Usage], None]:
    """Tell on standard error what is being done, if a person watches; what goes wrong, in any case."""
    start, watched = time.monotonic(), sys.stderr.isatty()

    def tell(step: Step, usage: Usage) -> None:
        words = step.message
        if step.action in _TROUBLES:
            note(language, f"gongkai: {words.zh}", f"gongkai: {words.en}")
        elif watched and step.action in _STAGES:
            spent = usage.input_tokens + usage.output_tokens
            seconds = round(time.monotonic() - start)
            note(
                language,
                f"gongkai: {words.zh}（{seconds} 秒，{spent} token）",
                f"gongkai: {words.en} ({seconds} s, {spent} tokens)",
            )

    return tell
