"""How one server wants to be asked, found out by what it refuses.

Servers that speak OpenAI's protocol differ in how they can be held to JSON, in the name of the limit on
the reply, and in whether a temperature may be given. None of this can be asked for; a server refuses what
it doesn't know, and then it is asked in the next way that it might know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from extractor.llm.failures import Complaint
from extractor.llm.protocol import Profile

Limit = Literal["max_completion_tokens", "max_tokens"]

_WEAKER = {
    Profile.JSON_SCHEMA: Profile.TOOLS,
    Profile.TOOLS: Profile.JSON_OBJECT,
    Profile.JSON_OBJECT: Profile.PLAIN,
}
# "max_tokens is too large" names a parameter too, but doesn't say that it is unknown.
_UNKNOWN = re.compile(
    r"unsupported|not support|n't support|unrecogni[sz]ed|unknown|unexpected|extra|not permitted|not allowed"
    r"|deprecated|only the default|不支持",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server is known, or taken, to understand.

    Attributes:
        profile: how it is asked for JSON.
        is_open: whether a weaker profile may be tried where this one is refused.
        limit: what it calls the limit on the reply's tokens. OpenAI's newer models refuse the old
            name; most other servers know no other.
        has_other_limit: whether the limit's other name is still untried.
        has_temperature: whether a temperature is sent; models that reason refuse it.
    """

    profile: Profile
    is_open: bool
    limit: Limit
    has_other_limit: bool = True
    has_temperature: bool = True

    def after(self, complaint: Complaint) -> Dialect | None:
        """How to ask after this refusal; None if there is no other way."""
        if self.has_other_limit and _is_about(complaint, self.limit):
            other: Limit = "max_tokens" if self.limit == "max_completion_tokens" else "max_completion_tokens"
            return replace(self, limit=other, has_other_limit=False)
        if self.has_temperature and _is_about(complaint, "temperature"):
            return replace(self, has_temperature=False)
        if self.is_open and self.profile in _WEAKER:
            return replace(self, profile=_WEAKER[self.profile])
        return None

    def settled(self) -> Dialect:
        """The same, after a request that was accepted."""
        return replace(self, is_open=False)

    def parameters(self, max_output: int) -> dict[str, object]:
        """The arguments of a request that don't depend on what it asks."""
        steering: dict[str, object] = {"temperature": 0} if self.has_temperature else {}
        return {self.limit: max_output, **steering}


def _is_about(complaint: Complaint, parameter: str) -> bool:
    if complaint.parameter:
        return complaint.parameter == parameter and bool(_UNKNOWN.search(complaint.code + complaint.words))
    named = re.search(rf"(?<![a-z_]){parameter}(?![a-z_])", complaint.words, re.IGNORECASE)
    return bool(named and _UNKNOWN.search(complaint.words))
