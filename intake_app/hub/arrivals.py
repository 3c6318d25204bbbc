"""Checks pushed versions one by one, so that a bad one never blocks the rest."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from intake_app.documents import Document
from intake_app.hub.settings import HubSettings
from intake_app.sync.fields import MessageUnreadable
from intake_app.sync.protocol import Refusal, claimed_hash, document_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """A version that can be stored.

    ``envelope`` is its JSON text without the body, ``sha256`` the body's hash, ``size`` of both in bytes.
    """

    position: int
    document: Document
    envelope: str
    sha256: str
    size: int


def checked(
    values: Sequence[Any], organisation: str, settings: HubSettings
) -> tuple[list[Arrival], list[Refusal]]:
    """What can be stored and what cannot, both in the order sent.

    Nothing of a document's meaning is checked: a newer device may know more than this hub.
    """
    arrivals: list[Arrival] = []
    refusals: list[Refusal] = []
    for position, one in enumerate(values):
        outcome = _check(position, one, organisation, settings)
        if isinstance(outcome, Arrival):
            arrivals.append(outcome)
        else:
            refusals.append(outcome)
    return arrivals, refusals


def _check(position: int, values: Any, organisation: str, settings: HubSettings) -> Arrival | Refusal:
    try:
        document = document_of(values)
    except MessageUnreadable as error:
        return Refusal(position, "envelope", {"field": error.field})
    if document.organisation != organisation:
        return Refusal(position, "organisation")
    for name in ("body", "id", "kind", "mutation", "after", "audience"):
        if not _storable(getattr(document, name)):
            return Refusal(position, "unstorable", {"field": name})
    body = document.body.encode()
    envelope = json.dumps({name: value for name, value in values.items() if name != "body"})
    size = len(body) + len(envelope)
    if size > settings.body_bytes:
        return Refusal(position, "too_large", {"limit": settings.body_bytes, "size": size})
    sha256 = hashlib.sha256(body).hexdigest()
    if claimed_hash(values) != sha256:
        return Refusal(position, "hash")
    return Arrival(position, document, envelope, sha256, size)


def _storable(text: str) -> bool:
    """PostgreSQL holds no NUL, and a lone surrogate has no UTF-8."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
