"""Whose turn it is follows from the log, and the log only grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import drafting, taking_down
from intake_app.channels.relay import log
from intake_app.channels.relay.log import New, Whose
from intake_app.channels.relay.session import switched_on
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.projection.derive import words_of
from intake_app.relay_turns import TurnBy
from intake_app.times import IdMaker, Instant, system_clock

NOW = Instant.parse("2026-03-02T10:14:00Z")
LIBRARY = Library.shipped()
IDS = IdMaker(system_clock)


def fresh() -> Draft:
    return switched_on(taking_down.new_draft(LIBRARY, IDS, NOW, "device"), LIBRARY, IDS, NOW)


def new() -> New:
    return New(IDS(), NOW)


def test_the_first_turn_is_theirs_and_go_ahead_gives_it_away() -> None:
    draft = fresh()
    assert log.whose(draft.record.turns) is Whose.THEIRS
    draft = log.heard(draft, "HELLO GA", new())
    assert log.whose(draft.record.turns) is Whose.OURS
    draft = log.said(draft, new(), "feedback.experience_kind")
    assert log.whose(draft.record.turns) is Whose.THEIRS
    draft = log.heard(draft, "BYE SK SK", new())
    assert log.whose(draft.record.turns) is Whose.OVER


def test_the_assistant_takes_nobodys_turn() -> None:
    draft = log.assistant_said(fresh(), "THIS IS RELAY UK", new())
    assert log.whose(draft.record.turns) is Whose.THEIRS
    assert draft.record.turns[0].by == TurnBy.RELAY_ASSISTANT


def test_the_call_is_left_only_after_please_hold_or_goodbye() -> None:
    draft = log.heard(fresh(), "HELLO GA", new())
    assert not log.may_leave(draft.record)
    draft = log.asked_to_hold(draft, new())
    assert log.may_leave(draft.record)
    draft = log.heard(draft, "OK HOLDING GA", new())
    assert log.may_leave(draft.record)
    draft = log.said(draft, new())
    assert not log.may_leave(draft.record)
    assert log.may_leave(log.ended(draft, new()).record)
    rang_off = draft.record.model_copy(update={"rang_off": True})
    assert log.may_leave(rang_off)


def test_a_correction_gives_nobody_the_turn_and_the_first_words_stay() -> None:
    draft = log.heard(fresh(), "LATR GA", new())
    (first,) = draft.record.turns
    draft = log.corrected(draft, first.id, "LATE", new())
    assert log.whose(draft.record.turns) is Whose.OURS
    assert log.words_of(draft.record.turns, [first.id]) == "LATE"
    assert [one.words for one in log.shown(draft.record.turns)] == ["LATR"]
    assert "LATE" in words_of(draft.record, [()])


def test_what_the_assistant_said_is_never_taken_for_the_persons_words() -> None:
    draft = log.assistant_said(fresh(), "HE IS LOOKING FOR HIS GLASSES", new())
    draft = log.heard(draft, "HELLO THIS IS RELAY UK GA", new())
    draft = log.heard(draft, "THE WARD WAS COLD GA", new())
    turns = draft.record.turns
    draft = log.corrected(draft, turns[1].id, "HELLO, THIS IS RELAY UK", new(), TurnBy.RELAY_ASSISTANT)
    assert log.words_of(draft.record.turns, [one.id for one in turns]).splitlines() == [
        "[Relay assistant: HE IS LOOKING FOR HIS GLASSES]",
        "[Relay assistant: HELLO, THIS IS RELAY UK]",
        "THE WARD WAS COLD",
    ]
    # Later corrections of the words keep who said them.
    draft = log.corrected(draft, turns[1].id, "HELLO", new())
    assert log.said_by(draft.record.turns, turns[1]) == TurnBy.RELAY_ASSISTANT
    assert draft.record.turns[1] == turns[1]


def test_half_a_turn_waits_while_another_is_corrected() -> None:
    draft = log.heard(fresh(), "LATR GA", new()).model_copy(update={"typing": "AND THEN"})
    assert log.corrected(draft, draft.record.turns[0].id, "LATE", new()).typing == "AND THEN"


def test_a_form_on_paper_keeps_nobody_waiting() -> None:
    paper = drafting.with_record(fresh(), sequence=3)
    assert log.may_leave(paper.record)


def test_nothing_typed_is_no_turn() -> None:
    with pytest.raises(ValueError, match="nothing typed"):
        log.heard(fresh(), "  ", new())


@given(st.lists(st.sampled_from(["heard", "said", "hold", "assistant", "end"]), max_size=12))
def test_whatever_happens_the_log_only_grows(acts: list[str]) -> None:
    draft = fresh()
    for act in acts:
        before = draft.record.turns
        if act == "heard":
            draft = log.heard(draft, "WORDS GA", new())
        elif act == "assistant":
            draft = log.assistant_said(draft, "ONE MOMENT", new())
        else:
            draft = {"said": log.said, "hold": log.asked_to_hold, "end": log.ended}[act](draft, new())
        assert draft.record.turns[:-1] == before
        assert draft.record.turns[-1].id not in {one.id for one in before}
