"""What needs attention is said once, for questions that apply only; nothing that was said is thrown away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.forms.validation import Problem, State, problems, relevant, settle, settled, unanswered
from intake_app.records import Answer, AnswerState, Item, Sheet

MakeSet = Callable[..., QuestionSet]
TODAY = date(2026, 11, 22)


@pytest.fixture
def feedback(library: Library) -> QuestionSet:
    return library.latest("feedback")


def sheet(question_set: QuestionSet, **values: Any) -> Sheet:
    answers = {
        name: value if isinstance(value, Answer) else Answer(value=value) for name, value in values.items()
    }
    return Sheet(question_set=question_set.ref(), answers=answers)


def test_required_is_met_by_an_answer_or_by_saying_why_there_is_none(feedback: QuestionSet) -> None:
    assert problems(feedback, sheet(feedback)) == (Problem("experience_kind", "required"),)
    assert problems(feedback, sheet(feedback, experience_kind="good")) == ()
    assert problems(feedback, sheet(feedback, experience_kind="")) == (
        Problem("experience_kind", "required"),
    )
    for state in (AnswerState.DECLINED, AnswerState.NOT_ASKED, AnswerState.DONT_KNOW):
        assert problems(feedback, sheet(feedback, experience_kind=Answer(state=state))) == ()


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("experience_kind", "great", "not_a_choice"),
        ("experience_kind", ["good"], "not_a_choice"),
        ("topics", [{"code": "access_phone", "sentiment": "negative"}], None),
        ("topics", [{"code": "weather"}], "not_a_choice"),
        ("topics", 7, "not_a_choice"),
        ("services", [{"name": "The Limes"}], None),
        ("services", [{"id": "1-2"}], "service_without_name"),
        ("services", "The Limes", "service_without_name"),
        ("service_part", 7, "not_text"),
        ("service_part", "x" * 1001, "constraint"),
        ("when_happened", "2026-03", None),
        ("when_happened", "around Christmas", None),
        ("when_happened", "2027-01-01", "constraint"),
        ("when_happened", 2026, "not_a_date"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_named(
    feedback: QuestionSet, question: str, value: Any, code: str | None
) -> None:
    values = {"experience_kind": "bad", question: value}
    if question == "experience_kind":
        values = {question: value}
    found = problems(feedback, sheet(feedback, **values), today=TODAY)
    assert [problem.code for problem in found if problem.question_id == question] == ([code] if code else [])


def test_numbers(make_set: MakeSet) -> None:
    found = make_set(
        [
            ("type", "name", "label", "constraint", "constraint_message"),
            ("integer", "a", "A", ". >= 0", "Not below nought."),
            ("decimal", "b", "B", "", ""),
        ]
    )
    assert problems(found, sheet(found, a=3, b=2.5)) == ()
    assert problems(found, sheet(found, a=2.5, b="x")) == (
        Problem("a", "not_whole", {"value": "2.5"}),
        Problem("b", "not_a_number", {"value": "x"}),
    )
    assert problems(found, sheet(found, a=-1)) == (
        Problem("a", "constraint", {"message": "Not below nought."}),
    )
    assert problems(found, sheet(found, a=True))[0].code == "not_a_number"


def test_without_a_date_a_constraint_on_today_is_not_judged(feedback: QuestionSet) -> None:
    later = sheet(feedback, experience_kind="bad", when_happened="2027-01-01")
    assert problems(feedback, later) == ()


def test_an_answer_that_no_longer_applies_is_kept_and_marked(feedback: QuestionSet) -> None:
    bad = settle(feedback, sheet(feedback, experience_kind="bad", told_service="not_told"))
    assert bad.answers["told_service"].relevant
    answers = {**bad.answers, "experience_kind": Answer(value="good")}
    good = settle(feedback, bad.model_copy(update={"answers": answers}))
    assert good.answers["told_service"].value == "not_told"
    assert not good.answers["told_service"].relevant
    assert good.value("told_service") is None
    back = settle(
        feedback,
        good.model_copy(update={"answers": {**good.answers, "experience_kind": Answer(value="both")}}),
    )
    assert back.value("told_service") == "not_told"


def test_settling_what_is_settled_gives_the_same_sheet(feedback: QuestionSet) -> None:
    item = Item(id="i", question_set=feedback.ref(), answers={"experience_kind": Answer(value="good")})
    assert settle(feedback, item) is item
    assert isinstance(
        settle(feedback, item.model_copy(update={"answers": {"worked_there": Answer(value="no")}})), Item
    )


def test_a_calculation_follows_what_it_reads_and_skips_what_does_not_apply(make_set: MakeSet) -> None:
    found = make_set(
        [
            ("type", "name", "label", "relevant", "calculation"),
            ("integer", "a", "A", "", ""),
            ("integer", "b", "B", "${a} > 1", ""),
            ("calculate", "sum", "", "", "coalesce(${a}, 0) + coalesce(${b}, 0)"),
        ]
    )
    assert settle(found, sheet(found, a=2, b=3)).value("sum") == 5
    assert settle(found, sheet(found, a=1, b=3)).value("sum") == 1
    assert settle(found, sheet(found)).value("sum") == 0


def test_only_choices_that_the_filter_lets_through_are_choices(make_set: MakeSet) -> None:
    found = make_set(
        [
            ("type", "name", "label", "choice_filter"),
            ("select_one county", "county", "County", ""),
            ("select_one town", "town", "Town", "county = ${county}"),
        ],
        [
            ("list_name", "name", "label", "county"),
            ("county", "kent", "Kent", ""),
            ("county", "essex", "Essex", ""),
            ("town", "dover", "Dover", "kent"),
            ("town", "harlow", "Harlow", "essex"),
        ],
    )
    assert [one.code for one in found.question("town").shown_choices({"county": "kent"})] == ["dover"]
    assert problems(found, sheet(found, county="kent", town="harlow"))[0].code == "not_a_choice"
    assert problems(found, sheet(found, county="kent", town="dover")) == ()


def test_unanswered_counts_what_applies_and_is_not_known(feedback: QuestionSet) -> None:
    empty = sheet(feedback)
    assert unanswered(feedback, empty, "how_it_was") == (
        "happy_with_care",
        "questions_answered",
        "communication_needs_met",
    )
    asked = sheet(feedback, happy_with_care=Answer(state=AnswerState.NOT_ASKED), questions_answered="yes")
    assert unanswered(feedback, asked, "how_it_was") == ("communication_needs_met",)
    assert "told_service" not in unanswered(feedback, empty)
    assert "told_service" in unanswered(feedback, sheet(feedback, experience_kind="bad"))


SETS = ("frame", "feedback", "danger", "person", "equality")
LIBRARY = Library.shipped()
VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=5), max_size=2)
)


@given(st.sampled_from(SETS), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_the_answers_nothing_fails_and_nothing_is_lost(set_id: str, data: st.DataObject) -> None:
    question_set = LIBRARY.latest(set_id)
    names = st.sampled_from([question.id for question in question_set.questions])
    answer = st.builds(Answer, value=VALUE, state=st.sampled_from(list(AnswerState)))
    answers = data.draw(st.dictionaries(names, answer, max_size=8))
    before = Sheet(question_set=question_set.ref(), answers=answers)
    after = settle(question_set, before)
    assert {name: one.value for name, one in before.answers.items()} == {
        name: after.answers[name].value for name in before.answers
    }
    assert settle(question_set, after) is after
    found = {problem.question_id for problem in problems(question_set, after, today=TODAY)}
    assert found <= relevant(question_set, after.answers, today=TODAY)


@given(st.sampled_from(SETS), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_working_out_only_what_changed_comes_to_the_same(set_id: str, data: st.DataObject) -> None:
    question_set = LIBRARY.latest(set_id)
    choices = {
        question.id: st.sampled_from([choice.code for choice in question.choices])
        for question in question_set.questions
        if question.choices and not question.code_list
    }
    answers: dict[str, Answer] = {}
    state = State(question_set, answers)
    before = Sheet(question_set=question_set.ref(), answers=answers)
    for _step in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from(sorted(choices)))
        answers = {**before.answers, name: Answer(value=data.draw(choices[name]))}
        again = state.change(answers, [name])
        before = settled(state, before.model_copy(update={"answers": answers}), again)
        whole = State(question_set, answers)
        assert state.relevant == whole.relevant
        assert state.values == whole.values
    assert settle(question_set, before) is before
