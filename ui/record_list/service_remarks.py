"""What the directory says today of the services that a record names, looked up at the time of its story."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from intake_app.records import Record
from intake_app.services.history import Remark
from ui.form.services import WHEN

if TYPE_CHECKING:
    from intake_app.services.directory import Directory

Remarks = Mapping[str, Mapping[str, Remark]]
"""By item, then by service."""
NO_REMARKS: Remarks = MappingProxyType({})


def service_remarks(record: Record, directory: Directory) -> Remarks:
    """Reads the store, so call it on the worker."""
    return {
        item.id: directory.remarks([(one.id, one.name) for one in item.services], str(item.value(WHEN) or ""))
        for item in record.items
    }
