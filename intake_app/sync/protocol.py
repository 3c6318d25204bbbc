"""The messages between a device and its hub; both sides import them, so that they cannot drift apart.

Everything is JSON. A document's body travels as a JSON *string* and is hashed and returned byte for byte:
a parser that rewrote it would break the receipt. Envelope fields that this program does not know are kept.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake_app.documents import Attachment, Document, Pulled, Receipt, ReceiptStatus
from intake_app.sync.fields import (
    MessageUnreadable,
    flag_in,
    instant_in,
    is_number,
    key_in,
    list_in,
    number_in,
    parsed_object,
    text_in,
)
from intake_app.times import Instant

ENROL_PATH = "/v1/enrol"
PUSH_PATH = "/v1/push"
PULL_PATH = "/v1/pull"
SPLIT_PATH = "/v1/split"
TURN_HEADER = "Intake-Turn"

BATCH_DOCUMENTS = 500
BATCH_BYTES = 1_000_000
BODY_BYTES = 4_000_000
"""Of one document's body in UTF-8; a longer one is refused as ``too_large``."""
REQUEST_BYTES = 32_000_000
"""A whole request; JSON escapes may write one body byte as six."""
PAGE_DOCUMENTS = 2_000
PAGE_BYTES = 16_000_000

_STATUSES = {str(one): one for one in ReceiptStatus}
_TURN = re.compile(r"[0-9]{1,15}\.[0-9a-f]{1,64}")
_KNOWN = frozenset(
    (
        *("organisation", "kind", "id", "mutation", "base", "after", "parents", "format", "audience"),
        *("attachments", "deleted", "body", "sha256"),
    )
)


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """``code`` is one-time; ``device`` is the id that the installation minted for itself at first run."""

    code: str
    device: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """``organisation_key`` is 32 bytes in hexadecimal; ``token`` is given once and kept hashed by the hub."""

    organisation: str
    organisation_name: str
    area: str
    organisation_key: str
    device: str
    device_kind: str
    token: str


@dataclass(frozen=True, slots=True)
class Turn:
    """How a device is told from a copy of itself (``intake_app.hub.turns``).

    ``kept`` is the turn it took last, ``tried`` the one that it takes with this request; either may be empty.
    A turn reads ``NUMBER.RANDOM``.
    """

    kept: str
    tried: str = ""


@dataclass(frozen=True, slots=True)
class SplitAnswer:
    """A copy's own identity from now on."""

    device: str
    token: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one version of a batch was not committed; ``position`` counts from 0 in the batch.

    ``reason``: ``organisation``, ``hash``, ``too_large``, ``envelope``, ``unstorable``, ``mutation_reused``.
    """

    position: int
    reason: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """A receipt or a refusal for every version sent; the batch got revisions ``before`` + 1 … ``after``.

    ``scope`` as in PullAnswer: a device that had everything up to ``before`` need not fetch its own batch.
    """

    receipts: tuple[Receipt, ...]
    refusals: tuple[Refusal, ...]
    before: int
    after: int
    scope: str


@dataclass(frozen=True, slots=True)
class PullAnswer:
    """A page in revision order; ``next`` is the cursor to go on from, ``scope`` what this device receives.

    ``rescope``: the device asked with another scope or with a cursor the hub never gave; the page is empty
    and the device starts again from 0 under ``scope``.
    """

    scope: str
    documents: tuple[Pulled, ...]
    next: int
    more: bool
    rescope: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The one shape of every error answer; never a sentence, never what a person said."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


def envelope_of(document: Document) -> dict[str, Any]:
    """Everything but the body, as it is sent. Raises MessageUnreadable when ``extra`` is no JSON object."""
    extra = _extra(document)
    return {
        **extra,
        "organisation": document.organisation,
        "kind": document.kind,
        "id": document.id,
        "mutation": document.mutation,
        "base": document.base,
        "after": document.after,
        "parents": list(document.parents),
        "format": document.format,
        "audience": document.audience,
        "attachments": [
            {"sha256": one.sha256, "size": one.size, "media_type": one.media_type, "name": one.name}
            for one in document.attachments
        ],
        "deleted": document.deleted,
        "sha256": document.sha256,
    }


def document_of(values: object) -> Document:
    """From an envelope with its body. Raises MessageUnreadable naming the first field that does not fit."""
    if not isinstance(values, dict):
        raise MessageUnreadable("document")
    # Nearly always none: telling so at once saves looking at each.
    known = values.keys() <= _KNOWN
    extra = {} if known else {key: value for key, value in values.items() if key not in _KNOWN}
    parents = list_in(values, "parents", ())
    if not all(is_number(parent) for parent in parents):
        raise MessageUnreadable("parents")
    return Document(
        organisation=key_in(values, "organisation"),
        kind=key_in(values, "kind"),
        id=key_in(values, "id"),
        mutation=key_in(values, "mutation"),
        body=text_in(values, "body"),
        base=number_in(values, "base", 0),
        parents=tuple(parents),
        format=number_in(values, "format", 1),
        audience=text_in(values, "audience", ""),
        attachments=tuple(_attachment(one) for one in list_in(values, "attachments", ())),
        deleted=flag_in(values, "deleted"),
        after=text_in(values, "after", ""),
        extra=json.dumps(extra, ensure_ascii=False) if extra else "",
    )


def claimed_hash(values: Mapping[str, Any]) -> str:
    """The hash the sender gave for the body; empty when it gave none."""
    claimed = values.get("sha256")
    return claimed if isinstance(claimed, str) else ""


def push_text(documents: Sequence[Document]) -> str:
    """The request that sends them, in order."""
    return json.dumps({"documents": [{**envelope_of(one), "body": one.body} for one in documents]})


def pushed_values(text: str | bytes) -> list[Any]:
    """The documents of a push request, not yet checked one by one. Raises MessageUnreadable."""
    return list(list_in(parsed_object(text), "documents"))


def push_answer_text(answer: PushAnswer) -> str:
    return json.dumps(
        {
            "receipts": [
                {
                    "id": one.id,
                    "mutation": one.mutation,
                    "revision": one.revision,
                    "sha256": one.sha256,
                    "at": one.at.isoformat(),
                    "status": one.status,
                    "code": one.code,
                }
                for one in answer.receipts
            ],
            "refusals": [
                {"position": one.position, "reason": one.reason, "details": dict(one.details)}
                for one in answer.refusals
            ],
            "before": answer.before,
            "after": answer.after,
            "scope": answer.scope,
        }
    )


def push_answer_of(text: str | bytes) -> PushAnswer:
    """Raises MessageUnreadable."""
    values = parsed_object(text)
    return PushAnswer(
        receipts=tuple(_receipt(one) for one in list_in(values, "receipts")),
        refusals=tuple(_refusal(one) for one in list_in(values, "refusals")),
        before=number_in(values, "before"),
        after=number_in(values, "after"),
        scope=text_in(values, "scope"),
    )


def pulled_text(
    envelope: str,
    body: str,
    revision: int,
    parents: Sequence[int],
    head: bool,
    received: Instant,
    device: str,
) -> str:
    """One version of a page. ``envelope`` is the JSON object text as it was sent, without the body; it is
    not parsed again, so that what this program does not know cannot be lost and a page costs little."""
    document = f'{envelope.rstrip()[:-1]}, "body": {json.dumps(body)}}}'
    known = {
        "revision": revision,
        "parents": list(parents),
        "head": head,
        "received": received.isoformat(),
        "device": device,
    }
    return f'{{"document": {document}, {json.dumps(known)[1:]}'


def pull_page_text(scope: str, versions: Sequence[str], next_: int, more: bool, rescope: bool = False) -> str:
    """A PullAnswer from texts made by ``pulled_text``."""
    known = {"scope": scope, "next": next_, "more": more, "rescope": rescope}
    return f'{{"documents": [{", ".join(versions)}], {json.dumps(known)[1:]}'


def pull_answer_of(text: str | bytes) -> PullAnswer:
    """Raises MessageUnreadable, also when a body does not have the hash that came with it."""
    values = parsed_object(text)
    return PullAnswer(
        scope=text_in(values, "scope"),
        documents=tuple(_pulled(one) for one in list_in(values, "documents")),
        next=number_in(values, "next"),
        more=flag_in(values, "more"),
        rescope=flag_in(values, "rescope"),
    )


def enrol_text(request: EnrolRequest) -> str:
    return json.dumps({"code": request.code, "device": request.device, "name": request.name})


def enrol_request_of(text: str | bytes) -> EnrolRequest:
    """Raises MessageUnreadable."""
    values = parsed_object(text)
    return EnrolRequest(key_in(values, "code"), key_in(values, "device"), text_in(values, "name", ""))


def enrol_answer_text(answer: EnrolAnswer) -> str:
    return json.dumps(
        {
            "organisation": answer.organisation,
            "organisation_name": answer.organisation_name,
            "area": answer.area,
            "organisation_key": answer.organisation_key,
            "device": answer.device,
            "device_kind": answer.device_kind,
            "token": answer.token,
        }
    )


def enrol_answer_of(text: str | bytes) -> EnrolAnswer:
    """Raises MessageUnreadable."""
    values = parsed_object(text)
    key = text_in(values, "organisation_key")
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise MessageUnreadable("organisation_key")
    return EnrolAnswer(
        organisation=key_in(values, "organisation"),
        organisation_name=text_in(values, "organisation_name", ""),
        area=text_in(values, "area", ""),
        organisation_key=key,
        device=key_in(values, "device"),
        device_kind=text_in(values, "device_kind", ""),
        token=text_in(values, "token"),
    )


def turn_text(turn: Turn) -> str:
    """The header's value."""
    return f"{turn.kept}/{turn.tried}"


def turn_of(text: str) -> Turn:
    """Raises MessageUnreadable."""
    kept, stroke, tried = text.partition("/")
    if not stroke or not all(_TURN.fullmatch(one) for one in (kept, tried) if one):
        raise MessageUnreadable("turn")
    return Turn(kept, tried)


def turn_number(turn: str) -> int:
    """0 for none."""
    return int(turn.partition(".")[0] or 0)


def split_text(device: str) -> str:
    return json.dumps({"device": device})


def split_device_of(text: str | bytes) -> str:
    """Raises MessageUnreadable."""
    return key_in(parsed_object(text), "device")


def split_answer_text(answer: SplitAnswer) -> str:
    return json.dumps({"device": answer.device, "token": answer.token})


def split_answer_of(text: str | bytes) -> SplitAnswer:
    """Raises MessageUnreadable."""
    values = parsed_object(text)
    return SplitAnswer(key_in(values, "device"), text_in(values, "token"))


def refused_text(refused: Refused) -> str:
    return json.dumps({"code": refused.code, "details": dict(refused.details)})


def refused_of(text: str | bytes) -> Refused:
    """Raises MessageUnreadable: a gateway's own error page is not the hub's word."""
    values = parsed_object(text)
    details = values.get("details", {})
    if not isinstance(details, dict):
        raise MessageUnreadable("details")
    return Refused(key_in(values, "code"), details)


def _extra(document: Document) -> dict[str, Any]:
    if not document.extra:
        return {}
    return {key: value for key, value in parsed_object(document.extra).items() if key not in _KNOWN}


def _attachment(values: object) -> Attachment:
    if not isinstance(values, dict):
        raise MessageUnreadable("attachments")
    return Attachment(
        sha256=text_in(values, "sha256"),
        size=number_in(values, "size"),
        media_type=text_in(values, "media_type", ""),
        name=text_in(values, "name", ""),
    )


def _receipt(values: object) -> Receipt:
    if not isinstance(values, dict):
        raise MessageUnreadable("receipts")
    status = _STATUSES.get(text_in(values, "status"))
    if status is None:
        raise MessageUnreadable("status")
    return Receipt(
        id=key_in(values, "id"),
        mutation=key_in(values, "mutation"),
        revision=number_in(values, "revision"),
        sha256=text_in(values, "sha256"),
        at=instant_in(values, "at"),
        status=status,
        code=text_in(values, "code", ""),
    )


def _refusal(values: object) -> Refusal:
    if not isinstance(values, dict):
        raise MessageUnreadable("refusals")
    details = values.get("details", {})
    if not isinstance(details, dict):
        raise MessageUnreadable("details")
    return Refusal(number_in(values, "position"), key_in(values, "reason"), details)


def _pulled(values: object) -> Pulled:
    if not isinstance(values, dict):
        raise MessageUnreadable("documents")
    sent = values.get("document")
    document = document_of(sent)
    assert isinstance(sent, dict)
    if claimed_hash(sent) != document.sha256:
        raise MessageUnreadable("sha256")
    parents = list_in(values, "parents", ())
    if not all(is_number(parent) for parent in parents):
        raise MessageUnreadable("parents")
    return Pulled(
        document=document,
        revision=number_in(values, "revision"),
        parents=tuple(parents),
        head=flag_in(values, "head"),
        received=instant_in(values, "received"),
        device=text_in(values, "device", ""),
    )
