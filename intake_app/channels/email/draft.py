"""Begins a record with an email: its words are the story, its date that of receipt, its sender is sealed."""

from collections.abc import Callable

from intake_app import drafting, taking_down
from intake_app.channels.email.message import Message
from intake_app.drafting import PERSON, Draft
from intake_app.forms.library import Library
from intake_app.passages import MessageRef, Passage
from intake_app.records import Answer, Source
from intake_app.times import Instant

EMAIL = "email"
"""Code of ``channels.csv``, and id of the question in ``person``."""


def draft_of(
    message: Message,
    library: Library,
    ids: Callable[[], str],
    now: Instant,
    device: str,
    by: str = "",
    mailbox: str = "",
) -> Draft:
    """What is quoted stays in the message. Name and address are what the message claims of its sender."""
    draft = taking_down.new_draft(library, ids, now, device, by, EMAIL)
    draft = drafting.with_narrative(draft, message.words, ids, by)
    story = drafting.story(draft)
    if story is not None and message.words:
        draft = drafting.with_passages(draft, story.id, [Passage(end=len(message.words))])
    reference = MessageRef(id=message.message_id, answers=message.answers, mailbox=mailbox)
    draft = drafting.with_record(draft, message=reference)
    if message.sent is not None and message.sent.utc_ms <= now.utc_ms:
        draft = drafting.with_record(draft, received=message.sent)
    told = {"person_name": message.name, EMAIL: message.address}
    if any(told.values()):
        draft = taking_down.opened(draft, PERSON, library, ids)
        for question, value in told.items():
            if value:
                draft = drafting.with_answer(
                    draft, PERSON, question, Answer(value=value, source=Source.IMPORTED)
                )
    return taking_down.settled(draft, library)
