"""Records of one exchange of emails are offered; a stranger's answer never is, nor an anonymous record."""

from intake_app import taking_down
from intake_app.channels.email.draft import draft_of
from intake_app.channels.email.files import Found
from intake_app.channels.email.kept import of_text
from intake_app.channels.email.taking_in import take_in
from intake_app.drafting import PERSON, with_answer
from intake_app.forms.library import Library
from intake_app.passages import MessageRef
from intake_app.records import Answer, Record
from intake_app.store import exchanges
from intake_app.store.store import Store
from intake_app.times import IdMaker
from tests.fakes import HandClock


def letter(name: str, sender: str = "zofia@example.org", answers: str = "") -> bytes:
    head = f"From: {sender}\r\nMessage-ID: <{name}@example.org>\r\n"
    head += (
        f"References: {' '.join(f'<{one}@example.org>' for one in answers.split())}\r\n" if answers else ""
    )
    return f"{head}Date: Wed, 04 Nov 2026 09:00:00 +0000\r\n\r\nWords of {name}.\r\n".encode()


def taken_down(
    store: Store, clock: HandClock, ids: IdMaker, raw: bytes, address_kept: bool = True, person: bool = True
) -> Record:
    library = Library.shipped()
    take_in(store.inbox, [Found(store.folder, raw)])
    (row,) = [one for one in store.inbox.rows() if store.inbox.source(one.id) == raw]
    clock.forward(60)
    draft = draft_of(of_text(store.inbox.reading(row.id)), library, ids, clock(), store.device)
    if not person:
        draft = draft.model_copy(update={"person": None})
    elif not address_kept:
        draft = with_answer(draft, PERSON, "email", None)
        draft = with_answer(draft, PERSON, "person_name", Answer(value="Zofia"))
    store.drafts.keep(draft)
    store.inbox.take_down(row.id, draft.id)
    return store.records.save(taking_down.finish(draft, library, clock()))


def test_one_address_is_the_same_person_whatever_its_letters(
    store: Store, clock: HandClock, ids: IdMaker
) -> None:
    first = taken_down(store, clock, ids, letter("one"))
    second = taken_down(store, clock, ids, letter("two", "ZOFIA@Example.org"))
    (offer,) = store.related.people(second.id, "wrote again")
    assert (offer.record.id, offer.same_person, offer.same_exchange) == (first.id, True, False)


def test_emails_that_refer_to_one_another_are_one_exchange_from_either_end(
    store: Store, clock: HandClock, ids: IdMaker
) -> None:
    first = taken_down(store, clock, ids, letter("one"))
    second = taken_down(store, clock, ids, letter("two", answers="one"))
    third = taken_down(store, clock, ids, letter("three", answers="two"))
    for record, others in ((third, {first.id, second.id}), (first, {second.id, third.id})):
        assert store.related.of(record.id).people == 2
        found = store.related.people(record.id, "wrote again")
        assert {one.record.id for one in found if one.same_exchange} == others
    assert store.links.of(first.id) == ()


def test_also_where_nobody_kept_the_address(store: Store, clock: HandClock, ids: IdMaker) -> None:
    first = taken_down(store, clock, ids, letter("one"), address_kept=False)
    second = taken_down(store, clock, ids, letter("two", answers="one"), address_kept=False)
    (offer,) = store.related.people(second.id, "wrote again")
    assert (offer.record.id, offer.same_person, offer.same_exchange) == (first.id, False, True)


def test_a_strangers_answer_and_an_anonymous_record_are_offered_to_nobody(
    store: Store, clock: HandClock, ids: IdMaker
) -> None:
    first = taken_down(store, clock, ids, letter("one"))
    stranger = taken_down(store, clock, ids, letter("two", "stranger@example.com", "one"))
    nobody = taken_down(store, clock, ids, letter("three", answers="one"), person=False)
    for record in (first, stranger, nobody):
        assert store.related.of(record.id).people == 0
        assert store.related.people(record.id, "curious") == ()


def test_records_of_other_computers_are_compared_by_what_they_say_of_their_emails() -> None:
    frame = Record.parse(
        '{"id":"r","device":"d","started":{"utc":"2026-11-20T10:00:00.000Z"},'
        '"received":{"utc":"2026-11-20T10:00:00.000Z"},'
        '"frame":{"question_set":{"id":"frame","version":"v"}}}'
    )

    def of(name: str, *answers: str) -> Record:
        return frame.model_copy(update={"message": MessageRef(id=name, answers=answers)})

    assert exchanges.is_one(of("two", "one"), of("one"))
    assert exchanges.is_one(of("two", "one"), of("three", "one"))
    assert not exchanges.is_one(of("two", "one"), of("three"))
    assert not exchanges.is_one(frame, of("one"))
