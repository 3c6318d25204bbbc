"""What is asked in a relay call is in the shipped sets, and little."""

from intake_app.channels.relay.essential import essential, is_essential
from intake_app.forms.library import Library


def test_every_essential_question_is_one_that_is_asked() -> None:
    library = Library.shipped()
    for set_id, question_id in essential():
        assert library.latest(set_id).question(question_id).kind.asks, (set_id, question_id)


def test_danger_and_confidentiality_are_essential_and_the_topics_are_not() -> None:
    assert is_essential("frame", "danger_asked")
    assert is_essential("frame", "confidentiality_said")
    assert not is_essential("feedback", "topics")
