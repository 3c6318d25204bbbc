"""Code lists are data: every shipped one is whole, and an organisation's own takes its place."""

from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from intake_app.errors import QuestionSetRefused
from intake_app.forms.code_lists import load_code_list
from intake_app.forms.library import Library

NAMES = (
    "bank_holidays",
    "bsl_providers",
    "channels",
    "councils",
    "ethnic_groups",
    "event_types",
    "heard_via",
    "icbs",
    "interpreter_agencies",
    "interpreter_brief",
    "languages",
    "modes",
    "needs",
    "outcomes",
    "person_words",
    "quick_codes",
    "relations",
    "sentiments",
    "service_types",
    "signposting",
    "supports",
    "topics",
)


def test_the_lists_that_ship(library: Library) -> None:
    assert library.code_list_names() == NAMES
    for name in NAMES:
        found = library.code_list(name)
        assert len(found.version) == 64
        for choice in found.codes:
            assert choice.source, (name, choice.code)


def test_each_language_has_a_locale_that_babel_knows_and_a_direction(library: Library) -> None:
    for choice in library.code_list("languages").codes:
        assert Locale.parse(choice.filter["locale"])
        assert choice.filter["direction"] in ("ltr", "rtl")
        assert choice.filter["own_name"]
        assert "_" not in choice.code
        assert Locale.parse(choice.filter["locale"]).text_direction == choice.filter["direction"]


def test_councils_are_the_153_and_the_one_that_was_replaced(library: Library) -> None:
    councils = library.code_list("councils")
    assert len(councils.active_on(date(2026, 11, 22))) == 153
    assert councils.label("cumbria") == "Cumbria"
    assert "cumbria" not in {one.code for one in councils.active_on(date(2026, 11, 22))}
    assert councils.by_code["bristol_city_of"].filter["aliases"] == "Bristol"
    assert not any(one.filter.get("safeguarding_phone") for one in councils.codes)


def test_integrated_care_boards(library: Library) -> None:
    boards = library.code_list("icbs").codes
    assert len(boards) == 42
    assert len({one.filter["ods"] for one in boards}) == 42


def test_every_signpost_in_danger_says_when_it_applies(library: Library) -> None:
    by_code = library.code_list("signposting").by_code
    assert by_code["999"].filter["text_relay"] == "18000"
    assert by_code["samaritans"].filter["phone"] == "116 123"
    assert all(one.filter.get("applies_when") for one in by_code.values() if one.code != "other")


def test_bank_holidays_are_weekdays(library: Library) -> None:
    days = [date.fromisoformat(one.code) for one in library.code_list("bank_holidays").codes]
    assert {day.year for day in days} == {2026, 2027}
    assert all(day.weekday() < 5 for day in days)


def test_a_code_that_is_not_in_the_list_is_shown_as_it_is(library: Library) -> None:
    assert library.code_list("channels").label("telex") == "telex"


def test_an_organisation_can_replace_a_list(tmp_path: Path) -> None:
    library = Library.shipped()
    before = library.latest("frame")
    (tmp_path / "channels.csv").write_text("name,label\nphone,Telephone\n", encoding="utf-8")
    library.replace_code_list(load_code_list(tmp_path / "channels.csv"))
    after = library.latest("frame")
    assert [one.label for one in after.question("channel").choices] == ["Telephone"]
    assert after.version == before.version
    assert library.get(before.ref()) is after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("code,label\na b,A\n", "code_wrong"),
        ("code,label\na,A\na,B\n", "code_twice"),
        ("code,label\n,A\n", "code_missing"),
        ("code,label\na,\n", "label_missing"),
        ("code,label,valid_to\na,A,31/12/2026\n", "date_wrong"),
        ("code,text\na,A\n", "column_missing"),
    ],
)
def test_a_wrong_list_is_refused_in_plain_words(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionSetRefused) as refused:
        load_code_list(path)
    (one,) = refused.value.details["refusals"]  # type: ignore[misc]
    assert one.reason == reason
    assert one.words()
