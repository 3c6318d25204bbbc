"""Where columns go is found again by their titles, and a later file may have more of them but not fewer."""

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.mapping import ColumnUse, FormMapping, plain, targets
from intake_app.forms.library import Library
from tests.intake_app.channels.webform.forms import TITLES, form


def test_a_title_is_known_whatever_its_capitals_and_marks() -> None:
    assert form().use_of("what HAPPENED").target == uses.STORY
    assert form().use_of("A question of next year") == ColumnUse(title="A question of next year")


def test_of_two_titles_that_differ_in_a_mark_each_has_its_own() -> None:
    made = form(("Story!", "Story?"), (uses.STORY, uses.SERVICE))
    assert [made.use_of(one).target for one in ("Story!", "Story?", "story")] == ["story", "service", "story"]


def test_columns_that_hold_something_are_missed_and_others_are_not() -> None:
    made = form(targets=(uses.RESPONSE, uses.RECEIVED, uses.STORY, uses.BESIDE, uses.LEAVE_OUT))
    assert made.missing(TITLES) == ()
    assert made.missing(("response id", "Other")) == ("Completion time", "What happened?")


def test_only_one_column_is_the_id() -> None:
    assert form().twice() == ""
    assert form(("a", "b"), (uses.RESPONSE, uses.RESPONSE)).twice() == uses.RESPONSE
    assert form(("a", "b"), (uses.STORY, uses.STORY)).twice() == ""


def test_what_staff_note_for_themselves_is_no_question_of_a_form(library: Library) -> None:
    found = targets(library)
    assert {
        "feedback:experience_kind",
        "person:email",
        "equality:age_band",
        "frame:may_quote",
    } <= found.keys()
    assert (
        not {"frame:channel", "frame:outcome", "frame:confidentiality_said", "feedback:services"}
        & found.keys()
    )


def test_it_comes_back_from_json_with_what_a_newer_program_added() -> None:
    made = FormMapping.model_validate({**form().model_dump(mode="json"), "newer": 1})
    assert made.model_dump(mode="json")["newer"] == 1
    assert made.columns == form().columns


def test_words_in_any_script_are_compared() -> None:
    assert plain("  I’ve told them! ") == plain("I've told THEM")
    assert plain("Où ?") == plain("ou")
    assert plain("خدمت") != plain("شکایت")
