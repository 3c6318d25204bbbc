"""What the screens say of an email."""

from collections.abc import Callable, Collection
from dataclasses import replace

from intake_app import formats
from intake_app.attachments import safe_name
from intake_app.channels.email.message import Aside, Message, Note, Part
from intake_app.i18n import _, ngettext
from intake_app.store.inbox import InboxRow, MessageState
from intake_app.text import fsi

_ASIDE: dict[str, Callable[[], str]] = {
    Aside.BOUNCE: lambda: _("could not be delivered"),
    Aside.RECEIPT: lambda: _("a receipt"),
    Aside.AUTO_REPLY: lambda: _("an automatic reply"),
    Aside.BULK: lambda: _("sent to many"),
}
_NOTES: dict[Note, Callable[[], str]] = {
    Note.NO_DATE: lambda: _("It has no date, or one that cannot be."),
    Note.NO_SENDER: lambda: _("It does not say who sent it."),
    Note.LETTERS_GUESSED: lambda: _("Some letters may be wrong: it does not say how it is written."),
    Note.CUT: lambda: _("It is longer than can be shown. The whole of it is kept."),
    Note.BROKEN: lambda: _("It is broken, so it is shown as it came."),
    Note.NO_WORDS: lambda: _("It has no words of its own."),
}

_OF_WORDS = (Note.NO_WORDS, Note.LETTERS_GUESSED, Note.BROKEN)


def count_words(shown: int, count: int) -> str:
    """How many are listed; where there are more, that these are the newest."""
    if not count:
        return _("No email")
    if shown < count:
        words = _("The newest {shown} of {count} emails")
        return words.format(shown=formats.number(shown), count=formats.number(count))
    return ngettext("{count} email", "{count} emails", count).format(count=formats.number(count))


def new_words(count: int) -> str:
    return ngettext("{count} new email", "{count} new emails", count).format(count=formats.number(count))


def sender_words(name: str, address: str) -> str:
    if name and address and name != address:
        return f"{fsi(name)} {fsi(address)}"
    return fsi(name or address) if name or address else _("sender not said")


def row_words(row: InboxRow) -> str:
    """One row of the list: who, what, when, and what became of it."""
    words = _("{sender}: {subject}, {moment}").format(
        sender=fsi(row.name or row.address) if row.name or row.address else _("sender not said"),
        subject=fsi(row.subject) if row.subject else _("no subject"),
        moment=formats.short_moment(row.sent),
    )
    state = state_words(row)
    return _("{email}; {state}").format(email=words, state=state) if state else words


def state_words(row: InboxRow) -> str:
    if row.state is MessageState.ASIDE:
        why = _ASIDE.get(row.reason)
        return _("set aside: {why}").format(why=why()) if why else _("set aside")
    return _("taken down") if row.state is MessageState.TAKEN else ""


def about_words(message: Message) -> list[str]:
    """A line each: who, what, when, and what could not be read as it was meant."""
    lines = [
        _("From: {sender}").format(sender=sender_words(message.name, message.address)),
        _("Subject: {subject}").format(subject=fsi(message.subject)),
    ]
    if message.sent is not None:
        lines.append(_("Sent: {moment}").format(moment=formats.long_moment(message.sent)))
    return lines + [_NOTES[note]() for note in message.notes]


def left_words(message: Message) -> str:
    """Of a message of which only the headers are here."""
    # What headers alone cannot have is nothing that the message lacks.
    lines = about_words(replace(message, notes=tuple(one for one in message.notes if one not in _OF_WORDS)))
    return "\n".join((*lines, "", _("The rest is still in the mailbox. Enter in the list fetches it.")))


def part_words(part: Part, kept: Collection[str] = ()) -> str:
    """A file of the email in the record that was made of it; ``kept`` are the names of the record's files."""
    told = _("File: {name}, {size}").format(name=_part_name(part), size=formats.size(part.size))
    # A file without a name of its own was given a number.
    if not part.name or safe_name(part.name) in kept:
        return told
    return _("{file}; it is not among the record’s files").format(file=told)


def _part_name(part: Part) -> str:
    return fsi(part.name) if part.name else part.media_type


def message_words(message: Message, with_quoted: bool) -> str:
    """All that is shown of a message, as plain text: nothing in it can be followed or opened."""
    lines = about_words(message)
    for part in message.parts:
        told = _("Attached, not opened: {name}, {size}").format(
            name=_part_name(part), size=formats.size(part.size)
        )
        lines.append(told)
    lines += ["", message.words]
    if message.quoted and with_quoted:
        lines += ["", _("Quoted from earlier messages:"), message.quoted]
    return "\n".join(lines)
