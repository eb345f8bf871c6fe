"""What a server's refusal means, and what to say of it."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import NamedTuple

from extractor.errors import SettingsError, TooLongError, UnavailableError

# Models of today have no shorter context.
_SHORTEST_CONTEXT = 512
_LONGEST_QUOTE, _LONGEST_WORDS = 200, 4000
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "arrearage"})
_NO_KEY = frozenset(
    {"invalid_api_key", "invalid_authentication", "authentication_error", "permission_denied"}
)
_FILTERED = frozenset({"content_filter", "content_policy_violation", "data_inspection_failed"})
_BUSY = frozenset({408, 409, 425, 429})
_NO_MODEL = re.compile(
    r"model\b.{0,120}?(not (be )?found|not exist|not available|no access|not have access)"
    r"|(unknown|invalid|no such) model",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context[ _](length|window|size)|input length|prompt is too long|too many (input )?tokens", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"response_format|json_schema|json_object|structured|tool|function|param", re.IGNORECASE
)
_NOT_BOUGHT = re.compile(
    r"unpurchased|not purchased|access to (the )?model"
    r"|model\b.{0,80}?(access|activat|subscri|eligib|permission)",
    re.IGNORECASE,
)
# A number of tokens that a server states as the most that its model's context has.
_LIMIT = re.compile(
    r"(?:context(?: length| size| window)?|maximum|max_model_len|n_ctx|limit(?:ed)?)\D{0,40}?(\d{3,7})\b",
    re.IGNORECASE,
)
_THINKING = re.compile(r"enable_thinking", re.IGNORECASE)
_NO_KEY_WORDS = re.compile(r"api[ _-]?key", re.IGNORECASE)
_TOKEN = re.compile(r"\b(sk|key)-[\w*.-]{6,}|\bBearer\s+\S+")


class Kind(Enum):
    """What a complaint is about."""

    BUSY = auto()
    MONEY = auto()
    ACCESS = auto()
    KEY = auto()
    MODEL = auto()
    LENGTH = auto()
    FILTER = auto()
    PARAMETER = auto()
    ADDRESS = auto()


class Complaint(NamedTuple):
    """What a server answered in place of a reply.

    Attributes:
        status: of HTTP; where an error came with 200, the one that it should have had.
        code: its own code, in lower case.
        parameter: the parameter that it names.
        words: its own words, without the key, on one line.
        wait: for how many seconds it asks to be left alone.
    """

    status: int
    code: str = ""
    parameter: str = ""
    words: str = ""
    wait: float | None = None

    @property
    def kind(self) -> Kind:
        """What it is about: the first of the kinds that it is like."""
        return next((kind for kind, is_like in _LIKE.items() if is_like(self)), Kind.ADDRESS)


# In this order: a status of many meanings is read after the codes that have one, and before words.
_LIKE: dict[Kind, Callable[[Complaint], bool]] = {
    Kind.MONEY: lambda said: said.status == 402 or said.code in _NO_MONEY,
    Kind.FILTER: lambda said: said.code in _FILTERED,
    Kind.BUSY: lambda said: said.status in _BUSY or (said.status >= 500 and said.status != 501),
    # As Alibaba says of a model that the account hasn't activated.
    Kind.ACCESS: lambda said: said.status == 403 and bool(_NOT_BOUGHT.search(f"{said.code} {said.words}")),
    Kind.KEY: lambda said: (
        said.status in (401, 403) or said.code in _NO_KEY or bool(_NO_KEY_WORDS.search(said.words))
    ),
    Kind.MODEL: lambda said: said.code == "model_not_found" or bool(_NO_MODEL.search(said.words)),
    Kind.LENGTH: lambda said: (
        said.status == 413 or said.code == "context_length_exceeded" or bool(_TOO_LONG.search(said.words))
    ),
    # Gateways say 404 of a parameter that no server behind them knows; others, of a wrong address.
    Kind.PARAMETER: lambda said: (
        said.status in (400, 422, 501) or (said.status == 404 and bool(_PARAMETER.search(said.words)))
    ),
}


def complaint(status: int, body: object, *, secret: str | None, retry_after: str | None = None) -> Complaint:
    """Read an error in any of the shapes in which servers send one.

    Args:
        status: of HTTP.
        body: what its JSON says, or its text where it isn't JSON.
        secret: the key, which must not be in the words.
        retry_after: the header of this name, a number of seconds or a date.
    """
    error = _error_in(body)
    fields = error if isinstance(error, dict) else {}
    codes = [str(fields[name]).lower() for name in ("code", "type") if fields.get(name) is not None]
    known = next((code for code in codes if code in _NO_MONEY | _NO_KEY | _FILTERED), None)
    return Complaint(
        status=_status(codes) if status == 200 else status,
        code=known or next(iter(codes), ""),
        parameter=str(fields.get("param") or ""),
        words=scrubbed(_words_of(error), secret)[:_LONGEST_WORDS],
        wait=seconds(retry_after),
    )


def _error_in(body: object) -> object:
    """The error itself, without what is put around it."""
    if isinstance(body, list) and body:  # as Google's
        body = body[0]
    return body.get("error", body) if isinstance(body, dict) else body


def _words_of(error: object) -> str:
    """What an error says for people; all of it where that isn't set apart."""
    words = error
    if isinstance(error, dict):
        words = next((error[name] for name in ("message", "detail", "msg") if name in error), error)
    if words is None:
        return ""
    if isinstance(words, str):
        # A page of HTML says nothing that helps.
        return "" if words.lstrip().startswith("<") else words
    # FastAPI sends a list of what is wrong, and where.
    return json.dumps(words, ensure_ascii=False)


def _status(codes: list[str]) -> int:
    """The status that an error sent with 200 should have had; 502 if it doesn't say."""
    for code in codes:
        if code.isdecimal() and 400 <= int(code) < 600:
            return int(code)
        if code in _NO_KEY:
            return 401
        if code in _NO_MONEY or "rate_limit" in code:
            return 429
        if code in _FILTERED or "invalid" in code or "not_found" in code or "badrequest" in code:
            return 400
    return 502


def seconds(retry_after: str | None) -> float | None:
    """The seconds that a ``Retry-After`` header asks for, from a number or a date; None if it is neither."""
    if retry_after is None:
        return None
    try:
        wait = float(retry_after)
    except ValueError:
        try:
            wait = parsedate_to_datetime(retry_after).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(wait, 0.0) if math.isfinite(wait) else None


def scrubbed(words: str, secret: str | None) -> str:
    """A server's words on one line, without control characters and without anything like a key.

    Args:
        words: as they came.
        secret: the key itself; None if there is none.
    """
    if secret:
        words = words.replace(secret, "***")
    words = _TOKEN.sub("***", words)
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def quoted(words: str) -> str:
    """A server's words, to stand at the end of a message."""
    return f" [{_shortened(words)}]" if words else ""


def shown(words: str, secret: str | None) -> str:
    """A model's words as they may stand in a message: on one line, harmless, and not too many.

    Args:
        words: as they came.
        secret: the key itself; None if there is none.
    """
    return _shortened(scrubbed(words, secret))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"


_SETTINGS = {
    Kind.MONEY: (
        "模型服务拒绝：额度或余额不足；请充值或换一个账户",
        "the model's server refuses: no quota or balance is left; top up, or use another account",
    ),
    Kind.ACCESS: (
        "这个账户不能使用模型 {model}（密钥没有问题）；请在服务商处开通，或换一个模型",
        "the account may not use the model {model}, though its key is right; activate it at the provider, "
        "or name another one",
    ),
    Kind.KEY: (
        "模型服务不接受 API 密钥；请检查密钥及其权限，以及地址是否与密钥属于同一家",
        "the model's server doesn't accept the API key; check the key, what it may be used for, "
        "and that the address belongs to the same provider",
    ),
    Kind.MODEL: (
        "模型服务没有模型 {model}；请检查模型名称",
        "the server has no model {model}; check its name",
    ),
    Kind.LENGTH: (
        "请求超过模型 {model} 的上下文长度{limit_zh}；请用 --window 说明其长度，较长的报告即分段发送，"
        "或换上下文更长的模型",
        "the request is longer than the window of {model}{limit_en}; say with --window how long that is, and "
        "longer reports are sent in parts, or use a model with a larger one",
    ),
    Kind.PARAMETER: (
        "模型服务不接受请求的参数；请用 --profile 换一种方式，或换一个模型",
        "the model's server doesn't accept the request's parameters; try another --profile or another model",
    ),
    Kind.ADDRESS: (
        "模型服务的地址不对（HTTP {status}）；请检查地址，一般以 /v1 结尾",
        "the address of the model's server seems wrong (HTTP {status}); check it, most end in /v1",
    ),
}


_NO_THINKING = (
    "模型服务要求写明是否思考；请加 --parameters '{{\"enable_thinking\": false}}'",
    "the server wants to be told whether the model may think; add "
    "--parameters '{{\"enable_thinking\": false}}'",
)


def lasting(said: Complaint, model: str, requests: int) -> SettingsError | TooLongError:
    """The error for a complaint that no other attempt would mend.

    Args:
        said: what the server answered.
        model: what it calls the model.
        requests: how many were sent.
    """
    zh, en = _SETTINGS[said.kind]
    if said.kind is Kind.PARAMETER and _THINKING.search(f"{said.parameter} {said.words}"):
        zh, en = _NO_THINKING
    limit = _limit(said.words) if said.kind is Kind.LENGTH else None
    known = {"model": model, "status": said.status, "limit_zh": "", "limit_en": ""}
    if limit is not None:
        known |= {"limit_zh": f"（{limit} 个 token）", "limit_en": f" ({limit} tokens)"}
    quote = quoted(said.words)
    words = zh.format(**known) + quote, en.format(**known) + quote
    if said.kind is Kind.LENGTH:
        return TooLongError(*words, requests=requests, limit=limit)
    return SettingsError(*words, requests=requests)


def _limit(words: str) -> int | None:
    """The length of the model's context that a server states: the least of the numbers that it may mean."""
    stated = [int(match[1]) for match in _LIMIT.finditer(words)]
    return min((number for number in stated if number >= _SHORTEST_CONTEXT), default=None)


def busy(said: Complaint) -> UnavailableError:
    """The error for a server that can't answer now."""
    quote = quoted(said.words)
    if said.wait:
        zh, en = f"，要求等待 {said.wait:.0f} 秒", f" and asks to wait {said.wait:.0f} seconds"
    else:
        zh = en = ""
    return UnavailableError(
        f"模型服务暂时不能回答（HTTP {said.status}）{zh}；请稍后再试，或减少同时的请求{quote}",
        f"the model's server can't answer now (HTTP {said.status}){en}; "
        f"try again later, or with fewer requests at once{quote}",
    )


def no_json(status: int) -> UnavailableError:
    """The error for a page, or a torn body, where JSON should be."""
    return UnavailableError(
        f"模型服务返回的不是 JSON（HTTP {status}）；请检查地址（一般以 /v1 结尾）和中间的网关",
        f"the server's answer isn't JSON (HTTP {status}); "
        "check the address, most end in /v1, and any gateway on the way",
    )


def too_slow(timeout: float) -> UnavailableError:
    """The error for an attempt that took too long."""
    return UnavailableError(
        f"模型服务在 {timeout:g} 秒内没有答完；请用 --timeout 放宽时限，或换更快的模型",
        f"the model's server didn't finish within {timeout:g} seconds; allow more with --timeout, or use a "
        "faster model",
    )


def unreachable(address: str, words: str) -> UnavailableError:
    """The error for a connection that can't be made, or breaks.

    Args:
        address: of the server, without what may be secret in it.
        words: what the network says.
    """
    quote = quoted(words)
    return UnavailableError(
        f"连不上模型服务 {address}，或连接中断；请检查服务是否已启动、地址和网络{quote}",
        f"can't reach the model's server at {address}, or the connection broke; "
        f"check that it runs, its address, and the network{quote}",
    )
