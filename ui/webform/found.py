"""What the process that looked at a file found in it, as the window keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake_app.channels.webform.looking import Column
from intake_app.channels.webform.mapping import FormMapping
from intake_app.channels.webform.moments import Order


@dataclass(frozen=True, slots=True)
class Found:
    """``mapping`` has a use for each column, in their order; ``others`` are sheets that are not read."""

    rows: int
    columns: tuple[Column, ...]
    mapping: FormMapping
    known: bool
    others: tuple[str, ...] = ()


def found_of(report: Mapping[str, Any]) -> Found:
    """From the last line of ``look-at-responses``."""
    mapping = FormMapping.model_validate(report["mapping"])
    columns = tuple(
        Column(
            mapping.use_of(one["title"]),
            tuple(one["values"]),
            tuple(one["answers"]),
            int(one["filled"]),
            Order(one["order"]),
        )
        for one in report["columns"]
    )
    others = tuple(str(one) for one in report.get("other_sheets") or ())
    return Found(int(report["rows"]), columns, mapping, bool(report["known"]), others)
