"""Councils and integrated care boards: feedback can be about those who arrange care, not only who gives it."""

import csv
from pathlib import Path

from intake_app.services.changes import Transactions, Writer
from intake_app.services.found import Found
from intake_app.services.model import ImportReport, Scheme
from intake_app.times import Clock

_FILES = (("councils.csv", "council"), ("icbs.csv", "icb"))


def add(store: Transactions, clock: Clock, code_lists: Path) -> ImportReport:
    """Brings both lists in; one that the folder lacks is left out."""
    writer = Writer(store, clock)
    rows = 0
    for name, kind in _FILES:
        path = code_lists / name
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows += 1
                writer.bring(
                    Found(
                        Scheme.GSS,
                        row["code"],
                        row["label"],
                        kind,
                        phone=row.get("safeguarding_phone") or "",
                        local_authority=row["label"],
                        aliases=(row.get("aliases") or "").replace("|", "\n"),
                    )
                )
    for _waiting in writer.write_slices():
        pass
    return writer.report(rows=rows, refused=())
