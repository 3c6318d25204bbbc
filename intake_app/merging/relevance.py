"""Answers that one side's change makes apply, or not apply any more, for the other side."""

from collections.abc import Mapping, Sequence
from typing import Any

from intake_app import drafting
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.forms.validation import graph, relevant
from intake_app.merging.differences import Difference, Merged, Why
from intake_app.merging.slots import (
    ANSWERS,
    DANGER,
    FRAME,
    ITEMS,
    LISTED,
    MISSING,
    SESSIONS,
    Json,
    Path,
    Slots,
    replaced,
    split,
)
from intake_app.merging.statements import differs
from intake_app.merging.three_way import merge
from intake_app.records import AnswerState, Record, SetRef, Sheet
from intake_app.taking_down import question_set_of

Applies = Mapping[Path, frozenset[str]]
"""By sheet: the questions that apply; a sheet whose question set is not here is left out."""

_PARTS = {drafting.ITEM_PREFIX[:-1]: ITEMS, drafting.SESSION_PREFIX[:-1]: SESSIONS}
_SAID = (AnswerState.DECLINED.value, AnswerState.DONT_KNOW.value)


def merge_by_questions(base: Json | None, sides: Sequence[Json], library: Library) -> Merged:
    """``merge``, and then what the conditions of the question sets make of it.

    An answer whose question comes to apply otherwise than on either side goes to a person, together with the
    answers that decide it. Where a set is not on this computer, nobody can tell: all that two sides changed
    in its sheet goes to a person. A body may also be details: one sheet in the frame's place. Raises
    NotByPlaces; ValueError for a body that is neither.
    """
    merged = merge(base, sides)
    asked = _Joined(base, sides, merged.body, library).asked()
    known = [one.path for one in merged.differences]
    fresh = [one for one in asked if not any(one.path[: len(path)] == path for path in known)]
    if not fresh:
        return merged
    body = replaced(merged.body, {one.path: one.before for one in fresh}, merged.order)
    return Merged(body, (*merged.differences, *fresh), merged.order)


class _Joined:
    def __init__(self, base: Json | None, sides: Sequence[Json], body: Json, library: Library) -> None:
        self._body = body
        self._library = library
        self._before: Slots = split(base or {})
        self._slots = [split(one) for one in sides]
        self._now = _applies(body, library)
        self._were = [_applies(one, library) for one in sides]
        self._then = _applies(base, library) if base is not None else {}

    def asked(self) -> list[Difference]:
        """In the order of the record; what decides about an answer stands before it."""
        paths: dict[Path, None] = {}
        for sheet in _sheets(self._body):
            answers = _sheet(self._body, sheet).get(ANSWERS) or {}
            changed = {
                question: writers
                for question in answers
                if (writers := self._writers((*sheet, ANSWERS, question)))
            }
            if sheet not in self._now:
                if len(frozenset().union(*changed.values())) > 1:
                    paths.update(dict.fromkeys((*sheet, ANSWERS, question) for question in changed))
                continue
            for question, answer in answers.items():
                writers = changed.get(question, frozenset())
                if _says_something(answer) and not self._as_expected(sheet, question, writers):
                    paths.update(dict.fromkeys(self._deciding(sheet, question, writers)))
                    paths[(*sheet, ANSWERS, question)] = None
        return [self._difference(path) for path in paths]

    def _difference(self, path: Path) -> Difference:
        values = tuple(side.get(path, MISSING) for side in self._slots)
        return Difference(path, Why.RELEVANCE, self._before.get(path, MISSING), values)

    def _writers(self, path: Path) -> frozenset[int]:
        old = self._before.get(path, MISSING)
        return frozenset(
            index for index, side in enumerate(self._slots) if differs(path, side.get(path, MISSING), old)
        )

    def _as_expected(self, sheet: Path, question: str, writers: frozenset[int]) -> bool:
        applies = question in self._now[sheet]
        if not applies and any(question in self._were[one].get(sheet, ()) for one in writers):
            return False
        before = question in self._then.get(sheet, ())
        held = {question in one[sheet] for one in self._were if sheet in one}
        return applies in ((held - {before}) or {before})

    def _deciding(self, sheet: Path, question: str, writers: frozenset[int]) -> list[Path]:
        """The answers of other sides that a question's condition reads, directly or through others."""
        question_set = _set_of(self._body, sheet, self._library)
        if question_set is None:
            return []
        reads, wanted = graph(question_set).reads, [question]
        seen: set[str] = set()
        while wanted:
            fresh = reads.get(wanted.pop(), frozenset()) - seen
            seen |= fresh
            wanted.extend(fresh)
        places = [
            (*(sheet if name in question_set.by_id else (FRAME,)), ANSWERS, name) for name in sorted(seen)
        ]
        return [path for path in places if self._writers(path) - writers]


def _says_something(answer: Json) -> bool:
    return answer.get("state") in _SAID or answer.get("value") not in (None, "", [], ())


def _sheets(body: Json) -> list[Path]:
    sheets: list[Path] = [(FRAME,)]
    sheets += [(name, str(one.get("id"))) for name in LISTED for one in body.get(name) or ()]
    return [*sheets, (DANGER,)] if body.get(DANGER) is not None else sheets


def _sheet(body: Json, sheet: Path) -> dict[str, Any]:
    if sheet[0] in LISTED:
        return next((dict(one) for one in body.get(sheet[0]) or () if one.get("id") == sheet[1]), {})
    return dict(body.get(sheet[0]) or {})


def _set_of(body: Json, sheet: Path, library: Library) -> QuestionSet | None:
    named = _sheet(body, sheet).get("question_set")
    return library.get(SetRef.model_validate(named)) if named else None


def _applies(body: Json, library: Library) -> dict[Path, frozenset[str]]:
    if body.keys() == {FRAME}:
        # Details kept apart are one sheet, and its questions ask nothing of any other.
        alone = Sheet.model_validate(body[FRAME])
        of_alone = question_set_of(alone, library)
        return {} if of_alone is None else {(FRAME,): relevant(of_alone, alone.answers)}
    draft = Draft(record=Record.model_validate(body))
    found: dict[Path, frozenset[str]] = {}
    for key in drafting.sheet_keys(draft):
        sheet = drafting.sheet(draft, key)
        question_set = question_set_of(sheet, library) if sheet is not None else None
        if sheet is not None and question_set is not None:
            part, _colon, part_id = key.partition(":")
            path = (_PARTS[part], part_id) if part_id else (key,)
            found[path] = relevant(question_set, sheet.answers, drafting.shared_values(draft, key))
    return found
