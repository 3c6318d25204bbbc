"""What a care service is to Intake, and what an import of services reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from intake_app.times import Instant

NO_CODES: Mapping[str, str] = MappingProxyType({})


class Scheme(StrEnum):
    """Who gave a code: the regulator, NHS ODS, the NHS website, or our own lists of councils and boards.

    ``listed`` is a place of a list that gives no codes: what is known of it by is its name and postcode.
    """

    CQC = "cqc"
    ODS = "ods"
    NHS = "nhs"
    LISTED = "listed"
    COUNCIL = "council"
    ICB = "icb"


class Status(StrEnum):
    """Only ``open`` services are offered first; the others are still found, since people speak of them."""

    OPEN = "open"
    DORMANT = "dormant"
    CLOSED = "closed"
    PROPOSED = "proposed"


class Changed(StrEnum):
    """What an edition of a directory changed about a service we already knew."""

    RENAMED = "renamed"
    CLOSED = "closed"
    REOPENED = "reopened"
    MOVED = "moved"
    PHONE = "phone"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what was said before and after, and when the edition was imported.

    ``day`` is the ISO date from which ``after`` holds as far as is known: the publisher's own date of a
    closure, else the edition's; empty for what was written before editions were dated.
    """

    kind: Changed
    before: str
    after: str
    at: Instant
    day: str = ""

    @property
    def since(self) -> str:
        """The ISO date from which ``after`` holds; the day of the import where no better one is known."""
        return self.day or self.at.civil.isoformat()


@dataclass(frozen=True, slots=True)
class Service:
    """One place, council or board that feedback can be about.

    ``id`` is the scheme and code that it was first known by, such as ``cqc:1-101671690``; records cite it
    and it never changes. ``type`` is a code of ``service_types.csv``. ``phone`` is as published, with a lost
    leading zero restored. ``former_names`` newest first. ``successors`` and ``predecessors`` are ids, and so
    are ``linked``: the same place, registered a second time. ``opened`` and ``closed`` are ISO dates as the
    publisher gives them, empty where it does not. ``nicknames`` are this organisation's own.
    """

    id: str
    name: str
    type: str = "other"
    address: str = ""
    town: str = ""
    postcode: str = ""
    phone: str = ""
    website: str = ""
    provider: str = ""
    provider_code: str = ""
    local_authority: str = ""
    region: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    status: Status = Status.OPEN
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    linked: tuple[str, ...] = ()
    opened: str = ""
    closed: str = ""
    nicknames: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Town and postcode, to tell two of a name apart."""
        return ", ".join(part for part in (self.town, self.postcode) if part)


class ServiceHit(NamedTuple):
    """One line of a type-ahead list.

    ``was`` is the former name that the search words met, ``also`` the alias or nickname; empty where they
    met the name. ``closed`` is the ISO date on which it closed, where known, and ``now`` the name of what
    followed it; ``instead_of`` is said of that one: the name of the closed service which it follows.
    """

    id: str
    name: str
    place: str
    provider: str
    type: str
    code: str
    status: Status
    was: str = ""
    also: str = ""
    closed: str = ""
    now: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row left out, never imported askew: ``line`` is 1-based, ``reason`` a word of ``Reason``."""

    file: str
    line: int
    reason: str
    value: str = ""


class Reason(StrEnum):
    """Why a row or a file was left out."""

    NO_CODE = "no_code"
    CODE_NOT_VALID = "code_not_valid"
    NO_NAME = "no_name"
    COLUMN_COUNT = "column_count"
    POSTCODE_NOT_VALID = "postcode_not_valid"
    DATE_NOT_VALID = "date_not_valid"
    PHONE_NOT_VALID = "phone_not_valid"
    STATUS_NOT_KNOWN = "status_not_known"
    SHIFTED = "shifted"
    TWICE = "twice"
    NOT_A_SERVICE = "not_a_service"
    UNREADABLE = "unreadable"
    KIND_UNKNOWN = "kind_unknown"
    SPREADSHEET = "spreadsheet"
    EMPTY = "empty"
    ARCHIVE_DAMAGED = "archive_damaged"
    TOO_LARGE = "too_large"
    OLDER = "older"
    UNDER_WAY = "under_way"
    MOSTLY_BROKEN = "mostly_broken"


class Difference(NamedTuple):
    """One thing that an import changed about a service that was known: shown line by line."""

    service: str
    name: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; the counts are of services, ``unchanged`` ones among the rows read.

    ``changes`` has what is counted as renamed, closed, reopened, moved and with another phone number.
    """

    added: int = 0
    renamed: int = 0
    closed: int = 0
    reopened: int = 0
    moved: int = 0
    phone_changed: int = 0
    unchanged: int = 0
    rows: int = 0
    refused: tuple[RefusedRow, ...] = ()
    changes: tuple[Difference, ...] = ()
