"""Takes all records out of the store, as tables or whole, plain or as an encrypted package.

Persons and equality answers are left out unless asked for with a reason, which is written down for each of
them before it is opened. Plain files are for those entitled; anybody may take out an encrypted package.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from intake_app import i18n, outcomes
from intake_app.errors import Cancelled, FileRefused, NotEntitled, RecordMissing
from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.reports import events
from intake_app.reports.files import written_whole
from intake_app.reports.package import Packer
from intake_app.reports.stories import direction
from intake_app.reports.table import Table, Taken, relation_code, without_identifying
from intake_app.reports.writers import RowWriter, csv_writer, html_writer
from intake_app.reports.xlsx import xlsx_writer
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import Clock

PACKAGE_SUFFIX = ".intake-export"
FORMATS = ("jsonl", "csv", "xlsx", "html")
_PAGE = 500
_ENTITLED_DEVICES = ("manager",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants out. ``passphrase`` makes an encrypted package of it; empty, a plain file.

    ``events`` asks for the events alone, a row for each. A workbook of records has any as a sheet besides,
    and the export for another program as lines.
    """

    format: str
    path: Path
    with_persons: bool = False
    with_equality: bool = False
    reason: str = ""
    passphrase: str = ""
    events: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """``items`` leaves out those of conversations that were no feedback."""

    records: int
    items: int
    path: Path
    events: int = 0


def may_take_out_plain(store: Store) -> bool:
    """A computer that works alone is its organisation's own; with a hub, the hub has said who manages."""
    enrolment = store.sync.enrolment()
    return enrolment is None or enrolment.device_kind in _ENTITLED_DEVICES


def export(
    store: Store,
    library: Library,
    asked: Asked,
    clock: Clock,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Written:
    """Writes every finished record, withdrawn ones included, oldest first, and no draft.

    The file is there whole or not at all. Raises NotEntitled (``act``: export_plain, export_persons),
    PracticeOnly, FileRefused (``reason``: reason_missing, no_such_folder), Cancelled, DiskFull and
    StoreReadOnly.
    """
    store.not_in_practice()
    identity = asked.with_persons or asked.with_equality
    if not asked.passphrase and not may_take_out_plain(store):
        raise NotEntitled(act="export_plain")
    if identity and not may_take_out_plain(store):
        raise NotEntitled(act="export_persons")
    if identity and not asked.reason.strip():
        raise FileRefused(path=str(asked.path), reason="reason_missing")
    if asked.events:
        return _write_events(store, asked, clock)
    ids = list(_ids(store))
    names = store.events.names()
    records = items = 0
    with _target(asked) as out, _writer(asked, store, library, clock, out, len(ids)) as put:
        for number, record_id in enumerate(ids):
            if cancelled():
                raise Cancelled
            progress(number, len(ids))
            try:
                taken = _take(store, record_id, asked, names)
            except RecordMissing:
                # Erased while the export ran: it must not be in it.
                continue
            put(taken)
            records += 1
            items += sum(outcomes.counts(taken.record, one) for one in taken.record.items)
    progress(len(ids), len(ids))
    return Written(records, items, _path(asked))


def _ids(store: Store) -> Iterator[str]:
    found: dict[str, int] = {}
    before: int | None = None
    while True:
        page = store.records.find(RecordQuery(include_drafts=False), before, _PAGE)
        for row in (*page.danger, *page.rows):
            if row.state not in ("draft", "parked"):
                found[row.id] = row.received.utc_ms
        before = page.more
        if before is None:
            return iter(sorted(found, key=lambda one: (found[one], one)))


def _write_events(store: Store, asked: Asked, clock: Clock) -> Written:
    found = events.rows(store)
    title, taken_out, *_records = _about(asked, store, clock, 0)
    about = [title, taken_out]
    with _target(asked) as out:
        if asked.format == "jsonl":
            out.writelines(events.json_lines(store))
        else:
            columns = events.headings()
            writers: dict[str, Callable[[], AbstractContextManager[RowWriter]]] = {
                "csv": lambda: csv_writer(out, columns),
                "xlsx": lambda: xlsx_writer(out, columns, about),
                "html": lambda: html_writer(out, columns, about[0], about[1:], i18n.language(), _("Events")),
            }
            with writers[asked.format]() as writer:
                for row in found:
                    writer.row(row)
    return Written(0, 0, _path(asked), len(found))


def _take(store: Store, record_id: str, asked: Asked, names: Mapping[str, str]) -> Taken:
    record = store.records.get(record_id)
    person = equality = None
    if asked.with_persons and record.person:
        person = store.people.open_person(record.person, asked.reason)
    if asked.with_equality and record.equality:
        equality = store.people.open_equality(record.equality, asked.reason)
    return Taken(record, person, equality, store.links.of(record_id), names.get(record.event, ""))


def _path(asked: Asked) -> Path:
    path = asked.path
    if asked.passphrase and path.suffix != PACKAGE_SUFFIX:
        return path.with_name(path.name + PACKAGE_SUFFIX)
    return path


@contextmanager
def _target(asked: Asked) -> Iterator[BinaryIO]:
    with written_whole(_path(asked)) as out:
        if not asked.passphrase:
            yield out
            return
        name = _path(asked).name.removesuffix(PACKAGE_SUFFIX)
        packer = Packer(out, asked.passphrase, name)
        yield cast(BinaryIO, packer)
        # Only now: a package that an error cut off must not look whole.
        packer.close()


@contextmanager
def _writer(
    asked: Asked, store: Store, library: Library, clock: Clock, out: BinaryIO, count: int
) -> Iterator[Callable[[Taken], None]]:
    if asked.format == "jsonl":
        out.writelines(events.json_lines(store))
        yield lambda taken: _put_whole(out, taken, asked.with_persons)
        return
    table = Table(library, asked.with_persons, asked.with_equality)
    about = _about(asked, store, clock, count)
    held = events.rows(store) if asked.format == "xlsx" else []
    writers: dict[str, Callable[[], AbstractContextManager[RowWriter]]] = {
        "csv": lambda: csv_writer(out, table.headings),
        "xlsx": lambda: xlsx_writer(out, table.headings, about, (events.headings(), held) if held else None),
        "html": lambda: html_writer(out, table.headings, about[0], about[1:], i18n.language()),
    }
    with writers[asked.format]() as writer:

        def put(taken: Taken) -> None:
            for row in table.rows(taken):
                writer.row(row)

        yield put


def _put_whole(out: BinaryIO, taken: Taken, with_persons: bool) -> None:
    line: dict[str, object] = {"kind": "record", "id": taken.record.id, "reference": taken.record.reference}
    record = taken.record if with_persons else without_identifying(taken.record)
    line["body"] = json.loads(record.to_json())
    line["feedback"] = outcomes.is_feedback(record)
    # A body leaves out what is usual; who reads this line need not know what that is.
    line["narratives"] = [
        {
            "id": one.id, "kind": one.kind, "language": one.language,
            "direction": direction(one.language), "derived_from": one.derived_from,
        }
        for one in taken.record.narratives
    ]  # fmt: skip
    if taken.links:
        line["links"] = [
            {
                "relation": relation_code(one), "record": one.other, "by": one.by,
                "at": one.at.isoformat(), "links": list(one.links),
            }
            for one in taken.links
        ]  # fmt: skip
    if taken.person is not None:
        line["person"] = json.loads(taken.person.to_json())
    if taken.equality is not None:
        line["equality"] = json.loads(taken.equality.to_json())
    out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _about(asked: Asked, store: Store, clock: Clock, count: int) -> list[str]:
    organisation = store.organisation.name
    title = _("Records of {organisation}").format(organisation=organisation) if organisation else _("Records")
    lines = [
        title,
        _("Taken out on {date}").format(date=clock().civil.isoformat()),
        _("Records: {count}; one row for each item. Drafts are left out.").format(count=count),
        _("The date of a record is when it was received, in England."),
    ]
    if asked.with_persons or asked.with_equality:
        lines.append(_("With personal details. Reason given: {reason}").format(reason=asked.reason))
    else:
        lines.append(_("Without names, numbers, addresses and equality answers; stories may still identify."))
    return lines
