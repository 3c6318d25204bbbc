"""What an import of services did, in sentences."""

from collections.abc import Mapping
from typing import Any

from intake_app import formats
from intake_app.i18n import _, ngettext
from intake_app.text import fsi, ltr


def change_words(change: Mapping[str, Any]) -> str:
    """One change as one sentence, with how many records name the service."""
    name, before, after = (str(change.get(part, "")) for part in ("name", "before", "after"))
    kind = change.get("kind")
    if kind == "renamed":
        words = _("Renamed: {before}, now {after}").format(before=fsi(before), after=fsi(after))
    elif kind == "closed":
        words = _("Closed: {name}").format(name=fsi(name))
    elif kind == "reopened":
        words = _("Reopened: {name}").format(name=fsi(name))
    elif kind == "moved":
        words = _("Moved: {name}, from {before} to {after}").format(
            name=fsi(name), before=fsi(before), after=fsi(after)
        )
    elif before:
        words = _("Telephone: {name}, {before}, now {after}").format(
            name=fsi(name), before=ltr(before), after=ltr(after)
        )
    else:
        words = _("Telephone: {name}, now {after}").format(name=fsi(name), after=ltr(after))
    records = int(change.get("records", 0))
    if not records:
        return words
    named = ngettext("{words}. {count} record names it", "{words}. {count} records name it", records)
    return named.format(words=words, count=formats.number(records))


def counted(report: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The words for each count, and the count."""

    def count(name: str) -> int:
        return int(report.get(name, 0))

    return [
        (ngettext("{count} added", "{count} added", count("added")), count("added")),
        (ngettext("{count} renamed", "{count} renamed", count("renamed")), count("renamed")),
        (ngettext("{count} closed", "{count} closed", count("closed")), count("closed")),
        (ngettext("{count} reopened", "{count} reopened", count("reopened")), count("reopened")),
        (ngettext("{count} moved", "{count} moved", count("moved")), count("moved")),
        (
            ngettext("{count} phone number changed", "{count} phone numbers changed", count("phone_changed")),
            count("phone_changed"),
        ),
        (ngettext("{count} row left out", "{count} rows left out", count("refused")), count("refused")),
    ]
