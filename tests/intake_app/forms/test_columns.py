"""An export has codes for machines, words for people, and says why something was not answered."""

from intake_app.forms.columns import columns, row
from intake_app.forms.library import Library
from intake_app.records import Answer, AnswerState, Sheet


def test_a_sheet_as_a_row(library: Library) -> None:
    feedback = library.latest("feedback")
    sheet = Sheet(
        question_set=feedback.ref(),
        answers={
            "services": Answer(
                value=[{"id": "1-1", "name": "The Limes", "place": "Leeds"}, {"name": "Dr Ali"}]
            ),
            "experience_kind": Answer(value="bad"),
            "topics": Answer(
                value=[{"code": "access_phone", "sentiment": "negative"}, {"code": "staff_attitude"}]
            ),
            "when_happened": Answer(value="2026-03", label="in March"),
            "told_service": Answer(state=AnswerState.NOT_ASKED),
            "worked_there": Answer(value="no", relevant=False),
        },
    )
    cells = row(feedback, sheet)
    assert tuple(cells) == tuple(column.key for column in columns(feedback))
    assert cells["services"] == "The Limes, Leeds; Dr Ali"
    assert (cells["experience_kind"], cells["experience_kind_label"]) == ("bad", "Bad experience")
    assert cells["topics"] == "access_phone:negative; staff_attitude"
    assert cells["topics_label"] == "Getting through by phone (negative); Attitude"
    assert (cells["when_happened"], cells["when_happened_label"]) == ("2026-03", "in March")
    assert cells["worked_there"] == ""
    assert cells["not_answered"] == "told_service: not_asked"


def test_columns_have_unique_keys_and_say_what_is_personal(library: Library) -> None:
    for set_id in library.ids():
        found = columns(library.latest(set_id))
        assert len({column.key for column in found}) == len(found)
        assert all(column.heading for column in found)
    personal = {column.key for column in columns(library.latest("person")) if column.personal}
    assert {"person_name", "phone", "email", "postcode"} <= personal
