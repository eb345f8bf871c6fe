"""Where a model is, and how patiently it is asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extractor.errors import SettingsError
from extractor.llm.protocol import Profile

OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is needed to ask a model.

    Attributes:
        model: what its server calls it.
        base_url: where its server is, up to and including ``/v1``; OpenAI if None.
        api_key: the secret; in no repr, no log, no error and no cache.
        profile: how it is asked for JSON; None to find out with the first request.
        timeout: seconds that one attempt may take from beginning to end.
        retries: how often a request is sent again after a failure that may pass.
        backoff: seconds before the first of these; doubled each time, with jitter.
        longest_wait: seconds that a wait may last; a server that asks for more is given up.
        extra: parameters of one server only, such as ``{"enable_thinking": False}``; sent as they are.

    Raises:
        SettingsError: if a value can't be used.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    profile: Profile | None = None
    timeout: float = 300.0
    retries: int = 4
    backoff: float = 1.0
    longest_wait: float = 120.0
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise SettingsError("没有给出模型名称；请指定模型", "no model is named; name one")
        if not _is_address(self.address):
            raise SettingsError(
                "模型服务的地址不对；应形如 https://主机/v1",
                "the address of the model's server is none; it should be like https://host/v1",
            )
        # A header can hold nothing else, and the library that refuses it quotes the key.
        if self.api_key is not None and not (self.api_key.isascii() and self.api_key.isprintable()):
            raise SettingsError(
                "API 密钥里有换行、全角等不能发送的字符；请重新复制密钥",
                "the API key holds characters that can't be sent, such as a line break; copy it again",
            )
        if self.base_url is None and not self.api_key:
            raise SettingsError(
                "没有 API 密钥；请设置 OPENAI_API_KEY，或用 OPENAI_BASE_URL 指向不需要密钥的服务",
                "there is no API key; set OPENAI_API_KEY, or point OPENAI_BASE_URL to a server without one",
            )
        patience = (self.timeout, self.backoff, self.longest_wait)
        if self.timeout <= 0 or self.retries < 0 or not all(0 <= x < math.inf for x in patience):
            raise SettingsError(
                "超时须为正数，重试次数和等待时间不能为负",
                "a timeout must be positive, and retries and waits can't be negative",
            )

    @property
    def address(self) -> str:
        """Where requests go."""
        return self.base_url or OPENAI


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket too few, or a port that is none
        return False
