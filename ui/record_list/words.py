"""What a row of the record list says: channel, state and where the record is now, in words."""

from dataclasses import replace

from intake_app import formats
from intake_app.forms.library import Library
from intake_app.i18n import _, language, ngettext
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.store.summaries import RecordSummary, Whereabouts
from intake_app.text import ltr
from ui.interpreter.words import row_words


def channel_words(library: Library, code: str) -> str:
    """The channel's label; the code itself where the list no longer has it; empty when not said."""
    return library.code_label("channels", code, language()) if code else ""


def state_words(row: RecordSummary, library: Library) -> str:
    """The state, danger first; whether it is an enquiry or no feedback; links and communication needs.

    A record without a mark says nothing of danger: absence is not safety.
    """
    states = {
        "draft": _("Not finished"),
        "parked": _("Parked"),
        "finished": _("Finished"),
        "withdrawn": _("Withdrawn"),
    }
    words = states.get(row.state, row.state)
    if ENQUIRY in row.kinds:
        both = FEEDBACK in row.kinds
        kind = _("{state}, feedback and enquiry") if both else _("{state}, enquiry")
        words = kind.format(state=words)
    elif not row.items:
        words = _("{state}, not feedback").format(state=words)
    if row.links:
        linked = ngettext("{state}. {count} linked record", "{state}. {count} linked records", row.links)
        words = linked.format(state=words, count=row.links)
    if row.needs:
        words = _("{state}. Needs: {needs}").format(state=words, needs=row_words(row.needs, library))
    return _("Danger, open. {state}").format(state=words) if row.danger else words


def where_words(where: Whereabouts) -> str:
    """Where it is now: on this computer, waiting, or received by the hub with its receipt.

    The receipt is for the record; files that still have to go are told beside it.
    """
    if where.state == "received" and where.files:
        left = ngettext(
            "{received}; {count} attachment still to send",
            "{received}; {count} attachments still to send",
            where.files,
        )
        return left.format(received=where_words(replace(where, files=0)), count=where.files)
    if where.state == "received" and where.at is not None and not where.receipt:
        # Written on another computer: the receipt is that one's.
        return _("Received by the hub {time}").format(time=formats.short_moment(where.at))
    if where.state == "received" and where.at is not None:
        return _("Received by the hub {time}, receipt {receipt}").format(
            time=formats.short_moment(where.at), receipt=ltr(where.receipt)
        )
    if where.state == "waiting":
        return _("On this computer, encrypted. Waiting for the hub")
    if where.state == "conflict":
        return _("Two versions at the hub: one must be chosen")
    if where.state == "quarantined":
        return _("Refused by the hub: needs mending. Safe on this computer")
    if where.backed_up is not None:
        return _("On this computer, encrypted, backed up {time}").format(
            time=formats.short_moment(where.backed_up)
        )
    return _("On this computer, encrypted, not backed up yet")
