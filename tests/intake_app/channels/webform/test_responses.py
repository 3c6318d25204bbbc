"""A response becomes a record: nothing that anybody wrote is lost, and no name stands open."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.answers import Unread
from intake_app.channels.webform.mapping import FormMapping, targets
from intake_app.channels.webform.responses import ResponseReader
from intake_app.channels.webform.table import Row
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.records import AnswerState, Source
from intake_app.services.model import Service
from intake_app.times import Instant
from tests.intake_app.channels.webform.forms import TITLES, form

NOW = Instant.parse("2026-11-25T10:00:00Z")
ROSE = Service(id="cqc:1-101", name="Rose Lodge", town="Leeds", postcode="LS1 1AA", provider="Rose Care Ltd")


def find(code: str) -> Service | None:
    return ROSE if code == "1-101" else None


def draft_of(library: Library, made: FormMapping, cells: dict[str, str], **more: Any) -> Draft:
    numbers = count(1)
    reader = ResponseReader(library, made, more.pop("day_first", True), find, "device", "staff", **more)
    row = Row(2, cells)
    return reader.draft(row, reader.response(row), lambda: f"id{next(numbers)}", NOW)


def test_the_whole_of_a_response_is_in_the_record(library: Library) -> None:
    cells = dict(zip(TITLES, ("101", "2026-03-09 10:15:00", "Kind.", "Good experience", "Odd"), strict=True))
    record = draft_of(library, form(partner="Mind"), cells | {"More": "Thank you"}).record
    assert (record.channel, record.received.civil.isoformat()) == ("web_form", "2026-03-09")
    assert record.frame.answers["channel"].source is Source.IMPORTED
    assert [one.text for one in record.narratives] == ["Kind."]
    assert record.items[0].value("experience_kind") == "good"
    assert record.online is not None
    assert (record.online.form, record.online.response, record.online.partner) == ("Our form", "101", "Mind")
    kept = [(one.title, one.text, one.question, one.reason) for one in record.online.kept]
    assert kept == [
        ("More", "Thank you", "", ""),
        (TITLES[4], "Odd", "feedback:told_service", Unread.CHOICE),
    ]
    assert [one.text for one in record.online.unread] == ["Odd"]


def test_several_stories_stand_below_their_questions(library: Library) -> None:
    made = form(("What was good?", "What was bad?"), (uses.STORY, uses.STORY))
    both = draft_of(library, made, {"What was good?": "Food", "What was bad?": "Noise"}).record
    assert both.narratives[0].text == "What was good?\nFood\n\nWhat was bad?\nNoise"
    assert draft_of(library, made, {"What was bad?": "Noise"}).record.narratives[0].text == "Noise"


@pytest.mark.parametrize(
    ("text", "reason"), [("", Unread.DATE), ("some day", Unread.DATE), ("2027-01-01", Unread.FUTURE)]
)
def test_a_day_that_cannot_be_waits_for_somebody(library: Library, text: str, reason: str) -> None:
    record = draft_of(
        library, form(), {TITLES[2]: "Kind.", TITLES[1]: text} if text else {TITLES[2]: "x"}
    ).record
    assert record.received == NOW
    assert record.online is not None
    assert [(one.text, one.reason) for one in record.online.unread] == [(text, reason)]


def test_who_told_us_is_under_seal_and_equality_apart(library: Library) -> None:
    made = form(
        ("First name", "Last name", "Email", "Age", "Religion"),
        (
            "person:person_name",
            "person:person_name",
            "person:email",
            "equality:age_band",
            "equality:religion",
        ),
    )
    cells = {"First name": "Jo", "Last name": "Bloggs", "Email": "jo@example.org", "Age": "25 to 49"}
    draft = draft_of(library, made, cells | {"Religion": "Jedi of Anyshire"})
    assert draft.person is not None
    assert draft.equality is not None
    assert draft.person.value("person_name") == "Jo Bloggs"
    assert draft.equality.value("age_band") == "25_49"
    assert draft.equality.answers["religion"].label == "Jedi of Anyshire"
    body = draft.record.to_json()
    assert not [one for one in ("Bloggs", "example.org", "Jedi") if one in body]
    assert draft.record.online is not None
    assert [one.question for one in draft.record.online.unread] == ["equality:religion"]


def test_a_form_that_does_not_know_who_it_was_makes_nobody(library: Library) -> None:
    made = form(("Name", "Email"), ("person:person_name", "person:email"))
    assert draft_of(library, made, {"Name": "Anonymous", "Email": "anonymous"}).person is None


def test_a_service_is_known_by_its_code_and_else_as_they_named_it(library: Library) -> None:
    made = form(("Service", "Town", "Code"), (uses.SERVICE, uses.PLACE, uses.SERVICE_ID))
    known = draft_of(library, made, {"Service": "Rose Lodge", "Code": "1-101"}).record
    assert [(one.id, one.name, one.place) for one in known.items[0].services] == [
        ("cqc:1-101", "Rose Lodge", "Leeds, LS1 1AA")
    ]
    assert known.online is not None
    assert known.online.kept == ()
    other = draft_of(library, made, {"Service": "The Rose", "Town": "York", "Code": "9-9"}).record
    assert [(one.id, one.name, one.place) for one in other.items[0].services] == [("", "The Rose", "York")]
    assert other.online is not None
    assert [(one.text, one.reason) for one in other.online.unread] == [("9-9", Unread.SERVICE)]
    ward = draft_of(library, made, {"Service": "Rose Lodge, first floor", "Code": "1-101"}).record
    assert ward.online is not None
    assert [one.text for one in ward.online.kept] == ["Rose Lodge, first floor"]


@pytest.mark.parametrize(
    ("text", "danger", "kept"),
    [
        ("Yes", True, []),
        ("No", False, ["No"]),
        ("No, nobody", False, ["No, nobody"]),
        ("Yes, I think someone is at risk", True, ["Yes, I think someone is at risk"]),
        ("my mother is locked in", True, ["my mother is locked in"]),
    ],
)
def test_anything_but_a_plain_no_is_danger(
    library: Library, text: str, danger: bool, kept: list[str]
) -> None:
    record = draft_of(library, form(("Danger?",), (uses.DANGER,)), {"Danger?": text}).record
    assert record.in_danger is danger
    said = record.frame.answers.get("danger_asked")
    assert (said is not None and said.value == "danger_said") is danger
    assert record.online is not None
    assert [one.text for one in record.online.kept] == kept


def test_an_empty_answer_about_danger_was_not_asked(library: Library) -> None:
    record = draft_of(library, form(("Danger?", "x"), (uses.DANGER, uses.STORY)), {"x": "Kind."}).record
    assert not record.in_danger
    assert "danger_asked" not in record.frame.answers


def test_choices_in_columns_of_their_own_are_one_answer(library: Library) -> None:
    titles = ("How? – Phone", "How? – Email")
    made = form((*titles, "May we?"), ("frame:contact_how", "frame:contact_how", "frame:may_contact"))
    record = draft_of(library, made, {titles[0]: "1", titles[1]: "x", "May we?": "Yes"}).record
    assert record.frame.value("contact_how") == ["phone", "email"]


def test_a_partner_named_in_the_row_stands_before_that_of_the_file(library: Library) -> None:
    made = form(("Partner", "x"), (uses.PARTNER, uses.STORY))
    for cells, partner in (({"Partner": "Age UK", "x": "a"}, "Age UK"), ({"x": "a"}, "Mind")):
        online = draft_of(library, made, cells, partner="Mind").record.online
        assert online is not None
        assert online.partner == partner


def test_what_was_left_out_by_a_person_is_not_kept_and_a_lost_question_is(library: Library) -> None:
    made = form(("IP address", "Old question", "x"), (uses.LEAVE_OUT, "feedback:gone", uses.STORY))
    record = draft_of(
        library, made, {"IP address": "192.0.2.7", "Old question": "an answer", "x": "a"}
    ).record
    assert "192.0.2.7" not in record.to_json()
    assert record.online is not None
    assert [one.text for one in record.online.kept] == ["an answer"]


def test_a_prefer_not_to_say_is_no_answer_of_another_kind(library: Library) -> None:
    made = form(("Worked?",), ("feedback:worked_there",))
    answer = draft_of(library, made, {"Worked?": "Prefer not to say"}).record.items[0].answers["worked_there"]
    assert answer.state is AnswerState.DECLINED


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_word_is_somewhere_in_the_draft(library: Library, tmp_path: Path, data: st.DataObject) -> None:
    """Wherever a column is sent, what was written in it can be found again, but for what was left out."""
    keys = [*(one for one in uses.OWN if one not in (uses.LEAVE_OUT, uses.RECEIVED)), *targets(library)]
    places = data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=8))
    titles = [f"Title {number}" for number in range(len(places))]
    cells = {
        one: data.draw(st.sampled_from(["No", "Yes", "Other", "x"])) + f"q{number}w"
        for number, one in enumerate(titles)
    }
    draft = draft_of(library, form(titles, places), cells)
    whole = draft.to_json()
    once = [one for one in places if one in uses.ONCE]
    for number, (title, place) in enumerate(zip(titles, places, strict=True)):
        if once.count(place) > 1:
            continue
        assert f"q{number}w" in whole, (title, place)
