"""What a person decided about differences, put into the record that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.merging.differences import Difference, Merged
from intake_app.merging.slots import ITEMS, MISSING, NARRATIVES, Json, Path, replaced
from intake_app.records import Decided, Decision, Joined, JoinedVersion, Record
from intake_app.taking_down import settled
from intake_app.times import named_id

_ABOUT_THE_WORDS = ("checked", "checked_by")


class NothingLeft(ValueError):
    """The decisions would leave a record without any item."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: ``side`` counts from 0 where ``how`` is SIDE; ``text`` is what a person wrote."""

    how: Decided
    side: int = 0
    text: str = ""


def decided(merged: Merged, choices: Mapping[str, Choice]) -> Json:
    """The body with every decision in it, by the differences' keys; an open one keeps what was there before.

    Raises NothingLeft.
    """
    values: dict[Path, Any] = {}
    extra: dict[Path, Any] = {}
    for one in merged.differences:
        choice = choices.get(one.key)
        if choice is None:
            continue
        values[one.path] = _value(one, choice)
        if choice.how is Decided.BOTH and one.path[0] == NARRATIVES:
            extra.update(_others(one))
    body = replaced(merged.body, values | extra, merged.order)
    if extra:
        body = _cited_too(body, extra)
    if merged.body.get(ITEMS) and not body.get(ITEMS):
        raise NothingLeft
    return body


def joined_record(body: Json, joined: Joined, library: Library) -> Record:
    """The record of a joined body: calculations done, answers marked with whether their questions apply."""
    record = Record.model_validate(body)
    return settled(Draft(record=record.model_copy(update={"joined": joined})), library).record


def mutation_of(versions: Sequence[JoinedVersion], body: str) -> str:
    """The name of a version that a program joined: the same for the same content, on whatever computer.

    So two computers that join the same versions make one version, which the hub takes once.
    """
    told = "\n".join(["joined", *sorted(one.mutation for one in versions), body])
    return named_id(told)


def decision(difference: Difference, choice: Choice, mutations: Sequence[str]) -> Decision:
    """As it is kept in the version that comes of it."""
    version = mutations[choice.side] if choice.how is Decided.SIDE else ""
    return Decision(place=difference.key, how=choice.how, version=version)


def _value(one: Difference, choice: Choice) -> Any:
    there = [side for side in one.sides if side is not MISSING]
    if choice.how is Decided.SIDE:
        return one.sides[choice.side]
    if choice.how is Decided.BEFORE:
        return one.before
    if choice.how is Decided.COMBINED:
        if one.path[0] != NARRATIVES:
            return dict(there[0]) | {"value": choice.text}
        # Words that nobody has compared with the original yet.
        kept = {name: value for name, value in there[0].items() if name not in _ABOUT_THE_WORDS}
        return kept | {"text": choice.text}
    if one.path[0] == NARRATIVES:
        return there[0]
    return _union(there)


def _union(answers: Sequence[Json]) -> Json:
    """A list answer with everything that any side chose, each thing once."""
    found: list[Any] = []
    for answer in answers:
        found += [one for one in answer["value"] if not any(_same_thing(one, other) for other in found)]
    return dict(answers[0]) | {"value": found}


def _same_thing(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(one.get(name) == other.get(name) for name in ("id", "name", "code", "sentiment"))
    return bool(one == other)


def _others(one: Difference) -> dict[Path, Any]:
    """Every other telling of the same story, as stories of their own."""
    there: list[Json] = []
    for side in one.sides:
        if side is not MISSING and side not in there:
            there.append(side)
    found: dict[Path, Any] = {}
    for number, telling in enumerate(there[1:], start=1):
        story = named_id(f"{one.path[1]}\n{number}\n{telling.get('text', '')}")
        found[NARRATIVES, story] = telling | {"id": story}
    return found


def _cited_too(body: Json, extra: Mapping[Path, Json]) -> Json:
    """Items that cite a story cite its other telling too; a new story that nobody cites is cited by all."""
    added = [path[1] for path in extra]
    items = [dict(one) | {"narratives": [*(one.get("narratives") or ()), *added]} for one in body[ITEMS]]
    return body | {ITEMS: items} if body.get(ITEMS) else body
