"""Every expected error and every problem has words, in every language, and none repeats what was said."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import intake_app
from intake_app import i18n
from intake_app.errors import EnrolmentRefused, IntakeError, QuestionSetRefused, WrongRecoveryCode
from intake_app.forms.library import Library
from intake_app.forms.refusals import Refusal
from intake_app.forms.validation import Problem
from ui import messages
from ui.messages import problem_words, sentence

PATH = "/home/sam/intake"


def every_error() -> list[type[IntakeError]]:
    """The whole tree, with what the layers below the window add to it."""
    for module in pkgutil.walk_packages(intake_app.__path__, "intake_app."):
        if ".hub" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)

    def below(kind: type[IntakeError]) -> Iterator[type[IntakeError]]:
        yield kind
        for one in kind.__subclasses__():
            yield from below(one)

    return [
        one for one in below(IntakeError) if ".hub" not in one.__module__ and "intake_app" in one.__module__
    ]


def make(kind: type[IntakeError]) -> IntakeError:
    if kind.__name__ == "ConditionRefused":
        return kind("function_unknown", "pulldata")  # type: ignore[call-arg]
    return kind(path=PATH, reason="used", url="http://hub", code="too_large", refusals=())


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("tag", ["en", "en-XA", "ar-XB", "cy"])
def test_every_error_has_words_of_its_own(kind: type[IntakeError], tag: str) -> None:
    i18n.use_language(tag)
    try:
        words = sentence(make(kind))
    finally:
        i18n.use_language("en")

    assert kind.__name__ in messages._WORDS
    assert len(words) > 20
    assert "{" not in words
    if tag == "en":
        assert words.endswith((".", "pulldata\u2069")), "a whole sentence"


def test_no_two_errors_share_their_words() -> None:
    words = [sentence(make(kind)) for kind in every_error()]

    assert len(set(words)) == len(words)


def test_an_error_says_where_it_is_written_left_to_right_in_any_language() -> None:
    words = sentence(make(next(kind for kind in every_error() if kind.__name__ == "DiskFull")))

    assert f"\u2066{PATH}\u2069" in words


def test_a_wrong_recovery_code_says_which_group_is_off() -> None:
    assert "group 3" in sentence(WrongRecoveryCode(group=3))


@pytest.mark.parametrize("reason", ["used", "expired", "unknown", "too_many_tries", "no_hub"])
def test_a_refused_code_says_why(reason: str) -> None:
    others = {
        sentence(EnrolmentRefused(reason=one)) for one in ("used", "expired", "unknown") if one != reason
    }

    assert sentence(EnrolmentRefused(reason=reason)) not in others


def test_a_refused_question_set_shows_its_first_reason_and_their_number() -> None:
    refusals = (
        Refusal("survey", 4, "type", "type_unsupported", "geopoint"),
        Refusal("survey", 9, "", "type_missing"),
    )

    words = sentence(QuestionSetRefused(refusals=refusals))

    assert "2 things" in words
    assert "row 4" in words


@pytest.mark.parametrize(
    "code",
    ["required", "constraint", "not_a_number", "not_whole", "not_a_date", "not_a_choice", "not_text",
     "service_without_name", "something_new"],
)  # fmt: skip
def test_every_problem_has_words_that_name_the_question(code: str) -> None:
    question = Library.shipped().latest("feedback").questions[0]

    words = problem_words(Problem(question.id, code), question)

    assert (question.short_label or question.label) in words or words == question.constraint_message
    assert (code in messages._PROBLEM_WORDS) is (code != "something_new")
