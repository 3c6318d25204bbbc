"""Titles of forms as they are in use are put where they belong; a person's word counts for more."""

import csv
import json
from pathlib import Path

import pytest

from intake_app.assets import asset
from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.answers import AnswerReader
from intake_app.channels.webform.guessing import guessed, proposed
from intake_app.channels.webform.mapping import targets
from intake_app.forms.library import Library
from tests.intake_app.channels.webform.forms import TITLES, form

CQC = Path(__file__).parents[5] / "shared/data/cqc_form/gfc/SYE/Content/form-schema.json"


def guess(library: Library, *titles: str) -> list[str]:
    return [one.target for one in guessed(titles, targets(library))]


def test_forms_of_two_makers_are_understood(library: Library) -> None:
    assert guess(
        library, "ID", "Start time", "Completion time", "Email", "Name", "Tell us what happened", "Age group"
    ) == [
        "response", "beside", "received", "person:email", "person:person_name", "story", "equality:age_band"
    ]  # fmt: skip
    assert guess(library, "UserID", "Ended", "IP Address", "Q1. Your feedback (optional)") == [
        "response", "received", "leave_out", "story"
    ]  # fmt: skip


def test_only_the_most_telling_of_several_ids_is_one(library: Library) -> None:
    assert guess(library, "ID", "Response ID") == ["beside", "response"]


def test_a_title_that_goes_on_and_our_own_words_are_known(library: Library) -> None:
    assert guess(library, "Give us your feedback about Rose Lodge") == ["story"]
    assert guess(library, "Have they worked there?", "Else") == [
        "feedback:worked_there",
        "beside",
    ]


def test_what_a_person_said_counts_for_more_than_a_guess(library: Library) -> None:
    said = form(targets=("beside", "received", "story", "beside", "leave_out"))
    made, same = proposed("april", TITLES, [form(("x",), ("story",)), said], targets(library))
    assert (made.name, same) == ("Our form", True)
    assert [one.target for one in made.columns] == [one.target for one in said.columns]


def test_a_form_with_a_question_more_is_still_the_same_form(library: Library) -> None:
    made, same = proposed("april", (*TITLES, "ID", "Age group"), [form()], targets(library))
    assert (made.name, same) == ("Our form", False)
    assert [one.target for one in made.columns[-2:]] == [uses.BESIDE, "equality:age_band"]
    assert made.columns[0].target == uses.RESPONSE


def test_a_form_that_nobody_knows_is_named_after_its_file(library: Library) -> None:
    made, same = proposed("april", ("Your story",), [form()], targets(library))
    assert (made.name, same) == ("april", False)


def test_every_title_that_is_known_goes_somewhere(library: Library) -> None:
    known = targets(library)
    with asset("resources/web_forms/titles.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["target"] in uses.OWN or row["target"] in known, row


def test_every_answer_that_is_known_is_a_choice(library: Library) -> None:
    questions = {one.question.id: one.question for one in targets(library).values()}
    reader = AnswerReader(library, True)
    with asset("resources/web_forms/answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert questions[row["question"]].choice(row["code"]) is not None, row
            assert not reader.is_no_choice(questions[row["question"]], row["answer"]), row


def test_the_form_of_the_national_regulator_is_understood(library: Library) -> None:
    if not CQC.is_file():
        pytest.skip("the public form is not on this computer")
    questions = [one for page in json.loads(CQC.read_text("cp1252"))["pages"] for one in page["questions"]]
    titles = [one["short_question"] for one in questions]
    found = dict(zip(titles, guess(library, *titles), strict=True))
    reader, known = AnswerReader(library, True), targets(library)
    understood = [one for one in questions if found[one["short_question"]] != uses.BESIDE]
    strange = [
        (one["short_question"], choice["value"])
        for one in understood
        for choice in one.get("options") or ()
        if found[one["short_question"]] in known
        if reader.is_no_choice(known[found[one["short_question"]]].question, choice["value"])
    ]
    assert strange == []
    assert len(understood) >= len(questions) // 2, found
