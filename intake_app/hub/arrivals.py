"""Checks pushed versions one by one, so that a bad one never blocks the rest."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from intake_app.documents import Document
from intake_app.hub.settings import HubSettings
from intake_app.sync.protocol import MessageUnreadable, Refusal, claimed_hash, document_of

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A version that can be stored. ``envelope`` is its JSON text without the body, ``size`` in bytes."""

    position: int
    document: Document
    envelope: str
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
        if _UNSTORABLE.search(getattr(document, name)):
            return Refusal(position, "unstorable", {"field": name})
    envelope = json.dumps({name: value for name, value in values.items() if name != "body"})
    size = len(document.body.encode()) + len(envelope)
    if size > settings.body_bytes:
        return Refusal(position, "too_large", {"limit": settings.body_bytes, "size": size})
    if claimed_hash(values) != document.sha256:
        return Refusal(position, "hash")
    return Arrival(position, document, envelope, size)
