"""What whoever wrote one of two versions is told once they were joined or settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app import formats
from intake_app.i18n import _, ngettext
from intake_app.text import fsi

if TYPE_CHECKING:
    from intake_app.store.notices import Notice


def notice_words(notice: Notice) -> str:
    """For whoever wrote one of the versions: both changes are in the record, and who decided."""
    others = formats.listing([somebody(one) for one in notice.writers]) or _("Somebody else")
    if notice.details and notice.decided:
        return _(
            "{name} settled what you and {others} wrote in the details that are kept apart from this record."
        ).format(name=somebody(notice.settled_by), others=others)
    if notice.details:
        return _(
            "You and {others} changed the details that are kept apart from this record at the same time. "
            "Nothing was in dispute: both changes are in them."
        ).format(others=others)
    if notice.decided:
        return _("{name} settled what you and {others} wrote in this record.").format(
            name=somebody(notice.settled_by), others=others
        )
    return _(
        "You and {others} changed this record at the same time. Nothing was in dispute: both changes are "
        "in it."
    ).format(others=others)


def told_words(count: int) -> str:
    """How many records somebody has yet to read because of what was joined."""
    return ngettext(
        "{count} record of yours was joined with somebody else's changes",
        "{count} records of yours were joined with somebody else's changes",
        count,
    ).format(count=count)


def somebody(name: str) -> str:
    """A name, or that it is not known here."""
    return fsi(name) or _("somebody else")
