"""What happens away from the window: elsewhere.py DEED FOLDER PASSPHRASE ADDRESS CODE WORDS

``change``: Amina, at a computer of her own in FOLDER, joins the hub with CODE, changes the story of the
newest record to WORDS and lets it be quoted. ``number``: the same, but she writes down WORDS as the telephone
number of its person. ``refused``: FOLDER gets a record that the hub will refuse,
because it was taken down for another organisation. Run by the project's Python.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.records import Answer
from intake_app.store.opening import create_store, open_store
from intake_app.store.summaries import RecordQuery
from intake_app.sync.enrolment import join
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, system_clock


def change(folder: Path, passphrase: str, address: str, code: str, words: str, what: str) -> None:
    ids, library = IdMaker(system_clock), Library.shipped()
    made = create_store(
        folder,
        "Healthwatch Exampleton",
        staff_name="Amina",
        passphrase=passphrase,
        clock=system_clock,
        ids=ids,
    )
    with made.store as store:
        join(store.sync, address, code, store.device)
        run_round(store.sync, folder)
        (row, *_) = store.records.find(RecordQuery()).rows
        draft = store.records.draft_for_edit(row.id)
        if what == "number":
            draft = taking_down.opened(draft, drafting.PERSON, library, ids)
            draft = drafting.with_answer(draft, drafting.PERSON, "phone", Answer(value=words))
        else:
            draft = drafting.with_narrative(draft, words, ids)
            draft = drafting.with_answer(draft, drafting.FRAME, "may_quote", Answer(value="yes", label="Yes"))
        by = store.staff.all()[0].id
        store.records.save(taking_down.finish(draft, library, system_clock(), by))
        run_round(store.sync, folder)


def refused(folder: Path, passphrase: str, words: str) -> None:
    ids, library = IdMaker(system_clock), Library.shipped()
    with open_store(folder, passphrase, clock=system_clock, ids=ids) as store:
        by = store.staff.all()[0].id
        draft = taking_down.new_draft(library, ids, system_clock(), store.device, by)
        draft = drafting.with_narrative(draft, words, ids)
        record = store.records.save(taking_down.finish(draft, library, system_clock(), by))
        with store._database.write() as connection:
            connection.exec_driver_sql(
                "UPDATE version SET organisation = 'another' WHERE document = :id", {"id": record.id}
            )


def main() -> None:
    deed, folder, passphrase, address, code, words = sys.argv[1:7]
    if deed in ("change", "number"):
        change(Path(folder), passphrase, address, code, words, deed)
    else:
        refused(Path(folder), passphrase, words)


if __name__ == "__main__":
    main()
