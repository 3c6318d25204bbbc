"""Files in a draft: attached, renamed, removed and put back. The bytes are the store's business."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from intake_app.attachments import AttachedFile
from intake_app.documents import Attachment
from intake_app.drafting import Draft, with_record
from intake_app.records import Record
from intake_app.times import Instant

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS
_NOON = 12
"""Of a day without an hour, in UTC: its civil date in England is that day, in summer and in winter."""


def attached(draft: Draft, file_id: str) -> AttachedFile:
    """Raises KeyError."""
    for one in draft.record.attachments:
        if one.id == file_id:
            return one
    raise KeyError(file_id)


def attach(draft: Draft, fresh: AttachedFile) -> Draft:
    """The draft with one file more; the same bytes under the same name are not attached twice."""
    known = {(one.sha256, one.name) for one in draft.record.attachments}
    if (fresh.sha256, fresh.name) in known:
        return draft
    return with_record(draft, attachments=(*draft.record.attachments, fresh))


def rename(draft: Draft, file_id: str, name: str) -> Draft:
    """Raises KeyError for a file that is not attached."""
    changed = attached(draft, file_id).model_copy(update={"name": name})
    files = tuple(changed if one.id == file_id else one for one in draft.record.attachments)
    return with_record(draft, attachments=files)


def remove(draft: Draft, file_id: str) -> Draft:
    """The draft without this file; ``put_back`` undoes it. Raises KeyError."""
    gone = attached(draft, file_id)
    return with_record(draft, attachments=tuple(one for one in draft.record.attachments if one != gone))


def put_back(draft: Draft, removed: AttachedFile, position: int) -> Draft:
    """Undoes ``remove``: the file where it stood."""
    files = [one for one in draft.record.attachments if one.id != removed.id]
    files.insert(position, removed)
    return with_record(draft, attachments=tuple(files))


def received_on(draft: Draft, day: date) -> Draft:
    """The draft of what came on that day, whenever it is typed."""
    noon = datetime(day.year, day.month, day.day, _NOON, tzinfo=UTC)
    return with_record(draft, received=Instant.of(noon))


def is_day_alone(received: Instant) -> bool:
    """Whether a day was given, as ``received_on`` keeps it, and no hour is known."""
    return received.utc_ms % _DAY_MS == _NOON * _HOUR_MS


def manifest_of(record: Record) -> tuple[Attachment, ...]:
    """What the envelope says of a record's files: each hash and name once, in the order of the hashes."""
    return manifest(record.attachments)


def manifest(files: Sequence[AttachedFile]) -> tuple[Attachment, ...]:
    named = {
        (one.sha256, one.name): Attachment(one.sha256, one.size, one.media_type, one.name) for one in files
    }
    return tuple(named[key] for key in sorted(named))
