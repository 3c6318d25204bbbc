"""What came of joining versions, and what of it a person has to decide."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from intake_app.merging.slots import ITEMS, MISSING, NARRATIVES, Json, Path, is_answer, key_of


class Why(StrEnum):
    """Why a person is asked."""

    ANSWER = "answer"
    """The same answer was changed to different ones."""
    NARRATIVE = "narrative"
    """The story was changed on both sides."""
    RELEVANCE = "relevance"
    """One side's change decides whether the other side's answer applies."""
    REMOVED = "removed"
    """One side took away what the other side changed."""
    STATE = "state"
    """One side withdrew the record and the other side changed it."""
    FACT = "fact"
    """A fact of the record itself, such as who told us, differs."""
    UNKNOWN = "unknown"
    """Something that only a newer program knows differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a person decides. ``before`` and ``sides`` are its values, MISSING where it was not.

    ``sides`` stand in the order of the versions that were joined.
    """

    path: Path
    why: Why
    before: Any
    sides: tuple[Any, ...]

    @property
    def key(self) -> str:
        return key_of(self.path)

    @property
    def may_keep_both(self) -> bool:
        """Whether "both" means something: for stories, and for answers that are lists."""
        there = [one for one in self.sides if one is not MISSING]
        if len(there) < 2:
            return False
        if self.path[0] == NARRATIVES:
            return True
        values = [one.get("value") if isinstance(one, dict) else None for one in there]
        return is_answer(self.path) and all(isinstance(one, list) for one in values)

    @property
    def may_combine(self) -> bool:
        """Whether a person may write one text from both."""
        there = [one for one in self.sides if one is not MISSING]
        if len(there) < 2 or not all(isinstance(one, dict) for one in there):
            return False
        if self.path[0] == NARRATIVES:
            return True
        # A label means a choice: its code is no text of anybody.
        return is_answer(self.path) and all(
            isinstance(one.get("value"), str) and not one.get("label") for one in there
        )

    @property
    def of_item(self) -> str:
        """The id of the item that it belongs to; empty for a place outside the items."""
        return self.path[1] if self.path[0] == ITEMS and len(self.path) > 1 else ""


@dataclass(frozen=True, slots=True)
class Merged:
    """``body`` holds all that could be joined; where a person decides it still has what was there before."""

    body: Json
    differences: tuple[Difference, ...] = ()
    order: dict[str, list[str]] = field(default_factory=dict)
