"""Forms keyed twice by two people are compared answer by answer, and the rate of errors is told."""

from datetime import date

import pytest

from intake_app import drafting, taking_down
from intake_app.channels.outreach.double_entry import compare, error_rate
from intake_app.channels.outreach.keyed_paper import Header, on_paper
from intake_app.drafting import FRAME, Draft, item_key
from intake_app.forms.library import Library
from intake_app.records import Answer, AnswerState, PaperCheck
from intake_app.times import IdMaker, Instant

NOW = Instant.parse("2026-11-20T09:14:00.000Z")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.shipped()


def form(library: Library, story: str = "Waited long", **answers: object) -> Draft:
    ids = IdMaker(lambda: NOW)
    draft = taking_down.new_draft(library, ids, NOW, "d")
    draft = on_paper(draft, Header("e", "outreach", date(2026, 11, 18), "pl"), 10, library, NOW)
    draft = drafting.with_narrative(draft, story, ids)
    key = item_key(draft.record.items[0].id)
    for name, value in answers.items():
        place = FRAME if name.startswith("may_") else key
        answer = value if isinstance(value, Answer) else Answer(value=value)
        draft = drafting.with_answer(draft, place, name, answer)
    return taking_down.finish(draft, library, NOW)


def test_two_who_key_the_same_agree_whatever_the_words_were_called(library: Library) -> None:
    first = form(library, experience_kind=Answer(value="bad", label="Zła", language="pl"), may_quote="yes")
    second = form(library, story="Waited  long ", experience_kind="bad", may_quote="yes")
    found = compare(first.record, second.record, library)
    # The story and two answers; what neither answered is not counted.
    assert (found.answers, found.differed) == (3, 0)


def test_differences_are_found_place_by_place(library: Library) -> None:
    first = form(library, experience_kind="bad", may_quote="yes", told_service="yes")
    declined = Answer(state=AnswerState.DECLINED)
    second = form(library, story="Waited a lot", experience_kind="good", may_quote=declined)
    found = compare(first.record, second.record, library)
    story = first.record.narratives[0].id
    places = {one.path[-1] for one in found.merged.differences}
    assert places == {story, "experience_kind", "may_quote", "told_service"}
    assert (found.answers, found.differed) == (4, 4)
    assert all(one.before == one.sides[0] for one in found.merged.differences)


def test_a_story_that_only_one_keyed_is_a_difference(library: Library) -> None:
    first, second = form(library, story=""), form(library)
    assert compare(first.record, second.record, library).differed == 1
    assert compare(second.record, first.record, library).differed == 1


def test_the_error_rate_is_of_all_forms_that_were_checked() -> None:
    checks = [PaperCheck(by="z", at=NOW, compared=20, differed=one) for one in (1, 0)]
    assert error_rate(checks) == (2, 40, 1)
    assert error_rate([]) == (0, 0, 0)
