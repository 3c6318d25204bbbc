"""What an edition changed, as pages of JSON for the organisation's other computers, and back again.

A page has whole services and says by name which cell is which, so that neither an older nor a newer program
reads it askew. What has been read is brought in like the rows of a file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from intake_app.services.changes import Writer
from intake_app.services.found import Found
from intake_app.services.model import Scheme, Status
from intake_app.services.writing import AT, COLUMNS, ChangeRow, Known

PAGE_BYTES = 400_000
"""Of one page's text, about: far below what a document may hold, and small beside a batch."""

# Each computer has its own order, uses and nicknames.
_OWN = frozenset({"place", "uses", "nicknames"})
_SHARED = tuple(column for column in COLUMNS if column not in _OWN)
_AT = tuple(AT[column] for column in _SHARED)
_FOUND = frozenset(Found._fields)
_CHANGE_CELLS = 6

Touched = tuple[Known, tuple[ChangeRow, ...]]


class PageUnreadable(ValueError):
    """The page is not one that this program may bring in; nothing of it is."""


def pages(touched: Iterable[Touched]) -> Iterator[str]:
    """The services and what was written down about them, in pages."""
    rows: list[Any] = []
    changes: list[ChangeRow] = []
    size = 0
    for row, of_one in touched:
        rows.append([row[at] for at in _AT])
        changes += of_one
        size += sum(len(str(row[at])) + 3 for at in _AT) + 150 * len(of_one)
        if size >= PAGE_BYTES:
            yield _page(rows, changes)
            rows, changes, size = [], [], 0
    if rows:
        yield _page(rows, changes)


def _page(rows: Sequence[Any], changes: Sequence[ChangeRow]) -> str:
    values = {"columns": _SHARED, "services": rows, "changes": changes}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_page(text: str) -> tuple[list[tuple[Found, str]], dict[str, tuple[ChangeRow, ...]]]:
    """Services with their former names, and changes by service. Raises PageUnreadable."""
    try:
        values = json.loads(text)
        columns, services, changes = values["columns"], values["services"], values["changes"]
        found = [_found(dict(zip(columns, row, strict=True))) for row in services]
        by_service: dict[str, list[ChangeRow]] = {}
        for change in changes:
            by_service.setdefault(str(change[0]), []).append(_change(change))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise PageUnreadable(type(error).__name__) from error
    return found, {service: tuple(of_one) for service, of_one in by_service.items()}


def _found(cells: Mapping[str, Any]) -> tuple[Found, str]:
    if not all(isinstance(cell, str) for cell in cells.values()):
        raise PageUnreadable("cell")
    scheme, colon, code = cells["id"].partition(":")
    if not colon or not code or not cells["name"]:
        raise PageUnreadable("id")
    known = {name: cell for name, cell in cells.items() if name in _FOUND}
    known |= {"scheme": Scheme(scheme), "code": code, "status": Status(cells["status"])}
    if known["scheme"] is Scheme.ODS:
        known["ods"] = ""
    return Found(**known), cells.get("former_names", "")


def _change(cells: Sequence[Any]) -> ChangeRow:
    service, kind, before, after, at_ms, day = cells[:_CHANGE_CELLS]
    texts = (service, kind, before, after, day)
    if not all(isinstance(text, str) for text in texts) or not isinstance(at_ms, int):
        raise PageUnreadable("change")
    return (service, kind, before, after, at_ms, day)


def bring(writer: Writer, text: str) -> int:
    """One page into the writer; how many services it has. Raises PageUnreadable before any is brought."""
    found, changes = read_page(text)
    for one, former_names in found:
        service = f"{one.scheme}:{one.code}"
        is_new = not writer.knows(one)
        writer.bring(one)
        if is_new:
            writer.bring_history(service, former_names, changes.get(service, ()))
    return len(found)
