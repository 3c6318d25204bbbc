"""What an import of services did, as values for the window that started it."""

from collections.abc import Mapping
from typing import Any

from intake_app.cli.words import reason_words
from intake_app.services.model import ImportReport

MOST_LINES = 2_000
"""Of the changes and of the rows left out, each: more would not be read, and the counts tell them all."""


def values(report: ImportReport, mentions: Mapping[str, int]) -> dict[str, Any]:
    """``mentions`` says how many records name a service; the changes of those come first."""
    changes = sorted(report.changes, key=lambda one: -mentions.get(one.service, 0))
    return {
        "added": report.added,
        "renamed": report.renamed,
        "closed": report.closed,
        "reopened": report.reopened,
        "moved": report.moved,
        "phone_changed": report.phone_changed,
        "refused": len(report.refused),
        "changes": [
            {
                "service": one.service,
                "name": one.name,
                "kind": one.kind,
                "before": one.before,
                "after": one.after,
                "records": mentions.get(one.service, 0),
            }
            for one in changes[:MOST_LINES]
        ],
        "changes_in_all": len(report.changes),
        "refused_rows": [
            {"file": row.file, "line": row.line, "reason": reason_words(row.reason), "code": row.reason}
            for row in report.refused[:MOST_LINES]
        ],
    }
