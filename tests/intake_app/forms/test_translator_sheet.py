"""A translator's workbook: everything for the person beside its English, and what comes back of it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from intake_app.approvals import Approval
from intake_app.errors import FileRefused, QuestionSetRefused
from intake_app.forms import translator_sheet
from intake_app.forms.library import Library
from intake_app.forms.prompts import CODE_LISTS, PromptStatus


@pytest.fixture
def library() -> Library:
    return Library.shipped()


def changed(path: Path, change: dict[str, str], column: int = 6) -> None:
    """Another translation for these English texts."""
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if (text := change.get(row[4].value)) is not None:
            row[column - 1].value = text
    book.save(path)
    book.close()


def test_what_is_written_comes_back_the_same(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "pl.xlsx"
    count = translator_sheet.write(path, library, "pl")
    taken = translator_sheet.take_in(path, library, "pl")
    assert (taken.texts, taken.left_out) == (count, ())
    worded = {one for one in library.ids() if not library.latest(one).staff_only}
    assert {one.part for one in taken.sheets} == {*worded, CODE_LISTS}
    before = list(translator_sheet.entries(library, "pl"))
    library.wordings.use((), taken.sheets)
    assert list(translator_sheet.entries(library, "pl")) == before


def test_a_language_that_came_without_words_is_worded(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "ti.xlsx"
    assert translator_sheet.write(path, library, "ti") > 400
    changed(path, {"Was it good, bad or both?": "ጽቡቕ ድዩ ነይሩ ወይስ ሕማቕ?", "Good experience": "ጽቡቕ"})
    taken = translator_sheet.take_in(path, library, "ti")
    assert taken.texts == 2
    library.wordings.use((), taken.sheets)
    assert "ti" in library.wordings.languages()
    assert library.wordings.status("ti") is PromptStatus.DRAFT
    feedback = library.latest("feedback")
    question = feedback.question("experience_kind")
    prompts = library.wordings.prompts(feedback, "ti")
    assert prompts.say(question, short=True).text == "ጽቡቕ ድዩ ነይሩ ወይስ ሕማቕ?"
    assert prompts.say(question).status is PromptStatus.ENGLISH_ONLY


def test_own_words_are_unchecked_until_somebody_reads_them(library: Library, tmp_path: Path) -> None:
    reviewed = Approval(language="pl", reviewed_by="Ewa Nowak", hashes=library.wordings.hashes("pl"))
    library.wordings.use([reviewed])
    assert library.wordings.status("pl") is PromptStatus.OFFICIAL
    path = tmp_path / "pl.xlsx"
    translator_sheet.write(path, library, "pl")
    changed(path, {"Good experience": "Było dobrze"})
    library.wordings.use([reviewed], translator_sheet.take_in(path, library, "pl").sheets)
    assert library.wordings.status("pl") is PromptStatus.DRAFT


def test_rows_that_would_harm_are_left_out_with_their_reason(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "pl.xlsx"
    translator_sheet.write(path, library, "pl")
    listen = "You can call NHS 111, option 2, or Samaritans on 116 123, at any time."
    changed(path, {"Question {number} of {total}": "Pytanie {numer} z {total}", listen: "Proszę zadzwonić."})
    book = load_workbook(path)
    book.worksheets[0].append(["feedback", "", "no_such_question", "x_read_script", "What?", "Co?"])
    book.save(path)
    book.close()
    taken = translator_sheet.take_in(path, library, "pl")
    assert sorted(reason for _row, reason in taken.left_out) == ["fields", "numbers", "unknown"]


def test_what_is_no_such_workbook_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "rubbish.xlsx").write_bytes(b"PK\x03\x04rubbish")
    with pytest.raises(QuestionSetRefused):
        translator_sheet.take_in(tmp_path / "rubbish.xlsx", library, "pl")
    path = tmp_path / "pl.xlsx"
    translator_sheet.write(path, library, "pl")
    book = load_workbook(path)
    book.worksheets[0].delete_cols(3)
    book.save(path)
    book.close()
    with pytest.raises(QuestionSetRefused):
        translator_sheet.take_in(path, library, "pl")
    with pytest.raises(FileRefused):
        translator_sheet.write(tmp_path / "nowhere" / "pl.xlsx", library, "pl")


def test_a_sheet_of_the_hub_that_cannot_be_read_is_english_and_named(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "pl.xlsx"
    translator_sheet.write(path, library, "pl")
    sheets = translator_sheet.take_in(path, library, "pl").sheets
    broken = [
        one.model_copy(update={"sheet": "name,label,label\nx,y,z\n"}) if one.part == "feedback" else one
        for one in sheets
    ]
    library.wordings.use((), broken)
    feedback = library.latest("feedback")
    prompt = library.wordings.prompts(feedback, "pl").say(feedback.question("experience_kind"))
    assert (prompt.status, prompt.text) == (PromptStatus.ENGLISH_ONLY, prompt.english)
    assert library.wordings.take_unreadable() == ["feedback/wording/pl.csv"]
