"""What the store answers: frozen values that lists show and threads pass on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from intake_app.documents import Receipt
from intake_app.records import Joined
from intake_app.times import Instant

WhereState = Literal["draft", "alone", "waiting", "received", "conflict", "quarantined"]
"""``alone``: this computer has joined no hub, so nothing is waiting."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a record is now.

    ``at`` and ``receipt`` (its code) are the hub's when ``state`` is received or conflict; ``backed_up`` is
    when the last backup that holds this version was made. ``files`` are attachments still to be sent to it.
    """

    state: WhereState
    at: Instant | None = None
    receipt: str = ""
    backed_up: Instant | None = None
    files: int = 0


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft as the list shows it; ``first_words`` and ``last_words`` are of the narrative."""

    id: str
    reference: str
    updated: Instant
    parked: Instant | None
    rang_off: bool
    danger: bool
    first_words: str
    last_words: str
    channel: str
    based_on: str


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """What to find; an empty field asks for all.

    ``state`` is one of draft, parked, finished, withdrawn, danger, waiting, conflict, quarantined, joined
    (with another version, and whoever is at the keyboard has yet to read it), untranslated (a story has no
    checked translation into English), unmet (somebody asked for support to be heard and went without).
    ``service`` is a service's id.
    The dates are civil dates of receipt, both ends included. ``words`` may also be a reference.
    ``kind`` asks for records with an item of this kind, ``event`` for those of one event, by its id.
    """

    words: str = ""
    channel: str = ""
    state: str = ""
    service: str = ""
    received_from: date | None = None
    received_to: date | None = None
    include_drafts: bool = True
    kind: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """A record or draft as the list shows it.

    ``services`` are names. ``state`` is draft, parked, finished or withdrawn; ``danger`` an open danger card,
    whose absence never means "no risk". ``kinds`` are those of its items, in alphabetical order; ``links`` is
    how many other records a person has linked with it. ``needs`` are codes of ``needs.csv`` that whoever
    opens it must know.
    """

    id: str
    reference: str
    received: Instant
    channel: str
    services: tuple[str, ...]
    first_words: str
    state: str
    danger: bool
    items: int
    where: Whereabouts
    kinds: tuple[str, ...] = ()
    links: int = 0
    needs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Records newest first.

    ``more`` is what to pass as ``before`` for the next page, None at the end. ``danger`` holds every record
    and draft with an open danger card, whatever was asked for.
    """

    rows: tuple[RecordSummary, ...]
    more: int | None = None
    danger: tuple[RecordSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version of a record; ``revision`` and ``receipt`` are None until the hub has it.

    ``by`` is the staff member who wrote it. ``joined`` tells what it was joined from, and how.
    """

    mutation: str
    saved: Instant
    by: str
    revision: int | None
    receipt: Receipt | None
    joined: Joined | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who writes on this computer; ``has_passphrase``: a slot of ``keys.json`` is theirs."""

    id: str
    name: str
    has_passphrase: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whose store this is; ``area`` is free text, such as a local authority."""

    id: str
    name: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many versions wait for the hub, documents are in conflict, versions the hub refused."""

    waiting: int = 0
    conflicts: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that ``check`` found; ``code`` is stable, ``details`` name tables and ids, never content."""

    code: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Empty ``findings``: the store is whole. Counts are of what was compared."""

    findings: tuple[Finding, ...]
    documents: int = 0
    records: int = 0
    drafts: int = 0
    attachments: int = 0

    @property
    def whole(self) -> bool:
        return not self.findings
