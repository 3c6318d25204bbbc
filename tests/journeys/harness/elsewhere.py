"""What happens away from the window: elsewhere.py DEED FOLDER PASSPHRASE ADDRESS CODE WORDS

``change``: Amina, at a computer of her own in FOLDER, joins the hub with CODE, changes the story of the
newest record to WORDS and lets it be quoted. ``details``: she does the same with the person's telephone
number. ``refused``: FOLDER gets a record that the hub will refuse,
because it was taken down for another organisation. ``show_drafts``: FOLDER's organisation shows people the
unchecked wording of the language WORDS. ``translate``: a translator writes WORDS for "Good experience" into
the workbook FOLDER. Run by the project's Python.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from openpyxl import load_workbook

from intake_app import drafting, taking_down
from intake_app.approvals import Approval
from intake_app.forms.library import Library
from intake_app.records import Answer
from intake_app.store.opening import create_store, open_store
from intake_app.store.summaries import RecordQuery
from intake_app.sync.enrolment import join
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, system_clock


def change(deed: str, folder: Path, passphrase: str, address: str, code: str, words: str) -> None:
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
        draft, by = store.records.draft_for_edit(row.id), store.staff.all()[0].id
        if deed == "details":
            draft = taking_down.opened(draft, drafting.PERSON, library, ids)
            draft = drafting.with_answer(draft, drafting.PERSON, "phone", Answer(value=words))
        else:
            draft = drafting.with_narrative(draft, words, ids)
            draft = drafting.with_answer(draft, drafting.FRAME, "may_quote", Answer(value="yes", label="Yes"))
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


def show_drafts(folder: Path, passphrase: str, language: str) -> None:
    with open_store(folder, passphrase, clock=system_clock, ids=IdMaker(system_clock)) as store:
        store.wordings.approve(Approval(language=language, shows_drafts=True), store.staff.all()[0].id)


def translate(workbook: Path, words: str) -> None:
    book = load_workbook(workbook)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[4].value == "Good experience":
            row[5].value = words
    book.save(workbook)


def main() -> None:
    deed, folder, passphrase, address, code, words = sys.argv[1:7]
    if deed in ("change", "details"):
        change(deed, Path(folder), passphrase, address, code, words)
    elif deed == "translate":
        translate(Path(folder), words)
    elif deed == "show_drafts":
        show_drafts(Path(folder), passphrase, words)
    else:
        refused(Path(folder), passphrase, words)


if __name__ == "__main__":
    main()
