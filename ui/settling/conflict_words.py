"""Versions to settle in words: of what they are, why they cannot be settled now, what came of it."""

from collections.abc import Callable, Mapping

from intake_app.documents import Kind
from intake_app.i18n import _, ngettext
from intake_app.merging.decisions import Choice
from intake_app.records import reference_of, spaced_reference
from intake_app.store.conflicts import Conflict
from intake_app.text import ltr

TITLES: dict[str, Callable[[], str]] = {
    Kind.PERSON: lambda: _("Who told us"),
    Kind.EQUALITY: lambda: _("Equality answers"),
}
"""Of what is kept apart from a record."""


def versions_words(conflict: Conflict) -> str:
    reference = ltr(spaced_reference(reference_of(conflict.record_id)))
    count = len(conflict.sides)
    if conflict.kind == Kind.PERSON:
        return _("Versions of who told us, record {reference}").format(reference=reference)
    if conflict.kind == Kind.EQUALITY:
        return _("Versions of the equality answers, record {reference}").format(reference=reference)
    if count == 2:
        return _("Two versions of record {reference}").format(reference=reference)
    return ngettext(
        "{count} versions of record {reference}", "{count} versions of record {reference}", count
    ).format(count=count, reference=reference)


def settled_words(conflict: Conflict, choices: Mapping[str, Choice]) -> str:
    if conflict.stays_away(choices):
        return _("Settled. The record stays deleted.")
    if conflict.kind != Kind.RECORD:
        return _("Settled. The details have one version again, and who decided is kept with them.")
    return _("Settled. The record has one version again, and who decided is kept with it.")


def blocked_words(conflict: Conflict) -> str:
    return {
        "": _("Nothing is in dispute. Finish, and both changes are in the record."),
        "sealed": _(
            "Two people changed what is kept apart from the record. It is opened with a reason only, and "
            "nothing of it stays on the screen when you leave."
        ),
        "unsent": _(
            "Changes made on this computer have not reached the hub yet. They go there first: choose "
            "“Sync now”, then settle."
        ),
        "newer": _(
            "One version was written by a newer Intake. Both are kept. Install the newer version to settle "
            "them."
        ),
        "parts": _(
            "The versions cannot be compared part by part. Both are kept; ask whoever looks after Intake."
        ),
    }[conflict.blocked]
