"""Text relay is switched on in one place, holds its prefix apart, and is called back in the right way."""

from intake_app import drafting, taking_down
from intake_app.channels.relay import session
from intake_app.channels.relay.session import switched_on
from intake_app.drafting import FRAME, Draft, session_key
from intake_app.forms.library import Library
from intake_app.people import PersonDetails
from intake_app.records import Answer
from intake_app.times import IdMaker, Instant, system_clock

NOW = Instant.parse("2026-03-02T10:14:00Z")
LIBRARY = Library.shipped()
IDS = IdMaker(system_clock)
NUMBER = "020 7946 0000"


def fresh() -> Draft:
    return taking_down.new_draft(LIBRARY, IDS, NOW, "device")


def on(draft: Draft, prefix: str = "") -> Draft:
    return switched_on(draft, LIBRARY, IDS, NOW, prefix)


def answered(draft: Draft, question_id: str, code: str) -> Draft:
    there = session.session_of(draft.record)
    assert there is not None
    return drafting.with_answer(draft, session_key(there.id), question_id, Answer(value=code))


def test_it_is_a_session_and_a_support_and_what_was_used_before_stays() -> None:
    draft = taking_down.add_session(fresh(), LIBRARY, IDS, "interpreter", NOW)
    draft = on(draft, "18001")
    assert drafting.supports(draft) == ("interpreter", "text_relay")
    there = session.session_of(draft.record)
    assert there is not None
    assert there.question_set.id == "relay"
    assert there.value("prefix") == "18001"
    assert there.answers["prefix"].label == "18001, they type"
    assert draft.record.channel == "phone"


def test_a_second_call_is_a_session_of_its_own_only_after_the_first_has_ended() -> None:
    draft = on(on(fresh(), "18001"))
    assert len(draft.record.sessions) == 1
    draft = on(answered(draft, "outcome", "dropped"))
    assert len(draft.record.sessions) == 2


def test_records_from_before_there_were_sessions_are_relay_calls_too() -> None:
    old = drafting.with_answer(fresh(), FRAME, "support", Answer(value=["text_relay"]))
    assert session.is_on(old.record)
    assert session.types_directly(old.record) is None
    assert session.with_direct(old, LIBRARY, direct=True) == old
    assert session.dial(old.record, NUMBER) == "18002 020 7946 0000"


def test_how_they_type_is_kept_in_the_session() -> None:
    draft = session.with_direct(on(fresh()), LIBRARY, direct=True)
    assert session.types_directly(draft.record) is True
    assert session.types_directly(session.with_direct(draft, LIBRARY, direct=False).record) is False


def test_they_are_called_back_with_the_prefix_that_reaches_them_or_as_they_wish() -> None:
    draft = on(fresh(), "18001")
    assert session.dial(draft.record, NUMBER) == "18002 020 7946 0000"
    # Who was reached with 18002 types at our end.
    assert session.dial(on(fresh(), "18002").record, NUMBER) == "18001 020 7946 0000"
    assert session.dial(answered(draft, "call_back_by_relay", "no").record, NUMBER) == ""
    assert session.dial(draft.record, "") == ""
    assert session.dial(fresh().record, NUMBER) == ""


def test_the_number_is_the_one_they_left() -> None:
    assert session.number_of(None) == ""
    person = PersonDetails(id="p", question_set=LIBRARY.latest("person").ref(), number=NUMBER)
    assert session.number_of(person) == NUMBER
    typed = person.model_copy(update={"answers": {"phone": Answer(value="18001 020 7946 0001")}})
    assert session.number_of(typed) == "18001 020 7946 0001"
    assert session.dial(on(fresh()).record, session.number_of(typed)) == "18002 020 7946 0001"
