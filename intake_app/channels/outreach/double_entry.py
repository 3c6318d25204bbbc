"""A form that was keyed twice by two people: where they differ, and how often."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.merging.decisions import Choice, decided
from intake_app.merging.differences import Difference, Merged, Why
from intake_app.merging.slots import (
    ITEMS,
    MISSING,
    NARRATIVES,
    Json,
    Path,
    canonical,
    is_answer,
    order_of,
    split,
)
from intake_app.narratives import told
from intake_app.records import AnswerState, PaperCheck, Record
from intake_app.store.store import Store
from intake_app.taking_down import question_set_of, settled
from intake_app.times import Instant

_CHANNEL = ("frame", "answers", "channel")


@dataclass(frozen=True, slots=True)
class Compared:
    """``answers`` were compared, the story being one of them; ``merged`` holds where the two differ."""

    answers: int
    merged: Merged

    @property
    def differed(self) -> int:
        return len(self.merged.differences)


def compare(first: Record, second: Record, library: Library) -> Compared:
    """The first one's places against what was keyed the second time. Details of the person stay sealed.

    What neither answered is not compared. Pieces and stories belong together by their order.
    """
    asking = _asking(first, library)
    body = json.loads(first.to_json())
    one, other = split(body), split(_with_ids_of(first, second))
    answers, differences = 0, []
    for path in sorted(set(one) | set(other)):
        if not _counts(path, asking):
            continue
        before, after = one.get(path, MISSING), other.get(path, MISSING)
        said, said_again = _said(path, before), _said(path, after)
        if not said and not said_again:
            continue
        answers += 1
        if said != said_again:
            why = Why.NARRATIVE if path[0] == NARRATIVES else Why.ANSWER
            differences.append(Difference(path, why, before, (before, after)))
    return Compared(answers, Merged(body, tuple(differences), order_of(body)))


def keep_check(
    store: Store,
    compared: Compared,
    choices: Mapping[str, Choice],
    library: Library,
    now: Instant,
    by: str,
) -> Record:
    """A new version of the record: as it was decided, and that the form was keyed twice.

    Raises what every saving does.
    """
    body = decided(compared.merged, choices)
    known = {one["id"] for one in compared.merged.body.get(NARRATIVES) or ()}
    added = [one["id"] for one in body.get(NARRATIVES) or () if one["id"] not in known]
    for item in body.get(ITEMS) or ():
        if added:
            item["narratives"] = [*(item.get("narratives") or ()), *added]
    check = PaperCheck(by=by, at=now, compared=compared.answers, differed=compared.differed)
    record = Record.model_validate(body)
    record = record.model_copy(update={"paper_check": check, "edited": now, "edited_by": by})
    return store.records.save(settled(Draft(record=record), library))


def error_rate(checks: Iterable[PaperCheck]) -> tuple[int, int, int]:
    """(forms checked, answers compared, answers that differed)."""
    found = list(checks)
    return len(found), sum(one.compared for one in found), sum(one.differed for one in found)


def _counts(path: Path, asking: frozenset[Path]) -> bool:
    if path == _CHANNEL:
        return False
    return path in asking or (path[0] == NARRATIVES and len(path) == 2)


def _asking(record: Record, library: Library) -> frozenset[Path]:
    """The places of questions that somebody is asked, of which calculated ones are none."""
    found: set[Path] = set()
    sheets = [(("frame",), record.frame), *(((ITEMS, item.id), item) for item in record.items)]
    for place, sheet in sheets:
        question_set = question_set_of(sheet, library)
        if question_set is not None:
            found |= {(*place, "answers", one.id) for one in question_set.questions if one.kind.asks}
    return frozenset(found)


def _said(path: Path, value: Any) -> str:
    """What it comes to, whatever it was called or asked in; empty for what is not there."""
    if value is MISSING or not isinstance(value, dict):
        return ""
    if path[0] == NARRATIVES:
        return " ".join(str(value.get("text", "")).split())
    assert is_answer(path)
    state = value.get("state", AnswerState.ANSWERED.value)
    if state == AnswerState.NOT_ASKED.value:
        return ""
    said = value.get("value")
    if isinstance(said, str):
        said = " ".join(said.split())
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        said = sorted(said)
    return canonical([state, said])


def _with_ids_of(first: Record, second: Record) -> Json:
    body: Json = json.loads(second.to_json())
    for keyed, known in zip(body.get(ITEMS) or (), first.items, strict=False):
        keyed["id"] = known.id
    stories = {one.id: known.id for one, known in zip(told(second), told(first), strict=False)}
    for keyed in body.get(NARRATIVES) or ():
        keyed["id"] = stories.get(keyed["id"], keyed["id"])
    return body
