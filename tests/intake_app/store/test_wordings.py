"""Who has checked a language is kept, and every device of the organisation learns it."""

from intake_app.approvals import Approval
from intake_app.documents import Document, Kind, Pulled
from intake_app.store.store import Store
from intake_app.times import IdMaker
from tests.fakes import HandClock


def received(store: Store, ids: IdMaker, clock: HandClock, body: str) -> None:
    document = Document(store.organisation.id, Kind.WORDING, ids(), ids(), body)
    revision = store.sync.cursor() + 1
    store.sync.apply_page([Pulled(document, revision, (), True, clock(), "elsewhere")], revision)


def test_the_latest_word_on_a_language_holds(store: Store, clock: HandClock) -> None:
    store.wordings.approve(Approval(language="pl", reviewed_by=" Ewa Nowak ", hashes={"frame": "a"}), "s1")
    clock.forward(seconds=1)
    kept = store.wordings.approve(Approval(language="pl", shows_drafts=True), "s2")
    store.wordings.approve(Approval(language="ur", reviewed_by="Nadia Khan"), "s1")
    found = {one.language: one for one in store.wordings.all().approvals}
    assert found["pl"] == kept
    assert (found["pl"].reviewed_by, found["pl"].shows_drafts, found["pl"].by) == ("", True, "s2")
    assert found["ur"].reviewed_by == "Nadia Khan"


def test_another_computers_word_is_taken_in_and_rubbish_is_passed_over(
    store: Store, ids: IdMaker, clock: HandClock
) -> None:
    there = Approval(language="ur", reviewed_by="Nadia Khan", at=clock(), by="elsewhere")
    received(store, ids, clock, there.to_json())
    received(store, ids, clock, '{"language": 3')
    received(store, ids, clock, '{"new": "of a newer program"}')
    assert store.wordings.all().approvals == (there,)
