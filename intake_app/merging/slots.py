"""A record's body as single places, each of which can be compared and replaced by itself.

A *path* is a tuple of texts: ``("frame", "answers", "channel")``, ``("items", <id>, "answers", "when")``,
``("sessions", <id>, "answers", "mode")``, ``("narratives", <id>)``, ``("attachments", <id>)``,
``("replies", <id>)``, ``("danger", "closed")`` or ``("identity",)``. A story is one place: two versions of
one are never mixed, and so is what is said of a file or of a reply. Bodies are JSON
values as ``json.loads`` gives them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

Path = tuple[str, ...]
Json = dict[str, Any]
Slots = dict[Path, Any]


class Missing:
    """What is not there; None would be a value."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()

FRAME, DANGER, ITEMS, NARRATIVES = "frame", "danger", "items", "narratives"
SESSIONS, ATTACHMENTS, REPLIES, TURNS = "sessions", "attachments", "replies", "turns"
MESSAGE = "message"
LISTED = (ITEMS, SESSIONS)
"""Parts that are sheets, each with an id."""
WHOLES = (NARRATIVES, ATTACHMENTS, REPLIES)
"""Parts with an id each of which is one place: a story, a file, a reply."""
ANSWERS, OUTSIDE, CITED = "answers", "outside", "narratives"
CLOSING: Path = (DANGER, "closing")
"""Closing the danger card: when and by whom are decided as one."""
_PARTS = (FRAME, DANGER, *LISTED, *WHOLES)
_DEEPER = (ANSWERS, OUTSIDE)


class NotByPlaces(ValueError):
    """The body has parts without an id, or two of one id: it can only be taken or left as a whole."""


def split(body: Json) -> Slots:
    """Every place of a body with its value. Raises NotByPlaces."""
    slots: Slots = {(name,): value for name, value in body.items() if name not in _PARTS}
    for name in (FRAME, DANGER):
        if body.get(name) is not None:
            slots.update(_sheet((name,), body[name]))
    for name in LISTED:
        for part_id, part in _by_id(body.get(name) or ()).items():
            slots.update(_sheet((name, part_id), part))
    for name in WHOLES:
        for part_id, part in _by_id(body.get(name) or ()).items():
            slots[name, part_id] = part
    return slots


def join(slots: Mapping[Path, Any], order: Mapping[str, Iterable[str]]) -> Json:
    """The body of these places; ``order`` lists the ids of each part, later ones follow by id."""
    body: Json = {}
    parts: dict[str, dict[str, Any]] = {name: {} for name in (*LISTED, *WHOLES)}
    for path, value in slots.items():
        if value is MISSING:
            continue
        if path[0] in WHOLES and len(path) == 2:
            parts[path[0]][path[1]] = value
        elif path[0] in LISTED and len(path) > 2:
            _put(parts[path[0]].setdefault(path[1], {}), path[2:], value)
        else:
            _put(body, path, value)
    for name, found in parts.items():
        if found:
            known = [one for one in order.get(name, ()) if one in found]
            later = sorted(set(found) - set(known))
            body[name] = [found[one] for one in (*known, *later)]
    return body


def order_of(body: Json | None) -> dict[str, list[str]]:
    """The ids of items, sessions, narratives, files and replies in the order in which they stand."""
    return {
        name: [str(one.get("id", "")) for one in (body or {}).get(name) or ()] for name in (*LISTED, *WHOLES)
    }


def compound(path: Path) -> Path:
    """The part that comes and goes as a whole: an item, a session, the danger card; else empty."""
    if path[0] in LISTED and len(path) > 2:
        return path[:2]
    return (DANGER,) if path[0] == DANGER and len(path) > 1 else ()


def is_answer(path: Path) -> bool:
    return len(path) > 2 and path[-2] == ANSWERS


def sheet_of(path: Path) -> Path:
    """The sheet that holds an answer: ``("frame",)``, ``("danger",)``, ``("items", <id>)`` …"""
    return path[:-2]


def canonical(value: Any) -> str:
    """One text for equal values, to compare and to choose by without regard to who stands first."""
    if value is MISSING:
        return ""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def key_of(path: Path) -> str:
    """A path as text, for decisions that are kept."""
    return json.dumps(list(path), ensure_ascii=False)


def path_of(key: str) -> Path:
    """Raises ValueError for text that is no path."""
    parts = json.loads(key)
    if not isinstance(parts, list) or not parts or not all(isinstance(one, str) for one in parts):
        raise ValueError("path")
    return tuple(parts)


def replaced(body: Json, values: Mapping[Path, Any], order: Mapping[str, Iterable[str]]) -> Json:
    """The body with these places, items and cards replaced by other values; MISSING takes one away."""
    slots = split(body)
    for path, value in values.items():
        if path == CLOSING:
            slots = {at: one for at, one in slots.items() if at[:1] != (DANGER,) or "closed" not in at[1]}
            slots.update({} if value is MISSING else {(DANGER, name): one for name, one in value.items()})
        elif (len(path) == 2 and path[0] in LISTED) or path == (DANGER,):
            slots = {at: one for at, one in slots.items() if compound(at) != path}
            slots.update({} if value is MISSING else _sheet(path, value))
        else:
            slots[path] = value
    return join(slots, order)


def _sheet(path: Path, sheet: Json) -> Slots:
    slots: Slots = {}
    for name, value in sheet.items():
        if name in _DEEPER and isinstance(value, dict):
            slots.update({(*path, name, inner): one for inner, one in value.items()})
        else:
            slots[(*path, name)] = value
    return slots


def _by_id(parts: Iterable[Any]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for one in parts:
        part_id = one.get("id") if isinstance(one, dict) else None
        if not isinstance(part_id, str) or part_id in found:
            raise NotByPlaces
        found[part_id] = one
    return found


def _put(body: Json, path: Path, value: Any) -> None:
    *way, last = path
    for name in way:
        body = body.setdefault(name, {})
    body[last] = value
