"""What the hub holds: commits pushed versions under the organisation's counter, hands out pages of them."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, select, update

from intake_app.documents import Document, Kind, Receipt, ReceiptStatus
from intake_app.hub import attachments, lookups, new_rows
from intake_app.hub.arrivals import Arrival, checked
from intake_app.hub.erasures import erase, erased_already, named_in
from intake_app.hub.scopes import Caller, visible
from intake_app.hub.settings import HubSettings
from intake_app.hub.tables import COUNTERS, VERSIONS
from intake_app.sync.attachments_protocol import sendable
from intake_app.sync.protocol import PushAnswer, Refusal, pull_page_text, pulled_text
from intake_app.times import Instant

_Key = tuple[str, str]
"""Kind and id of a document."""


@dataclass
class _Batch:
    """What one transaction knows and gathers before it writes."""

    latest: int
    receipts: list[Receipt] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    heads: dict[_Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    origins: dict[_Key, tuple[str, str, str]] = field(default_factory=dict)
    replaced: set[int] = field(default_factory=set)
    files: dict[int, Mapping[str, int]] = field(default_factory=dict)


def push(connection: Connection, caller: Caller, values: Sequence[Any], settings: HubSettings) -> PushAnswer:
    """Commits each version that can be kept, in the order sent; refuses others one by one.

    A version on an old base is committed too, as a sibling. Repeating a batch changes nothing.
    """
    arrivals, refusals = checked(values, caller.organisation, settings)
    before = _lock_counter(connection, caller.organisation)
    batch = _Batch(latest=before, refusals=refusals)
    _load(connection, caller, arrivals, batch)
    now = settings.clock()
    for arrival in arrivals:
        _take(caller, arrival, batch, now)
    _write(connection, caller, batch)
    return PushAnswer(tuple(batch.receipts), tuple(batch.refusals), before, batch.latest, caller.scope)


def pull(connection: Connection, caller: Caller, since: int, scope: str, settings: HubSettings) -> str:
    """The text of one PullAnswer: the versions this device receives, above ``since``, in revision order."""
    # Read before the rows: whatever number it shows, every row up to it is committed (see ChangeCounter).
    latest = connection.execute(
        select(COUNTERS.c.latest).where(COUNTERS.c.organisation == caller.organisation)
    ).scalar_one()
    # A cursor above the counter: the hub was restored from an older copy, and its numbers will come again.
    if (scope != caller.scope and (scope or since)) or since > latest:
        return pull_page_text(caller.scope, (), 0, more=True, rescope=True)
    table = VERSIONS.c
    reach = and_(
        table.organisation == caller.organisation,
        table.revision > since,
        table.revision <= latest,
        visible(caller),
    )
    sizes = connection.execute(
        select(table.revision, table.size)
        .where(reach)
        .order_by(table.revision)
        .limit(settings.page_documents + 1)
    ).all()
    if not sizes:
        return pull_page_text(caller.scope, (), latest, more=False)
    last = _last_of_page(sizes, settings)
    more = last < sizes[-1].revision
    rows = connection.execute(select(VERSIONS).where(reach, table.revision <= last).order_by(table.revision))
    versions = [_pulled_text(row) for row in rows.mappings()]
    return pull_page_text(caller.scope, versions, last if more else latest, more)


def _lock_counter(connection: Connection, organisation: str) -> int:
    return int(
        connection.execute(
            update(COUNTERS)
            .where(COUNTERS.c.organisation == organisation)
            .values(latest=COUNTERS.c.latest)
            .returning(COUNTERS.c.latest)
        ).scalar_one()
    )


def _load(connection: Connection, caller: Caller, arrivals: Sequence[Arrival], batch: _Batch) -> None:
    mutations = {one.document.mutation for one in arrivals} | {
        one.document.after for one in arrivals if one.document.after
    }
    found = lookups.by_mutation(connection, caller.organisation, mutations)
    batch.known = {row.mutation: dict(row._mapping) for row in found}
    by_kind: dict[str, set[str]] = defaultdict(set)
    for one in arrivals:
        by_kind[one.document.kind].add(one.document.id)
    for kind, ids in by_kind.items():
        for row in lookups.heads(connection, caller.organisation, kind, ids):
            batch.heads[kind, row.document].add(row.revision)
            batch.origins[kind, row.document] = (row.owner, row.area, row.team)


def _take(caller: Caller, arrival: Arrival, batch: _Batch, now: Instant) -> None:
    document = arrival.document
    known = batch.known.get(document.mutation)
    if known is not None:
        ours = (known["kind"], known["document"], known["sha256"])
        if ours == (document.kind, document.id, arrival.sha256):
            batch.receipts.append(_receipt(caller, known, ReceiptStatus.ALREADY))
        else:
            batch.refusals.append(Refusal(arrival.position, "mutation_reused"))
        return
    key = (document.kind, document.id)
    parents = _parents(document, batch)
    replaced = batch.heads[key] & set(parents)
    siblings = batch.heads[key] - replaced
    owner, area, team = batch.origins.setdefault(key, (caller.device, caller.area, caller.team))
    batch.latest += 1
    row = {
        "organisation": caller.organisation,
        "revision": batch.latest,
        "kind": document.kind,
        "document": document.id,
        "mutation": document.mutation,
        "parents": ",".join(map(str, parents)),
        "audience": document.audience,
        "deleted": document.deleted,
        "head": True,
        "erased": False,
        "device": caller.device,
        "owner": owner,
        "area": area,
        "team": team,
        "received_ms": now.utc_ms,
        "sha256": arrival.sha256,
        "size": arrival.size,
        "envelope": arrival.envelope,
        "body": document.body,
    }
    batch.rows[batch.latest] = row
    batch.files[batch.latest] = sendable(document.attachments)
    batch.known[document.mutation] = row
    batch.replaced |= replaced
    batch.heads[key] = siblings | {batch.latest}
    status = ReceiptStatus.CONFLICT if siblings else ReceiptStatus.ACCEPTED
    batch.receipts.append(_receipt(caller, row, status))


def _parents(document: Document, batch: _Batch) -> tuple[int, ...]:
    if document.parents:
        return document.parents
    earlier = batch.known.get(document.after) if document.after else None
    if earlier is not None and (earlier["kind"], earlier["document"]) == (document.kind, document.id):
        return (int(earlier["revision"]),)
    return (document.base,) if document.base else ()


def _write(connection: Connection, caller: Caller, batch: _Batch) -> None:
    if not batch.rows:
        return
    table = VERSIONS.c
    for revision in batch.replaced & batch.rows.keys():
        batch.rows[revision]["head"] = False
    earlier = batch.replaced - batch.rows.keys()
    if earlier:
        connection.execute(
            update(VERSIONS)
            .where(table.organisation == caller.organisation, table.revision.in_(earlier))
            .values(head=False)
        )
    new_rows.put(connection, VERSIONS, list(batch.rows.values()))
    attachments.note(connection, caller, batch.rows, batch.files)
    connection.execute(
        update(COUNTERS).where(COUNTERS.c.organisation == caller.organisation).values(latest=batch.latest)
    )
    gone = {
        document: revision
        for revision, row in batch.rows.items()
        if row["kind"] == Kind.ERASURE
        for document in named_in(row["body"])
    }
    ids = {row["document"] for row in batch.rows.values()}
    late = erased_already(connection, caller.organisation, ids)
    erase(connection, caller.organisation, gone, late)


def _receipt(caller: Caller, row: dict[str, Any], status: ReceiptStatus) -> Receipt:
    proof = f"{caller.organisation}\n{row['mutation']}\n{row['revision']}\n{row['sha256']}"
    return Receipt(
        id=row["document"],
        mutation=row["mutation"],
        revision=row["revision"],
        sha256=row["sha256"],
        at=Instant(row["received_ms"]),
        status=status,
        code=hashlib.sha256(proof.encode()).hexdigest()[:6].upper(),
    )


def _last_of_page(sizes: Sequence[Any], settings: HubSettings) -> int:
    last = taken = 0
    for count, row in enumerate(sizes):
        taken += row.size
        if count and (count >= settings.page_documents or taken > settings.page_bytes):
            break
        last = row.revision
    return last


def _pulled_text(row: Any) -> str:
    return pulled_text(
        row["envelope"],
        row["body"],
        row["revision"],
        [int(parent) for parent in row["parents"].split(",") if parent],
        row["head"],
        Instant(row["received_ms"]),
        row["device"],
    )
