"""The messages between a device and its hub; both sides import them, so that they cannot drift apart.

Everything is JSON. A document's body travels as a JSON *string* and is hashed and returned byte for byte:
a parser that rewrote it would break the receipt. Envelope fields that this program does not know are kept.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake_app.documents import Attachment, Document, Pulled, Receipt, ReceiptStatus
from intake_app.times import Instant

ENROL_PATH = "/v1/enrol"
PUSH_PATH = "/v1/push"
PULL_PATH = "/v1/pull"

BATCH_DOCUMENTS = 500
BATCH_BYTES = 1_000_000
BODY_BYTES = 4_000_000
"""Of one document's body in UTF-8; a longer one is refused as ``too_large``."""
REQUEST_BYTES = 32_000_000
"""A whole request; JSON escapes may write one body byte as six."""
PAGE_DOCUMENTS = 2_000
PAGE_BYTES = 16_000_000

_KEY_LENGTH = 100
_LARGEST_NUMBER = 2**53 - 1
_KNOWN = frozenset(
    (
        *("organisation", "kind", "id", "mutation", "base", "after", "parents", "format", "audience"),
        *("attachments", "deleted", "body", "sha256"),
    )
)


class MessageUnreadable(ValueError):
    """The text is no message of this protocol; ``field`` names what is missing or of the wrong type."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


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
    extra = {key: value for key, value in values.items() if key not in _KNOWN}
    parents = _list(values, "parents", ())
    if not all(_is_revision(parent) for parent in parents):
        raise MessageUnreadable("parents")
    return Document(
        organisation=_key(values, "organisation"),
        kind=_key(values, "kind"),
        id=_key(values, "id"),
        mutation=_key(values, "mutation"),
        body=_text(values, "body"),
        base=_number(values, "base", 0),
        parents=tuple(parents),
        format=_number(values, "format", 1),
        audience=_text(values, "audience", ""),
        attachments=tuple(_attachment(one) for one in _list(values, "attachments", ())),
        deleted=_flag(values, "deleted"),
        after=_text(values, "after", ""),
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
    return list(_list(_object(text), "documents"))


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
    values = _object(text)
    return PushAnswer(
        receipts=tuple(_receipt(one) for one in _list(values, "receipts")),
        refusals=tuple(_refusal(one) for one in _list(values, "refusals")),
        before=_number(values, "before"),
        after=_number(values, "after"),
        scope=_text(values, "scope"),
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
    values = _object(text)
    return PullAnswer(
        scope=_text(values, "scope"),
        documents=tuple(_pulled(one) for one in _list(values, "documents")),
        next=_number(values, "next"),
        more=_flag(values, "more"),
        rescope=_flag(values, "rescope"),
    )


def enrol_text(request: EnrolRequest) -> str:
    return json.dumps({"code": request.code, "device": request.device, "name": request.name})


def enrol_request_of(text: str | bytes) -> EnrolRequest:
    """Raises MessageUnreadable."""
    values = _object(text)
    return EnrolRequest(_key(values, "code"), _key(values, "device"), _text(values, "name", ""))


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
    values = _object(text)
    key = _text(values, "organisation_key")
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise MessageUnreadable("organisation_key")
    return EnrolAnswer(
        organisation=_key(values, "organisation"),
        organisation_name=_text(values, "organisation_name", ""),
        area=_text(values, "area", ""),
        organisation_key=key,
        device=_key(values, "device"),
        device_kind=_text(values, "device_kind", ""),
        token=_text(values, "token"),
    )


def refused_text(refused: Refused) -> str:
    return json.dumps({"code": refused.code, "details": dict(refused.details)})


def refused_of(text: str | bytes) -> Refused:
    """Raises MessageUnreadable: a gateway's own error page is not the hub's word."""
    values = _object(text)
    details = values.get("details", {})
    if not isinstance(details, dict):
        raise MessageUnreadable("details")
    return Refused(_key(values, "code"), details)


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MessageUnreadable("json") from error
    if not isinstance(values, dict):
        raise MessageUnreadable("json")
    return values


def _extra(document: Document) -> dict[str, Any]:
    if not document.extra:
        return {}
    return {key: value for key, value in _object(document.extra).items() if key not in _KNOWN}


def _text(values: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = values.get(name, default)
    if not isinstance(value, str):
        raise MessageUnreadable(name)
    return value


def _key(values: Mapping[str, Any], name: str) -> str:
    value = _text(values, name)
    if not 0 < len(value) <= _KEY_LENGTH:
        raise MessageUnreadable(name)
    return value


def _number(values: Mapping[str, Any], name: str, default: int | None = None) -> int:
    value = values.get(name, default)
    if not _is_revision(value):
        raise MessageUnreadable(name)
    assert isinstance(value, int)
    return value


def _is_revision(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_NUMBER


def _flag(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise MessageUnreadable(name)
    return value


def _list(values: Mapping[str, Any], name: str, default: tuple[()] | None = None) -> Sequence[Any]:
    value = values.get(name, default)
    if not isinstance(value, list | tuple):
        raise MessageUnreadable(name)
    return value


def _instant(values: Mapping[str, Any], name: str) -> Instant:
    try:
        return Instant.parse(_text(values, name))
    except ValueError as error:
        raise MessageUnreadable(name) from error


def _attachment(values: object) -> Attachment:
    if not isinstance(values, dict):
        raise MessageUnreadable("attachments")
    return Attachment(
        sha256=_text(values, "sha256"),
        size=_number(values, "size"),
        media_type=_text(values, "media_type", ""),
        name=_text(values, "name", ""),
    )


def _receipt(values: object) -> Receipt:
    if not isinstance(values, dict):
        raise MessageUnreadable("receipts")
    try:
        status = ReceiptStatus(_text(values, "status"))
    except ValueError as error:
        raise MessageUnreadable("status") from error
    return Receipt(
        id=_key(values, "id"),
        mutation=_key(values, "mutation"),
        revision=_number(values, "revision"),
        sha256=_text(values, "sha256"),
        at=_instant(values, "at"),
        status=status,
        code=_text(values, "code", ""),
    )


def _refusal(values: object) -> Refusal:
    if not isinstance(values, dict):
        raise MessageUnreadable("refusals")
    details = values.get("details", {})
    if not isinstance(details, dict):
        raise MessageUnreadable("details")
    return Refusal(_number(values, "position"), _key(values, "reason"), details)


def _pulled(values: object) -> Pulled:
    if not isinstance(values, dict):
        raise MessageUnreadable("documents")
    sent = values.get("document")
    document = document_of(sent)
    assert isinstance(sent, dict)
    if claimed_hash(sent) != document.sha256:
        raise MessageUnreadable("sha256")
    parents = _list(values, "parents", ())
    if not all(_is_revision(parent) for parent in parents):
        raise MessageUnreadable("parents")
    return Pulled(
        document=document,
        revision=_number(values, "revision"),
        parents=tuple(parents),
        head=_flag(values, "head"),
        received=_instant(values, "received"),
        device=_text(values, "device", ""),
    )
