"""The list knows which records have needs that everybody must see, and reads no others."""

from collections.abc import Callable

from intake_app import drafting, taking_down
from intake_app.drafting import Draft, session_key
from intake_app.forms.library import Library
from intake_app.records import Answer
from intake_app.store.needs import needs_in
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker

SIGNS = "uses_british_sign_language"


def test_rows_of_the_list_carry_their_needs(store: Store, take_down: Callable[..., Draft], clock) -> None:
    library, ids = Library.shipped(), IdMaker(clock)
    store.records.save(take_down("Somebody without needs"))
    draft = taking_down.add_session(take_down("Somebody who signs"), library, ids, "bsl_video", clock())
    key = session_key(draft.record.sessions[0].id)
    draft = drafting.with_answer(draft, key, "needs", Answer(value=[SIGNS]))
    store.records.save(draft)
    found = {row.first_words: tuple(row.needs) for row in store.records.find(RecordQuery()).rows}
    assert found == {"Somebody without needs": (), "Somebody who signs": (SIGNS,)}


def test_what_another_program_wrote_and_cannot_be_read_names_no_needs() -> None:
    assert needs_in(None) == ()
    assert needs_in("no JSON") == ()
    assert needs_in('[{"id": 1, "answers": 7}]') == ()
