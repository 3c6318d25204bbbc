"""The files of an email, kept with the record that was made of it: encrypted, as they came, never opened."""

import io
from dataclasses import dataclass

from intake_app.attaching import attach
from intake_app.attachments import MOST_FILES, AttachedFile, Origin, media_type_of, safe_name
from intake_app.channels.email.message import attached_in
from intake_app.errors import AttachmentRefused
from intake_app.errors import Cancelled as StoppedByPerson
from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.store.attachments import Kept
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not attached; ``reason`` as ``AttachmentRefused`` has it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Attached:
    files: int = 0
    refused: tuple[Refused, ...] = ()


def keep(
    store: Store,
    message: str,
    draft_id: str,
    clock: Clock,
    ids: IdMaker,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> Attached:
    """Each file of the message is attached to the draft as soon as it is kept; one that is refused keeps no
    other waiting. Raises MessageMissing, DraftMissing, Cancelled, StoreError."""
    kept, refused = 0, list[Refused]()
    for number, (name, content) in enumerate(attached_in(store.inbox.source(message)), 1):
        named = safe_name(name) or f"{number}"
        draft = store.drafts.load(draft_id)
        try:
            if len(draft.record.attachments) >= MOST_FILES:
                raise AttachmentRefused(reason="too_many")
            found = _taken_in(store, draft_id, content, progress, cancelled)
        except AttachmentRefused as error:
            refused.append(Refused(named, str(error.details["reason"])))
            continue
        file = AttachedFile(
            id=ids(),
            name=named,
            media_type=media_type_of(named, found.start),
            size=found.size,
            sha256=found.sha256,
            origin=Origin.EMAIL,
            by=draft.record.written_by,
            added=clock(),
        )
        store.drafts.keep(attach(draft, file))
        kept += 1
    return Attached(kept, tuple(refused))


def _taken_in(store: Store, draft_id: str, content: bytes, progress: Progress, cancelled: Cancelled) -> Kept:
    steps = store.attachments.taking_in(draft_id, io.BytesIO(content))
    while True:
        try:
            progress(*next(steps))
        except StopIteration as ended:
            kept: Kept = ended.value
            return kept
        if cancelled():
            steps.close()
            raise StoppedByPerson
