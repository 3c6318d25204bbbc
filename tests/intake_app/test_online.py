"""What of a response nobody could read is told until somebody has looked at it; the words stay for ever."""

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.online import KeptAnswer, OnlineResponse
from intake_app.times import IdMaker
from tests.fakes import HandClock

ONLINE = OnlineResponse(
    form="Our form",
    kept=(
        KeptAnswer(title="More", text="Thank you"),
        KeptAnswer(title="Kind", text="Middling", question="feedback:experience_kind", reason="choice"),
        KeptAnswer(title="Religion", text="", question="equality:religion", reason="choice"),
    ),
)


def test_only_what_could_not_be_read_is_unread() -> None:
    assert [one.title for one in ONLINE.unread] == ["Kind", "Religion"]


def test_finishing_is_having_looked_and_loses_no_words() -> None:
    library, clock = Library.shipped(), HandClock()
    draft = taking_down.new_draft(library, IdMaker(clock), clock(), "device", channel="web_form")
    draft = drafting.with_record(draft, online=ONLINE)
    online = taking_down.finish(draft, library, clock()).record.online
    assert online is not None
    assert online.unread == ()
    assert [(one.title, one.text) for one in online.kept] == [("More", "Thank you"), ("Kind", "Middling")]


def test_a_response_without_a_story_is_never_thrown_away_as_empty() -> None:
    library, clock = Library.shipped(), HandClock()
    draft = taking_down.new_draft(library, IdMaker(clock), clock(), "device", channel="web_form")
    assert taking_down.is_untouched(draft, library)
    assert not taking_down.is_untouched(drafting.with_record(draft, online=ONLINE), library)
