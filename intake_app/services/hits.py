"""Rows found in the directory as the lines of a short list, with what followed a service that has closed."""

import json
from collections.abc import Sequence
from typing import Any

from intake_app.folding import fold
from intake_app.services.model import ServiceHit, Status
from intake_app.services.words import beginnings, meets

HIT = (
    "SELECT s.id, s.name, s.town, s.postcode, s.provider, s.type, s.status, s.former_names, s.aliases, s.cqc,"
    " s.ods, s.address, s.local_authority, s.nicknames, s.closed, s.successors"
)
_AMONG = f"{HIT} FROM service s WHERE s.id IN (SELECT value FROM json_each(?))"
_STATUS = {str(status): status for status in Status}
_ID, _NAME, _POSTCODE, _STATUS_AT, _SUCCESSORS = 0, 1, 3, 6, 15
MOST_STEPS = 10
"""From a closed service to the open one behind it; a ring of successors ends here too."""


def hits(cursor: Any, rows: Sequence[Any], terms: tuple[str, ...], complete: bool) -> tuple[ServiceHit, ...]:
    """``complete``: these are all there are, few enough to be put in order by what was typed."""
    found: list[tuple[int, ServiceHit]] = []
    seen: dict[tuple[str, str], str] = {}
    followed: dict[str, str] = {}
    for row in rows:
        scheme = row[_ID].partition(":")[0]
        # The regulator and the NHS both list a practice: one line is enough, the first in order.
        if seen.setdefault((row[_NAME].casefold(), row[_POSTCODE]), scheme) != scheme:
            continue
        if row[_STATUS_AT] == Status.CLOSED and row[_SUCCESSORS]:
            followed[row[_ID]] = row[_SUCCESSORS]
        found.append((_distance(row[_NAME], terms) if complete else 0, _hit(row, terms)))
    if complete:
        # The sort is stable.
        found.sort(key=lambda pair: pair[0])
    lines = tuple(hit for _, hit in found)
    return _with_successors(cursor, lines, followed) if followed else lines


def _hit(row: Sequence[Any], terms: tuple[str, ...]) -> ServiceHit:
    service_id, name, town, postcode, provider, kind, status, former, aliases = row[:9]
    cqc, ods, address, council, nicknames, closed, _successors = row[9:]
    was = also = ""
    if former or aliases or nicknames:
        current = beginnings(f"{name} {address} {town} {postcode} {provider} {council}")
        missing = [term for term in terms if not meets(current, term)]
        if missing and not _in_code(missing, postcode, cqc, ods):
            also = _met(nicknames, missing)
            was = "" if also else _met(former, missing)
            also = also or ("" if was else _met(aliases, missing))
    place = f"{town}, {postcode}" if town and postcode else town or postcode
    is_closed = closed if status == Status.CLOSED else ""
    return ServiceHit(
        service_id, name, place, provider, kind, cqc or ods, _STATUS[status], was, also, is_closed
    )


def _with_successors(
    cursor: Any, lines: tuple[ServiceHit, ...], followed: dict[str, str]
) -> tuple[ServiceHit, ...]:
    """Behind each closed service the one to be chosen instead, unless the list has it anyway."""
    shown = {hit.id for hit in lines}
    found: list[ServiceHit] = []
    for hit in lines:
        later = successors(cursor, followed[hit.id]) if hit.id in followed else ()
        found.append(hit._replace(now=later[0].name) if later else hit)
        for one in later:
            if one.id not in shown:
                shown.add(one.id)
                found.append(one._replace(instead_of=hit.name))
    return tuple(found)


def successors(cursor: Any, ids: str) -> tuple[ServiceHit, ...]:
    """Those among the ids, one a line, or behind them, that have not closed; empty where all have."""
    passed: set[str] = set()
    asked = list(dict.fromkeys(ids.split("\n")))
    found: list[ServiceHit] = []
    for _step in range(MOST_STEPS):
        asked = [one for one in asked if one and one not in passed]
        if not asked:
            break
        passed.update(asked)
        rows = cursor.execute(_AMONG, (json.dumps(asked),)).fetchall()
        found += [_hit(row, ()) for row in rows if row[_STATUS_AT] != Status.CLOSED]
        closed = [row for row in rows if row[_STATUS_AT] == Status.CLOSED]
        asked = [one for row in closed for one in row[_SUCCESSORS].split("\n")]
    return tuple(found)


def _distance(name: str, terms: tuple[str, ...]) -> int:
    """0 for a name that begins with the first word typed and has the others; more where less of it fits."""
    words = beginnings(name)
    begins = fold(name).removeprefix("the ").startswith(terms[0])
    return 2 * sum(not meets(words, term) for term in terms) + (not begins)


def _in_code(missing: list[str], *codes: str) -> bool:
    plain = [code.replace(" ", "").lower() for code in codes]
    return all(any(code.startswith(term) for code in plain) for term in missing)


def _met(names: str, missing: list[str]) -> str:
    for name in names.split("\n"):
        words = beginnings(name)
        if any(meets(words, term) for term in missing):
            return name
    return ""
