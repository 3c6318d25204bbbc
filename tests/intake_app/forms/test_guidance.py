"""F1 has something to say at every question that ships: short, plain, and never a reason to press anybody."""

import re

import pytest

from intake_app.forms.library import Library
from intake_app.forms.model import Question

LONGEST = 320
LONGEST_SENTENCE_WORDS = 26
SETS = ("frame", "feedback", "enquiry", "danger", "person", "equality")
LIBRARY = Library.shipped()
ASKED = [
    (set_id, question)
    for set_id in SETS
    for question in LIBRARY.latest(set_id).questions
    if question.kind.asks and question.id not in LIBRARY.latest(set_id).outside
]


@pytest.mark.parametrize(("set_id", "question"), ASKED, ids=lambda one: getattr(one, "id", one))
def test_every_question_has_guidance_that_can_be_listened_to(set_id: str, question: Question) -> None:
    assert question.guidance, "write what it is for, and what to do when somebody holds back"
    assert len(question.guidance) <= LONGEST
    for sentence in re.split(r"(?<=[.:;?!]) ", question.guidance):
        assert len(sentence.split()) <= LONGEST_SENTENCE_WORDS, sentence
    assert question.guidance.endswith((".", "?"))
    assert "must answer" not in question.guidance


def test_the_questions_that_frighten_say_what_to_do_when_somebody_holds_back() -> None:
    frame, feedback = LIBRARY.latest("frame"), LIBRARY.latest("feedback")
    for question in (
        *(frame.question(one) for one in ("danger_asked", "service_may_know", "may_contact", "may_quote")),
        *(feedback.question(one) for one in ("worked_there", "told_authorities")),
    ):
        assert re.search(r"hold back|press|afraid|fear", question.guidance), question.id
