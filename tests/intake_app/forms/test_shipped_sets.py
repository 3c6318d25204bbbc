"""The shipped sets are what staff read out: short, plain, in the phone line's order, and standard XLSForm."""

import re
from pathlib import Path
from typing import Any

import pytest

from intake_app.forms.export import write_code_lists, write_folder, write_workbook
from intake_app.forms.library import Library
from intake_app.forms.model import Kind
from intake_app.forms.validation import relevant
from intake_app.forms.xlsform import load
from intake_app.records import Answer, SetRef

SETS = (
    "frame",
    "feedback",
    "enquiry",
    "danger",
    "person",
    "relay",
    "equality",
    "interpreter",
    "communication",
)
STAFF_ONLY = ("interpreter", "communication", "relay")
IDIOMS = (
    "touch base",
    "bear with",
    "get back to",
    "hold on",
    "in the loop",
    "open up",
    "heads up",
    "feel free",
    "at the end of the day",
    "on the same page",
    "reach out",
    "no worries",
    "take it from there",
)


def words(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", text))


def applies(library: Library, set_id: str, **values: Any) -> frozenset[str]:
    answers = {name: Answer(value=value) for name, value in values.items()}
    return relevant(library.latest(set_id), answers)


def test_the_sets_that_ship(library: Library) -> None:
    assert library.ids() == tuple(sorted(SETS))
    for set_id in SETS:
        question_set = library.latest(set_id)
        assert question_set.label == ("2026.2" if set_id in ("frame", "enquiry", "interpreter") else "2026.1")
        assert library.get(question_set.ref()) is question_set


@pytest.mark.parametrize(
    ("set_id", "version"),
    [
        ("enquiry", "73e58ed8b708a9d328dbb4e6a2428384d74baf1df7c5dad1e211212aced7e8b8"),
        ("frame", "03d5774d04799a17df206b16ec73c329e62ea082fdda3a9450244310203340f3"),
    ],
)
def test_a_record_of_an_earlier_release_opens_with_the_questions_it_was_asked(
    set_id: str, version: str
) -> None:
    library = Library.shipped()
    found = library.get(SetRef(id=set_id, version=version))
    assert found is not None
    assert (found.version, found.label) == (version, "2026.1")
    assert library.latest(set_id).label == "2026.2"
    assert {one.id for one in found.questions} <= {one.id for one in library.latest(set_id).questions}


def test_an_enquiry_needs_no_answer_no_service_and_no_feelings(library: Library) -> None:
    enquiry = library.latest("enquiry")
    assert not [one.id for one in enquiry.questions if one.required is not None]
    assert "no_feelings" in enquiry.question("topics").appearance.split()
    assert enquiry.question("signposted_to").code_list == "signposting"


def test_how_signposting_went_is_asked_once_somebody_was_named(library: Library) -> None:
    assert "signposted_to" not in applies(library, "enquiry", given=["information"])
    assert "signposted_to" in applies(library, "enquiry", given=["signposting"])
    named = {"given": ["signposting"], "signposted_to": ["phso"]}
    assert {"signposted_how", "signpost_accepted"} <= applies(library, "enquiry", **named)
    assert "sent_as" in applies(library, "enquiry", **named, signposted_how="sent")
    assert "sent_as" not in applies(library, "enquiry", **named, signposted_how="told")


@pytest.mark.parametrize("values", [{"answered": "later"}, {"follow_up": "yes"}])
def test_a_promised_answer_has_a_day(library: Library, values: dict[str, str]) -> None:
    assert "answer_due" in applies(library, "enquiry", **values)
    assert "answer_due" not in applies(library, "enquiry")


@pytest.mark.parametrize("set_id", SETS)
def test_what_only_staff_see_says_nothing_to_the_person(library: Library, set_id: str) -> None:
    question_set = library.latest(set_id)
    assert question_set.staff_only == (set_id in STAFF_ONLY)
    said = [one.id for one in question_set.questions if one.say or one.say_short]
    assert bool(said) != question_set.staff_only


@pytest.mark.parametrize("set_id", SETS)
def test_every_prompt_read_out_has_a_short_plain_form(library: Library, set_id: str) -> None:
    for question in library.latest(set_id).questions:
        if not question.say:
            assert not question.say_short
            continue
        assert question.say_short, question.id
        assert words(question.say_short) <= 20, question.id
        for idiom in IDIOMS:
            assert idiom not in question.say_short.lower()
        assert "{" not in question.say


def test_the_confidentiality_words_are_at_most_25(library: Library) -> None:
    said = library.latest("frame").question("confidentiality_said")
    assert said.kind is Kind.ACKNOWLEDGE
    assert words(said.say) <= 25


def test_an_unasked_danger_question_has_no_choice_that_says_no_risk(library: Library) -> None:
    asked = library.latest("frame").question("danger_asked")
    assert [choice.code for choice in asked.choices] == ["no_danger_said", "danger_said"]
    assert not asked.default
    assert not any("risk" in choice.label.lower() for choice in asked.choices)


def test_a_good_experience_skips_what_the_regulator_skips(library: Library) -> None:
    skipped = {"service_part", "when_happened", "worked_there", "told_service", "told_authorities"}
    assert not skipped & applies(library, "feedback", experience_kind="good")
    assert not skipped & applies(library, "feedback")
    for kind in ("bad", "both"):
        assert skipped <= applies(library, "feedback", experience_kind=kind)


def test_the_part_of_a_service_is_not_asked_where_it_has_none(library: Library) -> None:
    feedback = library.latest("feedback")
    bad = {"experience_kind": Answer(value="bad")}
    assert "service_part" not in relevant(feedback, bad, {"service_asks_part": "no"})
    assert "service_part" in relevant(feedback, bad, {"service_asks_part": "yes"})


def test_the_order_suits_a_phone_line(library: Library) -> None:
    frame, feedback = library.latest("frame"), library.latest("feedback")
    assert [(group.id, group.place) for group in frame.groups] == [
        ("start", "before"),
        ("permissions", "after"),
        ("wrap_up", "after"),
    ]
    assert [group.id for group in feedback.groups] == ["service", "experience", "how_it_was"]
    assert [question.id for question in frame.in_group("start")][:3] == [
        "confidentiality_said",
        "danger_asked",
        "channel",
    ]


def test_three_permissions_are_asked_and_none_is_taken_for_granted(library: Library) -> None:
    frame = library.latest("frame")
    for name in ("service_may_know", "may_contact", "may_quote"):
        question = frame.question(name)
        assert [choice.code for choice in question.choices] == ["yes", "no"]
        assert not question.default
        assert question.required is None
    assert "contact_how" not in applies(library, "frame")
    assert "contact_how" in applies(library, "frame", may_contact="yes")


def test_nothing_is_said_aloud_on_paper(library: Library) -> None:
    said = {"confidentiality_said", "danger_asked"}
    for channel in ("phone", "drop_in", "outreach"):
        assert said <= applies(library, "frame", channel=channel)
    for channel in ("post", "email", "web_form"):
        assert not said & applies(library, "frame", channel=channel)


def test_equality_questions_are_all_optional_and_kept_apart(library: Library) -> None:
    for question in library.latest("equality").in_group("equality"):
        assert question.required is None
        assert question.sensitive
        if question.kind is Kind.SELECT_ONE and question.code_list != "languages":
            assert question.choice("prefer_not"), question.id
    child = applies(library, "equality", age_band="13_15")
    assert not {"orientation", "gender_same", "marital"} & child


def test_whatever_identifies_a_person_is_marked(library: Library) -> None:
    for question in library.latest("person").in_group("contact"):
        if question.kind is Kind.TEXT:
            assert question.personal, question.id


@pytest.mark.parametrize(
    "number", ["020 7946 0018", "+44 20 7946 0018", "(0191) 498 0123", "01632 960001 ext 12"]
)
def test_telephone_numbers_as_people_give_them(library: Library, number: str) -> None:
    constraint = library.latest("person").question("phone").constraint
    assert constraint is not None
    assert constraint.holds({}, own=number)
    assert not constraint.holds({}, own="ask her daughter")


@pytest.mark.parametrize("set_id", SETS)
def test_what_is_exported_is_standard_and_comes_back_the_same(
    library: Library, set_id: str, tmp_path: Path
) -> None:
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    question_set = library.latest(set_id)
    book = tmp_path / f"{set_id}.xlsx"
    write_workbook(question_set, book)
    write_folder(question_set, tmp_path / set_id)
    write_code_lists(question_set, tmp_path, library.code_list)
    converted = xls2xform.convert(str(book), validate=False)
    assert f'id="{set_id}"' in converted.xform
    assert not converted.warnings
    for path in (book, tmp_path / set_id):
        back = load(path, library.code_list)
        assert back == question_set
        assert back.version == question_set.version
        assert back.wording("en").sha256 == question_set.wording("en").sha256


def test_a_text_that_looks_like_a_formula_stays_text(library: Library, tmp_path: Path) -> None:
    import dataclasses

    frame = library.latest("frame")
    first = dataclasses.replace(frame.questions[0], label="=1+1")
    write_workbook(
        dataclasses.replace(frame, questions=(first, *frame.questions[1:])), tmp_path / "frame.xlsx"
    )
    assert load(tmp_path / "frame.xlsx", library.code_list).questions[0].label == "=1+1"
