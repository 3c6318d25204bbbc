"""Stories in every script are found; those that wait for a translation are listed until it is checked."""

from collections.abc import Callable

import pytest

from intake_app import narratives
from intake_app.drafting import Draft
from intake_app.errors import RecordMissing
from intake_app.records import Narrative, NarrativeKind, Record
from intake_app.store import untranslated
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from tests.fakes import HandClock

TakeDown = Callable[..., Draft]
URDU = "مجھے ڈاکٹر کے لیے تین گھنٹے انتظار کرنا پڑا"
STORIES = [
    ("ur", URDU, "گھنٹے"),
    ("ar", "انتظرتُ ثلاثَ ساعاتٍ في العيادة", "العياده"),
    ("pa-Guru", "ਮੈਨੂੰ ਤਿੰਨ ਘੰਟੇ ਉਡੀਕ ਕਰਨੀ ਪਈ", "ਉਡੀਕ"),
    ("bn", "আমাকে তিন ঘণ্টা অপেক্ষা করতে হয়েছিল", "অপেক্ষা"),
    ("pl", "Czekałam trzy godziny", "czekalam"),
    ("ar", "قال: the clinic at 10 كانت مغلقة", "clinic مغلقه"),
]


def tell(store: Store, take_down: TakeDown, text: str, language: str) -> Record:
    draft = take_down(text)
    (story,) = draft.record.narratives
    record = draft.record.model_copy(
        update={"narratives": (story.model_copy(update={"language": language}),)}
    )
    return store.records.save(draft.model_copy(update={"record": record}))


def translation(record: Record, text: str = "I waited three hours", **facts: object) -> Narrative:
    told = {
        "id": "translation", "text": text, "kind": NarrativeKind.TRANSLATION, "method": "staff",
        "derived_from": record.narratives[0].id, **facts,
    }  # fmt: skip
    return Narrative.model_validate(told)


def checked(record: Record, clock: HandClock) -> dict[str, object]:
    digest = narratives.digest(record.narratives[0].text)
    return {"checked": clock(), "checked_by": "Amina", "of_text": digest}


def found(store: Store, **asked: object) -> list[str]:
    page = store.records.find(RecordQuery(**asked))
    return [row.id for row in page.rows]


@pytest.mark.parametrize(("language", "text", "word"), STORIES)
def test_original_and_translation_are_found(
    store: Store, take_down: TakeDown, language: str, text: str, word: str
) -> None:
    record = tell(store, take_down, text, language)
    tell(store, take_down, "Something else", "en")
    store.records.translate(record.id, translation(record))
    assert found(store, words=word) == [record.id]
    assert found(store, words="three hours") == [record.id]


def test_what_has_no_checked_translation_is_listed_and_counted(
    store: Store, take_down: TakeDown, clock: HandClock
) -> None:
    tell(store, take_down, "English", "en")
    record = tell(store, take_down, URDU, "ur")
    withdrawn = tell(store, take_down, URDU, "ur")
    store.records.withdraw(withdrawn.id, "they asked")
    assert found(store, state="untranslated") == [record.id]
    assert store.records.untranslated() == 1
    assert found(store, state="untranslated", words="English") == []
    store.records.translate(record.id, translation(record))
    assert store.records.untranslated() == 1, "nobody has checked it"
    store.records.translate(record.id, translation(record, **checked(record, clock)))
    assert store.records.untranslated() == 0
    assert found(store, state="untranslated") == []


def test_a_translation_is_a_new_version_and_changes_no_word(
    store: Store, take_down: TakeDown, clock: HandClock
) -> None:
    record = tell(store, take_down, URDU, "ur")
    after = store.records.translate(record.id, translation(record), by="sam")
    assert after.narratives == (*record.narratives, translation(record))
    assert (after.edited_by, len(store.records.history(record.id))) == ("sam", 2)
    marked = store.records.translate(record.id, translation(record, **checked(record, clock)))
    assert [one.text for one in marked.narratives] == [URDU, "I waited three hours"]
    assert marked.narratives[1].checked_by == "Amina"
    with pytest.raises(ValueError, match="overwritten"):
        store.records.translate(record.id, translation(record, "Other words"))
    with pytest.raises(ValueError, match="no translation"):
        store.records.translate(record.id, translation(record, id="new", derived_from="nothing"))
    with pytest.raises(ValueError, match="no translation"):
        store.records.translate(record.id, record.narratives[0])
    with pytest.raises(RecordMissing):
        store.records.translate("nowhere", translation(record))


def test_a_store_filled_before_finds_what_waits_after_the_upgrade(
    store: Store, take_down: TakeDown, clock: HandClock
) -> None:
    english = tell(store, take_down, "English", "en")
    done = tell(store, take_down, URDU, "ur")
    store.records.translate(done.id, translation(done, **checked(done, clock)))
    record = tell(store, take_down, URDU, "ur")
    with store._database.write() as connection:
        # As an earlier program fed it.
        for one in (record, english):
            connection.exec_driver_sql(
                "INSERT INTO record_search (record_search, rowid, words, tokens)"
                " SELECT 'delete', key, words, tokens FROM record_text WHERE id = ?", (one.id,)
            )  # fmt: skip
        connection.exec_driver_sql("UPDATE record_text SET tokens = replace(tokens, ' ttranslation', '')")
        connection.exec_driver_sql(
            "INSERT INTO record_search (rowid, words, tokens) SELECT key, words, tokens FROM record_text"
            " WHERE id IN (?, ?)", (record.id, english.id)
        )  # fmt: skip
    assert store.records.untranslated() == 0
    for _again in range(2):
        with store._database.write() as connection:
            untranslated.run(connection)
        assert found(store, state="untranslated") == [record.id]
        assert found(store, words="English") == [english.id]
        assert store.check().whole
