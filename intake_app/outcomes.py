"""What came of a conversation (``outcomes.csv``), and which of it was no feedback on care at all."""

from intake_app.records import FEEDBACK, Item, Record

OUTCOME = "outcome"
SILENT, WRONG_NUMBER, ABUSIVE, ABOUT_US, OUT_OF_SCOPE = (
    "silent", "wrong_number", "abusive", "about_us", "out_of_scope",
)  # fmt: skip
NATIONS = ("wales", "scotland", "northern_ireland")
"""Care there is others' to hear of; ``signposting.csv`` has whom to turn to, in groups of these names."""
NO_CONVERSATION = (SILENT, WRONG_NUMBER, ABUSIVE)
"""Nobody was there whom the usual questions could have been put to."""
NOT_FEEDBACK = (SILENT, WRONG_NUMBER, ABUSIVE, OUT_OF_SCOPE, *NATIONS, ABOUT_US)
"""Codes that an organisation's own list adds are feedback."""
NO_FEEDBACK = "not_feedback"
"""What lists and exports call a piece of such a conversation in place of its kind."""


def outcome(record: Record) -> str:
    """Its code; empty where nothing was noted."""
    return str(record.frame.value(OUTCOME) or "")


def is_feedback(record: Record) -> bool:
    """False where what came of it says that nothing was told of care in England."""
    return outcome(record) not in NOT_FEEDBACK


def counts(record: Record, item: Item) -> bool:
    """Whether a piece is counted. An enquiry is one, whatever came of it: somebody was told where to turn."""
    return item.kind != FEEDBACK or is_feedback(record)
