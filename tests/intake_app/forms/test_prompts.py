"""What the person is asked, language by language, and how far it may be relied upon."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from intake_app.approvals import Approval
from intake_app.assets import asset
from intake_app.forms.code_lists import by_need, language_names, wording_tag
from intake_app.forms.export import write_workbook
from intake_app.forms.library import Library
from intake_app.forms.prompts import CODE_LISTS, Prompts, PromptStatus
from intake_app.forms.xlsform import load

LANGUAGES = (
    "ar", "bn", "ckb", "en-GB-x-easyread", "es", "fa", "gu", "pa-Guru", "pl", "pt-PT", "ro", "so", "ur",
)  # fmt: skip
SCRIPTS = {
    "ar": "\u0600-\u06ff", "ur": "\u0600-\u06ff", "fa": "\u0600-\u06ff", "ckb": "\u0600-\u06ff",
    "bn": "\u0980-\u09ff", "gu": "\u0a80-\u0aff", "pa-Guru": "\u0a00-\u0a7f",
}  # fmt: skip
PERSON_LISTS = ("relations", "needs", "heard_via", "ethnic_groups")
MOST_SHORT_WORDS = 26
"""Twenty in English; other languages take a few more for the same."""


@pytest.fixture
def library() -> Library:
    return Library.shipped()


def prompts_of(library: Library, language: str) -> list[tuple[str, Prompts]]:
    return [(one, library.wordings.prompts(library.latest(one), language)) for one in library.ids()]


@pytest.fixture
def copied(tmp_path: Path) -> Library:
    """The shipped sets in a folder of their own, to be changed."""
    for name in ("question_sets", "code_lists"):
        shutil.copytree(asset(f"resources/{name}"), tmp_path / name)
    return Library(tmp_path / "question_sets", tmp_path / "code_lists")


def test_the_languages_are_there(library: Library) -> None:
    assert library.wordings.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_or_chosen_is_translated_and_up_to_date(
    library: Library, language: str
) -> None:
    for set_id, prompts in prompts_of(library, language):
        for question in prompts.question_set.questions:
            if not question.say:
                continue
            for prompt in (prompts.say(question), prompts.say(question, short=True)):
                assert prompt.status is PromptStatus.DRAFT, f"{set_id}.{question.id}: {prompt}"
            if question.code_list and question.code_list not in PERSON_LISTS:
                continue
            for choice in question.choices:
                found = prompts.choice(question, choice)
                assert found.status is PromptStatus.DRAFT, f"{set_id}.{question.id}.{choice.code}: {found}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_for_the_person_is_translated_with_its_fields(library: Library, language: str) -> None:
    for choice in library.code_list("person_words").codes:
        found = library.wordings.code_label(library.code_list("person_words"), choice.code, language)
        assert found.status is PromptStatus.DRAFT, choice.code
        assert sorted(re.findall(r"{\w+}", found.text)) == sorted(re.findall(r"{\w+}", choice.label))


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_survive_and_words_are_in_their_script(library: Library, language: str) -> None:
    script = SCRIPTS.get(language)
    for _set_id, prompts in prompts_of(library, language):
        for question in prompts.question_set.questions:
            prompt = prompts.say(question)
            for number in re.findall(r"\d{3,}", prompt.english):
                assert number in prompt.text
            if script and prompt.text:
                assert re.search(f"[{script}]", prompt.text), prompt


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_prompts_are_short(library: Library, language: str) -> None:
    for _set_id, prompts in prompts_of(library, language):
        for question in prompts.question_set.questions:
            words = prompts.say(question, short=True).text.split() if question.say_short else ()
            assert len(words) <= MOST_SHORT_WORDS, words


def test_changed_english_makes_a_prompt_out_of_date(copied: Library, tmp_path: Path) -> None:
    survey = tmp_path / "question_sets" / "feedback" / "survey.csv"
    survey.write_text(
        survey.read_text("utf-8").replace("Was it good, bad or both?", "Was it all right or not?"), "utf-8"
    )
    feedback = copied.latest("feedback")
    prompts = copied.wordings.prompts(feedback, "pl")
    question = feedback.question("experience_kind")
    assert prompts.say(question, short=True).status is PromptStatus.OUT_OF_DATE
    assert prompts.say(question).status is PromptStatus.DRAFT
    assert not prompts.may_show(prompts.say(question, short=True), question)


def test_a_choice_is_worded_by_whoever_chooses_it(library: Library) -> None:
    frame = library.latest("frame")
    question = frame.question("about_whom")
    prompts = library.wordings.prompts(frame, "en")
    own = question.choice("self")
    assert own is not None
    assert own.label == "Their own care"
    assert prompts.choice(question, own).text == "My own care"


def test_a_named_reviewer_makes_exactly_these_words_official(copied: Library, tmp_path: Path) -> None:
    hashes = copied.wordings.hashes("pl")
    worded = {one for one in copied.ids() if not copied.latest(one).staff_only}
    assert set(hashes) == {*worded, CODE_LISTS}
    copied.wordings.use([Approval(language="pl", reviewed_by="Ewa Nowak", hashes=hashes)])
    feedback = copied.latest("feedback")
    question = feedback.question("experience_kind")
    prompts = copied.wordings.prompts(feedback, "pl")
    assert prompts.say(question).status is PromptStatus.OFFICIAL
    assert copied.wordings.status("pl") is PromptStatus.OFFICIAL
    assert copied.wordings.prompts(feedback, "ro").say(question).status is PromptStatus.DRAFT
    # One word more, and nobody has read it.
    sheet = tmp_path / "question_sets" / "feedback" / "wording" / "pl.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("Czy to było", "Czy wtedy to było", 1), "utf-8")
    later = Library(tmp_path / "question_sets", tmp_path / "code_lists")
    later.wordings.use([Approval(language="pl", reviewed_by="Ewa Nowak", hashes=hashes)])
    changed = later.wordings.prompts(later.latest("feedback"), "pl")
    assert changed.say(question).status is PromptStatus.DRAFT
    assert changed.sha256 != prompts.sha256
    assert later.wordings.status("pl") is PromptStatus.DRAFT


def test_drafts_are_shown_only_when_wanted_and_never_where_a_wrong_word_harms(library: Library) -> None:
    library.wordings.use([Approval(language="ur", shows_drafts=True)])
    must_be_checked = set()
    for set_id, prompts in prompts_of(library, "ur"):
        for question in prompts.question_set.questions:
            if question.say and not prompts.may_show(prompts.say(question), question):
                must_be_checked.add((set_id, question.id))
    sets = {set_id for set_id, _question in must_be_checked}
    assert {"danger", "equality"} <= sets
    asked = [("frame", "confidentiality_said"), ("frame", "danger_asked")]
    asked += [("frame", one) for one in ("service_may_know", "may_contact", "may_quote", "contact_how")]
    assert set(asked) <= must_be_checked
    for set_id in ("danger", "equality"):
        questions = library.latest(set_id).questions
        assert {(set_id, one.id) for one in questions if one.say} <= must_be_checked
    library.wordings.use([])
    for _set_id, prompts in prompts_of(library, "ur"):
        for question in prompts.question_set.questions:
            assert not question.say or not prompts.may_show(prompts.say(question), question)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00rubbish", b'name,"label', b"", b"name,label::Polish (pl),label::Polish (pl)\n"]
)
def test_an_unreadable_wording_is_english_and_named(copied: Library, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "question_sets" / "feedback" / "wording" / "pl.csv").write_bytes(content)
    feedback = copied.latest("feedback")
    prompts = copied.wordings.prompts(feedback, "pl")
    prompt = prompts.say(feedback.question("experience_kind"))
    assert (prompt.status, prompt.text) == (PromptStatus.ENGLISH_ONLY, prompt.english)
    named = copied.wordings.take_unreadable()
    assert named in ([], ["feedback/wording/pl.csv"])
    assert bool(named) == (content[:1] == b"\xff" or content.count(b"label::") == 2)
    assert copied.wordings.take_unreadable() == []


def test_half_a_translation_is_half_english(copied: Library, tmp_path: Path) -> None:
    path = tmp_path / "question_sets" / "feedback" / "wording" / "pl.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows[:3])
    feedback = copied.latest("feedback")
    prompts = copied.wordings.prompts(feedback, "pl")
    assert prompts.say(feedback.question("services")).status is PromptStatus.DRAFT
    assert prompts.say(feedback.question("experience_kind")).status is PromptStatus.ENGLISH_ONLY


def test_a_language_that_nobody_has_worded_is_english(library: Library) -> None:
    feedback = library.latest("feedback")
    prompts = library.wordings.prompts(feedback, "it")
    assert prompts.say(feedback.question("experience_kind")).status is PromptStatus.ENGLISH_ONLY
    assert prompts.shown_in == "en"
    assert prompts.sha256 == feedback.wording("en").sha256


def test_names_and_need(library: Library) -> None:
    languages = library.code_list("languages")
    assert language_names(languages, "pl") == ("Polish", "Polski")
    assert language_names(languages, "xx") == ("xx", "xx")
    assert wording_tag(languages, "syl", LANGUAGES) == "bn"
    assert wording_tag(languages, "it", LANGUAGES) == ""
    assert [one.code for one in by_need(languages)][:3] == ["ar", "ckb", "pl"]
    assert len(by_need(languages)) == len(languages.codes)


@pytest.mark.parametrize("set_id", ["frame", "feedback", "danger"])
def test_the_person_s_words_stand_beside_the_english_in_a_workbook(
    library: Library, set_id: str, tmp_path: Path
) -> None:
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    question_set = library.latest(set_id)
    worded = [library.wordings.prompts(question_set, one) for one in ("pl", "ur")]
    book = tmp_path / f"{set_id}.xlsx"
    write_workbook(question_set, book, worded)
    from intake_app.forms.export import write_code_lists

    write_code_lists(question_set, tmp_path, library.code_list)
    converted = xls2xform.convert(str(book), validate=False)
    assert "Polish (pl)" in converted.xform
    back = load(book, library.code_list)
    assert back.version == question_set.version
    for question in question_set.questions:
        if question.say:
            again = library.wordings.prompts(back, "pl").say(question)
            assert again.text == worded[0].say(question).text
