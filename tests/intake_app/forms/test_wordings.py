"""Structure and wording are hashed apart, and a missing translation falls back to English."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from intake_app.forms.extract import extract_questions
from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.forms.translations import messages

MakeSet = Callable[..., QuestionSet]
HEAD = ("type", "name", "label", "label::Polish (pl)", "relevant")
CHOICES = [("list_name", "name", "label", "label::Polish (pl)"), ("l", "x", "X", "Iks"), ("l", "y", "Y", "")]
SETTINGS = [("form_id", "version", "x_wording_status::Polish (pl)"), ("visit", "1", "official")]


def survey(
    label: str = "What happend?", polish: str = "Co się stało?", relevant: str = ""
) -> Sequence[Sequence[str]]:
    return [HEAD, ("text", "what", label, polish, relevant), ("select_one l", "which", "Which?", "", "")]


def test_a_mended_typo_is_no_new_version(make_set: MakeSet) -> None:
    before = make_set(survey(), CHOICES, SETTINGS)
    after = make_set(survey("What happened?"), CHOICES, SETTINGS)
    assert before.version == after.version
    assert before.wording("en").sha256 != after.wording("en").sha256
    assert before.wording("pl").sha256 == after.wording("pl").sha256


def test_a_typo_mended_in_another_language_leaves_english_alone(make_set: MakeSet) -> None:
    before = make_set(survey(), CHOICES, SETTINGS)
    after = make_set(survey(polish="Co się wydarzyło?"), CHOICES, SETTINGS)
    assert before.version == after.version
    assert before.wording("en").sha256 == after.wording("en").sha256
    assert before.wording("pl").sha256 != after.wording("pl").sha256


def test_a_changed_condition_or_choice_is_a_new_version(make_set: MakeSet) -> None:
    versions = {
        make_set(survey(), CHOICES, SETTINGS).version,
        make_set(survey(relevant="${which} = 'x'"), CHOICES, SETTINGS).version,
        make_set(survey(), CHOICES[:2], SETTINGS).version,
    }
    assert len(versions) == 3


def test_each_language_says_how_far_it_may_be_relied_on(make_set: MakeSet) -> None:
    found = make_set(survey(), CHOICES, SETTINGS)
    assert found.languages == ("en", "pl")
    polish = found.wording("pl")
    assert (polish.status, polish.language) == ("official", "pl")
    assert polish.text("what", "label") == "Co się stało?"
    assert polish.text("which", "label", "x") == "Iks"
    assert polish.text("which", "label") == "Which?"
    assert not polish.is_translated("which", "label")
    assert found.wording("cy") is found.wording("en")
    assert found.wording("en").status == "english"


def test_made_up_languages_show_every_text(library: Library) -> None:
    for set_id in library.ids():
        question_set = library.latest(set_id)
        wording = question_set.wording("en-XA")
        assert wording.status == "machine"
        for question in question_set.questions:
            assert wording.text(question.id, "label") != question.label
    assert library.latest("frame").wording("en-XA").text("channel", "label", "phone") != "Phone"
    assert library.code_label("sentiments", "positive", "en-XA") != "Positive"
    assert library.code_label("sentiments", "positive", "en") == "Positive"
    assert library.code_label("sentiments", "gone", "en") == "gone"


def test_translators_get_every_text_under_the_context_that_is_looked_up(library: Library) -> None:
    found: dict[str, str] = {}
    root = Path(library.folder)
    for path in [*root.glob("*/survey.csv"), *root.glob("*/choices.csv")]:
        with path.open("rb") as file:
            for _line, _function, (context, text), _notes in extract_questions(file, {}, [], {}):
                found[context] = text
    for set_id in library.ids():
        for _key, context, english in messages(library.latest(set_id)):
            assert found[context] == english


def test_what_is_said_to_the_person_is_no_text_of_the_screens(library: Library) -> None:
    """It is in wording sheets, where its review is kept; a catalogue of the screens must not replace it."""
    for set_id in library.ids():
        question_set = library.latest(set_id)
        assert not [key for key, _context, _text in messages(question_set) if ".say" in key]
        wording = question_set.wording("en-XA")
        for question in question_set.questions:
            assert wording.text(question.id, "say") == question.say
            assert wording.text(question.id, "say_short") == question.say_short


def test_labels_of_code_lists_are_extracted_and_place_names_are_not() -> None:
    def contexts(name: str) -> list[str]:
        file = io.BytesIO(b"code,label,group_label\na,Alpha,Letters\n")
        file.name = name
        return [message[2][0] for message in extract_questions(file, {}, [], {})]

    assert contexts("code_lists/topics.csv") == ["code_lists.topics.a.label"]
    assert contexts("code_lists/councils.csv") == []
