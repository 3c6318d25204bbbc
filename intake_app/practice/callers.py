"""Callers for practice: who they are, what they say step by step, and what a good record of the call holds.

Each is a TOML file of ``resources/practice``. What is said can be in any language and by anybody (an
interpreter, a relay assistant), so that callers for other channels need data only.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from intake_app.assets import asset
from intake_app.errors import FileRefused
from intake_app.forms.translations import Catalogues

SPEAKERS = ("caller", "interpreter", "relay_assistant")


@dataclass(frozen=True, slots=True)
class Turn:
    """``says`` in ``language`` (BCP 47); ``meaning`` is the English of what is not English.

    ``hint`` is what the learner may do now; empty where listening is all.
    """

    says: str
    hint: str = ""
    by: str = "caller"
    language: str = "en"
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing that was said: it is there when the story has any of these words."""

    about: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoodRecord:
    """What a good record of this call holds. What is None or empty is not looked at.

    ``service`` is its name and town, with a comma between. ``topics`` are groups of codes of which one each
    will do. ``answers`` are codes by question id, of the item's set or the frame's. ``danger``: whether
    somebody may be in danger. ``details`` are questions of the person's sheet that need an answer.
    ``session`` are codes by question id of the session of a helper.
    """

    facts: tuple[Fact, ...] = ()
    service: str = ""
    topics: tuple[tuple[str, ...], ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    session: Mapping[str, str] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    danger: bool | None = None
    rang_off: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """``support`` are codes of ``supports.csv``, for calls with a relay or an interpreter."""

    id: str
    title: str
    about: str
    turns: tuple[Turn, ...]
    good_record: GoodRecord
    channel: str = "phone"
    support: tuple[str, ...] = ()


def shipped() -> tuple[Caller, ...]:
    """The callers that come with the program, by the names of their files."""
    return load_all(asset("resources/practice"))


def load_all(folder: Path) -> tuple[Caller, ...]:
    return tuple(load(path) for path in sorted(folder.glob("*.toml")))


def load(path: Path) -> Caller:
    """One caller. Raises FileRefused with ``detail`` where the file is none, naming what is wrong in it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return _caller(path.stem.partition("_")[2] or path.stem, found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileRefused(path=str(path), reason="no_caller", detail=str(error)) from error


def messages(caller: Caller) -> Iterator[tuple[str, str]]:
    """(context, English) of every text that is translated; the context stays when the English changes."""
    context = f"practice.{caller.id}"
    yield f"{context}.title", caller.title
    yield f"{context}.about", caller.about
    for number, turn in enumerate(caller.turns, start=1):
        # What is said in another language is part of the exercise; its meaning is in the screens' language.
        spoken = turn.says if turn.language == "en" else turn.meaning
        for name, text in (("says", spoken), ("hint", turn.hint)):
            if text:
                yield f"{context}.{number}.{name}", text
    for number, fact in enumerate(caller.good_record.facts, start=1):
        yield f"{context}.fact_{number}", fact.about


def in_language(caller: Caller, language: str, catalogues: Catalogues) -> Caller:
    """The caller with every text that the language's catalogue has; English otherwise."""
    words = {context: catalogues.text(language, context, text) for context, text in messages(caller)}
    context = f"practice.{caller.id}"

    def told(number: int, turn: Turn) -> Turn:
        said, hint = words.get(f"{context}.{number}.says", ""), words.get(f"{context}.{number}.hint", "")
        return (
            replace(turn, says=said, hint=hint)
            if turn.language == "en"
            else replace(turn, meaning=said, hint=hint)
        )

    facts = tuple(
        replace(one, about=words[f"{context}.fact_{number}"])
        for number, one in enumerate(caller.good_record.facts, start=1)
    )
    return replace(
        caller,
        title=words[f"{context}.title"],
        about=words[f"{context}.about"],
        turns=tuple(told(number, turn) for number, turn in enumerate(caller.turns, start=1)),
        good_record=replace(caller.good_record, facts=facts),
    )


def _caller(name: str, found: Mapping[str, Any]) -> Caller:
    turns = tuple(_turn(one) for one in found["turn"])
    if not turns:
        raise ValueError("no [[turn]]")
    return Caller(
        id=name,
        title=_text(found["title"]),
        about=_text(found["about"]),
        turns=turns,
        good_record=_good(found["good_record"]),
        channel=_text(found.get("channel", "phone")),
        support=_texts(found.get("support", [])),
    )


def _turn(found: Mapping[str, Any]) -> Turn:
    turn = Turn(**{name: _text(value) for name, value in found.items()})
    if turn.by not in SPEAKERS:
        raise ValueError(f"by = {turn.by!r}, known are {', '.join(SPEAKERS)}")
    if turn.language != "en" and not turn.meaning:
        raise ValueError(f"language = {turn.language!r} without meaning")
    return turn


def _good(found: Mapping[str, Any]) -> GoodRecord:
    known = dict(found)
    danger = known.pop("danger", None)
    if not (danger is None or isinstance(danger, bool)) or not isinstance(known.get("rang_off", False), bool):
        raise ValueError("danger and rang_off are true or false")
    return GoodRecord(
        facts=tuple(Fact(_text(one["about"]), _texts(one["any_of"])) for one in known.pop("fact", ())),
        service=_text(known.pop("service", "")),
        topics=tuple(_texts(one) for one in known.pop("topics", ())),
        answers={name: _text(code) for name, code in known.pop("answers", {}).items()},
        session={name: _text(code) for name, code in known.pop("session", {}).items()},
        details=_texts(known.pop("details", [])),
        danger=danger,
        **known,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(_text(one) for one in value)
