"""The slip to take away: a reference, and nothing from which anybody learns what was told."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.approvals import Approval
from intake_app.channels.outreach.paper import EASY_READ
from intake_app.channels.outreach.paper_html import write_html
from intake_app.channels.outreach.take_away import (
    Slip,
    SlipFor,
    SlipOptions,
    make_slip,
    offer,
    slip_for,
    to_read_aloud,
)
from intake_app.forms.library import Library
from intake_app.people import PersonDetails
from intake_app.records import Answer, Danger, Item, Narrative, Record, RecordState, SetRef, Sheet
from intake_app.times import Instant

LIBRARY = Library.shipped()
ID = "0192f3b4-0000-7000-8000-0000482913aa"
SET = SetRef(id="frame", version="0" * 64)


def record(answers: dict[str, str] | None = None, **more: object) -> Record:
    given = {question: Answer(value=value) for question, value in (answers or {}).items()}
    values = {"id": ID, "device": "d", "started": Instant(0), "received": Instant(1_795_600_000_000)}
    return Record(**(values | {"frame": Sheet(question_set=SET, answers=given)} | more))


def item(**answers: object) -> Item:
    return Item(id="i", question_set=SET, answers={name: Answer(value=one) for name, one in answers.items()})


def danger(closed: Instant | None = None) -> Danger:
    return Danger(question_set=SET, marked=Instant(1), closed=closed)


def test_nothing_else_of_a_record_reaches_the_slip() -> None:
    assert [one.name for one in fields(SlipFor)] == ["reference", "received", "language", "offer"]


_WORDS = st.text("abcdefghijkłóżحکن", min_size=4, max_size=12).map(lambda word: f"zq{word}qz")


@given(story=_WORDS, service=_WORDS, name=_WORDS, number=st.integers(10**9, 10**10 - 1))
def test_no_word_of_story_service_or_name_is_on_it(story: str, service: str, name: str, number: int) -> None:
    told = record(
        items=(item(services=[{"name": service, "place": service}], service_part=story),),
        narratives=(Narrative(id="n", text=story),),
    )
    person = PersonDetails(
        id="p", question_set=SET, answers={"person_name": Answer(value=name)}, number=f"0{number}"
    )
    made = slip_for(told, person)
    paper = make_slip(LIBRARY, made.reference, made.received.civil, SlipOptions(language=made.language))
    for shown in (to_read_aloud(paper), write_html(paper)):
        assert not any(secret in shown for secret in (story, service, name, str(number)))


def test_the_reference_is_shown_in_threes_and_read_figure_by_figure() -> None:
    paper = make_slip(LIBRARY, "482913760", date(2026, 11, 25), SlipOptions(reach="0300 000 0000"))
    said = to_read_aloud(paper)
    assert "482 913 760" in write_html(paper)
    assert "4 8 2, 9 1 3, 7 6 0" in said
    for words in ("25 November 2026", "What happens next", "Our staff see it", "withdraw", "0300 000 0000"):
        assert words in said


@pytest.mark.parametrize("language", LIBRARY.wordings.languages())
def test_it_is_in_the_persons_language_and_its_day_too(language: str) -> None:
    library = Library.shipped()
    library.wordings.use([Approval(language=language, shows_drafts=True)])
    paper = make_slip(library, "482913760", date(2026, 11, 25), SlipOptions(language=language, size=20))
    shown = [one for block in paper.blocks for one in block.pieces]
    assert sum(one.language == language for one in shown) >= 8
    (day,) = [one for one in shown if "25" in one.text]
    assert "2026" in day.text
    assert ("November" in day.text) == (language == EASY_READ)
    # Who sees it is never told in words that nobody checked.
    assert any(one.language == "en" and "Our staff see it" in one.text for one in shown) or (
        library.wordings.status(language) == "official"
    )


@pytest.mark.parametrize(
    ("one", "slip", "reasons"),
    [
        (record(), Slip.OFFERED, ()),
        (record(danger=danger()), Slip.REFUSED, ("danger",)),
        (record({"danger_asked": "danger_said"}), Slip.REFUSED, ("danger",)),
        (record({"danger_asked": "no_danger_said"}), Slip.OFFERED, ()),
        (
            record({"danger_asked": "danger_said"}, danger=danger(Instant(2))),
            Slip.UNSURE,
            ("danger_closed",),
        ),
        (record(danger=danger(Instant(2))), Slip.UNSURE, ("danger_closed",)),
        (record({"may_contact": "no"}), Slip.UNSURE, ("no_contact",)),
        (record({"service_may_know": "no"}), Slip.UNSURE, ("unknown_to_service",)),
        (record(items=(item(worked_there="yes"),)), Slip.UNSURE, ("worked_there",)),
        (record(state=RecordState.WITHDRAWN), Slip.REFUSED, ("withdrawn",)),
    ],
)
def test_it_is_refused_in_danger_and_left_to_staff_where_unsure(
    one: Record, slip: Slip, reasons: tuple[str, ...]
) -> None:
    assert (offer(one).slip, offer(one).reasons) == (slip, reasons)


def test_where_no_message_is_safe_staff_are_warned() -> None:
    unsafe = PersonDetails(id="p", question_set=SET, answers={"message_safe": Answer(value="no")})
    assert offer(record(), unsafe).reasons == ("no_message",)


def test_in_practice_no_slip_is_given() -> None:
    assert slip_for(record(), practice=True).offer.slip is Slip.REFUSED
