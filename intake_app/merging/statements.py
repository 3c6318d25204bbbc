"""What a place of a record says, whether two say the same, and how alike statements become one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intake_app.merging.slots import MISSING, Json, Path, canonical, is_answer
from intake_app.records import AnswerState

BOOKKEEPING = {("edited",), ("edited_by",), ("joined",)}
"""Says who wrote a version and when, and nothing that anybody told."""
_HOW_IT_WAS_PUT = {"label", "language", "wording", "code_list", "source", "relevant", "taken_from"}


def told_of(path: Path, value: Any) -> Any:
    """What a value says: whether it applies is worked out anew, and "not asked" says nothing."""
    if not is_answer(path) or not isinstance(value, dict):
        return value
    words = {name: one for name, one in value.items() if name != "relevant"}
    return MISSING if words == {"state": AnswerState.NOT_ASKED.value} else words


def differs(path: Path, value: Any, before: Any) -> bool:
    """Whether two values of a place say something different."""
    return canonical(told_of(path, value)) != canonical(told_of(path, before))


def told(slots: Mapping[Path, Any]) -> dict[Path, str]:
    """What these places say, without bookkeeping."""
    return {
        path: words
        for path, value in slots.items()
        if path not in BOOKKEEPING and (words := canonical(told_of(path, value)))
    }


def fullest(values: Iterable[Any]) -> Any:
    """Of values that say the same, the one that every computer takes."""
    return max(values, key=canonical)


def same_statement(before: Any, answers: Sequence[Any]) -> Any:
    """Joins answers that say the same and differ only in how it was put; None where they do not."""
    if not all(isinstance(one, dict) for one in answers):
        return None
    if len({canonical([one.get("state"), one.get("value")]) for one in answers}) > 1:
        return None
    known = before if isinstance(before, dict) else {}
    found: Json = {}
    for name in dict.fromkeys([*known, *sorted({name for one in answers for name in one})]):
        values = {canonical(one.get(name, MISSING)): one.get(name, MISSING) for one in answers}
        if len(values) > 1:
            values.pop(canonical(known.get(name, MISSING)), None)
        if len(values) > 1 and name not in _HOW_IT_WAS_PUT:
            return None
        value = values[max(values)]
        if value is not MISSING:
            found[name] = value
    return found


def cited(before: Any, now: Sequence[Any]) -> Any:
    """The stories that an item cites: what any side added, without what any side took away."""
    changed = {canonical(one): one for one in now if canonical(one) != canonical(before)}
    if len(changed) < 2:
        return next(iter(changed.values()), before)
    known = [] if before is MISSING else list(before)
    sides = [[] if one is MISSING else list(one) for one in now]
    gone = {one for one in known if any(one not in side for side in sides)}
    added = sorted({one for side in sides for one in side} - set(known))
    found = [*(one for one in known if one not in gone), *added]
    return found or MISSING


def grown(before: Any, now: Sequence[Any]) -> Any:
    """A log that only ever grows: every entry of every side, once, in the order of their ids.

    MISSING where none has any; None where an entry has no id or two differ under one: a person decides.
    """
    found: dict[str, Any] = {}
    for log in (before, *now):
        for entry in () if log is MISSING else log if isinstance(log, list) else (None,):
            entry_id = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(entry_id, str) or found.setdefault(entry_id, entry) != entry:
                return None
    return [found[one] for one in sorted(found)] or MISSING
