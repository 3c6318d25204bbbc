"""Councils and integrated care boards: feedback can be about those who arrange care, too."""

import csv
from pathlib import Path

from intake_app.services.changes import Writer
from intake_app.services.found import Found
from intake_app.services.model import ImportReport, Scheme
from intake_app.services.writing import Transactions
from intake_app.times import Clock

_SEPARATOR = ";"


def add(store: Transactions, clock: Clock, code_lists: Path) -> ImportReport:
    """Brings both lists in, those no longer valid left out; a list that the folder lacks is left out."""
    writer = Writer(store, clock)
    found = [_council(row) for row in _rows(code_lists / "councils.csv")]
    found += [_board(row) for row in _rows(code_lists / "icbs.csv")]
    for one in found:
        writer.bring(one)
    for _waiting in writer.write_slices():
        pass
    return writer.report(rows=len(found), refused=())


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if not row.get("valid_to")]


def _council(row: dict[str, str]) -> Found:
    label = row["label"]
    name, _, kind = label.partition(", ")
    # As its own letters say it: CQC's list writes "Bristol, City of".
    if kind.casefold() == "city of":
        name = f"{name} City Council"
    elif kind and kind.casefold() != "county of":
        name = f"{label} Council"
    else:
        name = f"{name} County Council" if row.get("type") == "county" else f"{name} Council"
    aliases = [one.strip() for one in (label, *row.get("aliases", "").split(_SEPARATOR)) if one.strip()]
    return Found(
        Scheme.COUNCIL, row["code"], name, "council", local_authority=label, aliases="\n".join(aliases)
    )


def _board(row: dict[str, str]) -> Found:
    return Found(
        Scheme.ICB,
        row["code"],
        row["label"],
        "icb",
        phone=row.get("complaints_phone") or "",
        ods=row.get("ods") or "",
        aliases=row["label"].replace("Integrated Care Board", "ICB"),
    )
