"""The base of the models of a result."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A pydantic model that can't be changed and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
