"""Joins two or more versions of one record against the version they were edited from.

Changes at different places are joined. The same answer changed to different ones, a story changed on both
sides, and whatever one side took away and the other changed are differences that a person decides. The
result does not depend on the order of the versions.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from intake_app.merging.differences import Difference, Merged, Why
from intake_app.merging.slots import (
    ATTACHMENTS,
    CITED,
    CLOSING,
    DANGER,
    ITEMS,
    LISTED,
    MISSING,
    NARRATIVES,
    OUTSIDE,
    REPLIES,
    SESSIONS,
    TURNS,
    Json,
    Path,
    Slots,
    canonical,
    compound,
    is_answer,
    join,
    order_of,
    split,
)
from intake_app.merging.statements import (
    BOOKKEEPING,
    cited,
    differs,
    fullest,
    grown,
    same_statement,
    told,
    told_of,
)
from intake_app.records import Identity, NarrativeKind, RecordState

_KNOWN_FACTS = {
    *("id", "device", "written_by", "started", "received", "finished", "identity", "person", "equality"),
    *("state", "rang_off", "message", "online"),
}
_MOST_PROTECTIVE = (Identity.ANONYMOUS.value, Identity.CONFIDENTIAL.value, Identity.NAMED.value)
_STATE, _FINISHED, _IDENTITY = ("state",), ("finished",), ("identity",)
_ONLINE = ("online",)
_STARTED = ("started",)
_BROUGHT_IN = (("device",), ("written_by",), _STARTED)
"""Who made a record of a response, where and when: it was made by whoever was first."""
_CLOSED, _CLOSED_BY = (DANGER, "closed"), (DANGER, "closed_by")


def merge(base: Json | None, sides: Sequence[Json]) -> Merged:
    """``base`` is None where nobody has it any more: then everything counts as added on each side.

    Raises NotByPlaces for a body that cannot be compared place by place, ValueError without a side.
    """
    if not sides:
        raise ValueError("no versions")
    return _Merge(base, sides).run()


class _Merge:
    def __init__(self, base: Json | None, sides: Sequence[Json]) -> None:
        self._bodies = (base, sides)
        self._base: Slots = split(base or {})
        self._sides: list[Slots] = [split(one) for one in sides]
        paths = dict.fromkeys(path for slots in (self._base, *self._sides) for path in slots)
        # In an order that all sides share, so that the joined body is the same text for everybody.
        self._paths = [*(path for path in paths if path in self._base), *sorted(paths.keys() - self._base)]
        self._found: Slots = {}
        self._differences: list[Difference] = []

    def run(self) -> Merged:
        base, sides = self._bodies
        settled = self._compounds()
        for path in self._paths:
            if path in BOOKKEEPING or compound(path) in settled:
                continue
            if path[0] == NARRATIVES:
                continue
            self._found[path] = self._place(path)
        self._narratives()
        self._withdrawn()
        self._closed_danger()
        self._book()
        order = _order(base, sides)
        found = {path: value for path, value in self._found.items() if value is not MISSING}
        self._differences.sort(key=lambda one: _place_of(one, order, self._paths))
        return Merged(join(found, order), tuple(self._differences), order)

    # What comes and goes as a whole

    def _compounds(self) -> set[Path]:
        """Items and danger cards that some side took away; each is settled here as a whole."""
        parts = {compound(path) for path in self._base if compound(path)}
        gone: set[Path] = set()
        for part in sorted(parts):
            whole_before = _within(self._base, part)
            there = [_within(side, part) for side in self._sides]
            if all(there):
                continue
            gone.add(part)
            changed = [one for one in there if one and told(one) != told(whole_before)]
            if changed:
                self._ask_whole(part, whole_before, there)
        items = {part for part in gone if part[0] == ITEMS}
        if items and not any(path[0] == ITEMS and compound(path) not in items for path in self._paths):
            # Each side took away another one: a record without any item is nothing that anybody wanted.
            asked = {one.path for one in self._differences}
            for part in sorted(items - asked):
                there = [_within(side, part) for side in self._sides]
                if any(there):
                    self._ask_whole(part, _within(self._base, part), there)
        return gone

    def _ask_whole(self, part: Path, before: Slots, there: Sequence[Slots]) -> None:
        values = tuple(_whole(one, part) if one else MISSING for one in there)
        self._differences.append(Difference(part, Why.REMOVED, _whole(before, part), values))
        self._found.update(before)

    # One place

    def _place(self, path: Path) -> Any:
        before = self._base.get(path, MISSING)
        now = [side.get(path, MISSING) for side in self._sides]
        if path[-1] == CITED and path[0] == ITEMS and len(path) == 3:
            return cited(before, now)
        if path == (TURNS,) and (log := grown(before, now)) is not None:
            return log
        changed = {canonical(told_of(path, one)): one for one in now if differs(path, one, before)}
        if not changed:
            # "Not asked" is written where nothing was said: it is kept where one side has it.
            return before if before is not MISSING else max(now, key=canonical)
        alike = list(changed.values())
        if len(alike) == 1:
            return fullest([one for one in now if differs(path, one, before)])
        if path == _IDENTITY:
            return min(alike, key=_protection)
        if path in _BROUGHT_IN and self._is_one_response():
            return min(self._sides, key=_first_brought_in).get(path, MISSING)
        if path == _FINISHED:
            return min((one for one in alike if one is not MISSING), key=canonical)
        if path[0] == DANGER and path[1:] == ("marked",):
            return min((one for one in alike if one is not MISSING), key=canonical)
        if len(path) > 2 and path[-2] == OUTSIDE:
            # Worked out from the services by each computer for itself.
            return max(alike, key=canonical)
        if is_answer(path):
            same = same_statement(before, alike)
            if same is not None:
                return same
            self._ask(path, Why.ANSWER)
        else:
            known = path[0] in _KNOWN_FACTS if len(path) == 1 else path[-1] == "question_set"
            known = known or path[0] in (ATTACHMENTS, REPLIES)
            self._ask(path, Why.FACT if known else Why.UNKNOWN)
        return before

    def _is_one_response(self) -> bool:
        """Two computers brought the same answers of a web form in before they knew of one another."""
        digests = {(side.get(_ONLINE) or {}).get("digest", "") for side in self._sides}
        return not self._base and len(digests) == 1 and "" not in digests

    def _ask(self, path: Path, why: Why) -> None:
        values = tuple(side.get(path, MISSING) for side in self._sides)
        self._differences.append(Difference(path, why, self._base.get(path, MISSING), values))

    # Stories

    def _narratives(self) -> None:
        paths = [path for path in self._paths if path[0] == NARRATIVES]
        before = {path: self._base.get(path, MISSING) for path in paths}
        by_side = [
            {path for path in paths if side.get(path, MISSING) != before[path]} for side in self._sides
        ]
        for path in paths:
            values = [side.get(path, MISSING) for side in self._sides]
            changed = [one for one in values if one != before[path]]
            if not changed:
                self._found[path] = before[path]
            elif all(one == changed[0] for one in changed) and not self._entangled(path, by_side):
                self._found[path] = changed[0]
            else:
                self._found[path] = before[path]
                self._ask(path, Why.NARRATIVE)

    def _entangled(self, path: Path, by_side: Sequence[set[Path]]) -> bool:
        """Another side changed a story that this change may be about, or both tell it for the first time."""
        without = [index for index, changed in enumerate(by_side) if path not in changed]
        others = {other for index in without for other in by_side[index]}
        with_it = [changed for changed in by_side if path in changed]
        # What every side that has this change has too is no other change.
        others -= with_it[0].union(*with_it[1:])
        return any(not self._independent(path, other) for other in others)

    def _independent(self, one: Path, other: Path) -> bool:
        added = [path for path in (one, other) if self._base.get(path, MISSING) is MISSING]
        if not added:
            return False
        for path in added:
            story = self._any_side(path)
            if story.get("kind", NarrativeKind.VERBATIM.value) == NarrativeKind.VERBATIM.value:
                return False
            if story.get("derived_from") in (one[1], other[1]):
                return False
        return True

    def _any_side(self, path: Path) -> Json:
        values = [side[path] for side in self._sides if path in side]
        return dict(max(values, key=canonical)) if values else {}

    # What is more than a place

    def _withdrawn(self) -> None:
        before = self._base.get(_STATE, MISSING)
        withdrew = [side.get(_STATE) == RecordState.WITHDRAWN.value for side in self._sides]
        if all(withdrew) or not any(withdrew) or before == RecordState.WITHDRAWN.value:
            return
        kept_on = [side for side, gone in zip(self._sides, withdrew, strict=True) if not gone]
        if any(told(side) != told(self._base) for side in kept_on):
            self._ask(_STATE, Why.STATE)
            self._found[_STATE] = before

    def _closed_danger(self) -> None:
        """Closing a danger card that somebody else went on writing in is for a person to say."""
        before = self._base.get(_CLOSED, MISSING)
        closed = [side.get(_CLOSED, MISSING) for side in self._sides]
        if any(one.path == (DANGER,) for one in self._differences):
            return
        if all(one is not MISSING for one in closed) or not any(one != before for one in closed):
            return
        card = told(_within(self._base, (DANGER,)))
        others = [side for side, one in zip(self._sides, closed, strict=True) if one == before]
        if any(told(_within(side, (DANGER,))) != card for side in others):
            values = tuple(_closing(side) for side in self._sides)
            self._differences = [one for one in self._differences if one.path not in (_CLOSED, _CLOSED_BY)]
            self._differences.append(Difference(CLOSING, Why.FACT, _closing(self._base), values))
            for path in (_CLOSED, _CLOSED_BY):
                self._found[path] = self._base.get(path, MISSING)

    def _book(self) -> None:
        """Who edited last, and when, of all that is joined."""
        edits = [
            (canonical(side[("edited",)]), str(side.get(("edited_by",), "")), side[("edited",)])
            for side in self._sides
            if side.get(("edited",)) is not None
        ]
        if edits:
            _at, by, edited = max(edits, key=lambda one: one[:2])
            self._found[("edited",)] = edited
            if by:
                self._found[("edited_by",)] = by


def _first_brought_in(side: Slots) -> str:
    """By the moment, and by all that is said of it where two were brought in at once."""
    return canonical([side.get(path, "") for path in (_STARTED, *_BROUGHT_IN)])


def _protection(identity: Any) -> int:
    # Confidential is the default that no body names.
    named = Identity.CONFIDENTIAL.value if identity is MISSING else identity
    return _MOST_PROTECTIVE.index(named) if named in _MOST_PROTECTIVE else len(_MOST_PROTECTIVE)


def _closing(slots: Mapping[Path, Any]) -> Any:
    found = {path[1]: slots[path] for path in (_CLOSED, _CLOSED_BY) if path in slots}
    return found or MISSING


def _within(slots: Mapping[Path, Any], part: Path) -> Slots:
    return {path: value for path, value in slots.items() if compound(path) == part}


def _whole(slots: Mapping[Path, Any], part: Path) -> Json:
    whole: Any = join(slots, {})
    if part[0] in LISTED:
        return dict(whole[part[0]][0])
    return dict(whole[DANGER])


def _order(base: Json | None, sides: Sequence[Json]) -> dict[str, list[str]]:
    """The order of the parts: the one that a single side gave them, else the one they had before."""
    before = order_of(base)
    found: dict[str, list[str]] = {}
    for name, known in before.items():
        orders = {canonical(order): order for side in sides if (order := order_of(side)[name]) != known}
        found[name] = next(iter(orders.values())) if len(orders) == 1 else known
    return found


def _place_of(one: Difference, order: Mapping[str, list[str]], paths: Sequence[Path]) -> tuple[int, int, int]:
    """Differences stand in the order of a record that is read: stories, items, sessions, then the rest."""
    part = {NARRATIVES: 0, ITEMS: 1, SESSIONS: 2}.get(one.path[0], 3)
    ids = order.get(one.path[0], [])
    place = ids.index(one.path[1]) if len(one.path) > 1 and one.path[1] in ids else len(ids)
    within = next((index for index, path in enumerate(paths) if path[: len(one.path)] == one.path), 0)
    return part, place, within
