"""One visit to the shared mailbox: what is new comes into the inbox, what was taken down is told there."""

import ssl
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from intake_app.channels.email.mailbox import (
    LARGEST_MESSAGE_BYTES,
    Account,
    AfterTaking,
    Headers,
    OpenMailbox,
    Place,
    SignIn,
    open_mailbox,
)
from intake_app.channels.email.message import read
from intake_app.channels.email.taking_in import arrival
from intake_app.errors import Cancelled as StoppedByPerson
from intake_app.errors import MailboxFailed
from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.store.inbox import LISTED, Inbox
from intake_app.times import Instant

FIRST_DAYS = 30
"""How far back the first visit looks: a mailbox of years is not brought in by one key."""
_SECRET = "secret"


@dataclass(frozen=True, slots=True)
class Visit:
    """How many messages were new, were set aside (among the new), are too large, and how many were told."""

    added: int = 0
    aside: int = 0
    too_large: int = 0
    told: int = 0


def keep_account(inbox: Inbox, account: Account, secret: str) -> None:
    """An empty secret leaves the one that is kept. Another mailbox is listed from its beginning."""
    before = inbox.account() or {}
    same = account_of(before) is not None and _where(account_of(before)) == _where(account)
    inbox.keep_account(
        asdict(account)
        | {_SECRET: secret or before.get(_SECRET, ""), LISTED: before.get(LISTED, "") if same else ""}
    )


def account_of(values: Mapping[str, Any] | None) -> Account | None:
    """None where no mailbox is kept."""
    if not values:
        return None
    return Account(
        host=str(values["host"]),
        user=str(values["user"]),
        port=int(values["port"]),
        sign_in=SignIn(values["sign_in"]),
        folder=str(values["folder"]),
        after=AfterTaking(values["after"]),
        done=str(values["done"]),
        whole=bool(values.get("whole", True)),
    )


def visit(
    inbox: Inbox,
    now: Instant,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
    tls: ssl.SSLContext | None = None,
) -> Visit:
    """Stopped or cut off at any moment, the next visit goes on where this one was.

    Raises MailboxFailed (``reason`` no_account where none is kept), Cancelled, StoreError.
    """
    values = inbox.account()
    account = account_of(values)
    if account is None or values is None:
        raise MailboxFailed(reason="no_account", host="")
    done = Visit()
    with open_mailbox(account, str(values[_SECRET]), tls) as box:
        after = _place(str(values[LISTED]))
        since = None if after.validity else now.civil - timedelta(days=FIRST_DAYS)
        for headers in box.headers(after, since):
            if cancelled():
                raise StoppedByPerson
            done = _fetch(inbox, box, headers, done) if account.whole else _list(inbox, headers, done)
            inbox.note_listed(_text(headers.place))
            progress(done.added + done.too_large, 0)
        return replace(done, told=_tell(inbox, box))


def fetch_one(inbox: Inbox, message: str, tls: ssl.SSLContext | None = None) -> None:
    """The rest of a message of which only the headers are here; nothing where all of it is.

    Raises MailboxFailed (``reason`` gone where the mailbox no longer has it), MessageMissing, StoreError.
    """
    place = inbox.left_in_mailbox(message)
    if not place:
        return
    values = inbox.account()
    account = account_of(values)
    if account is None or values is None:
        raise MailboxFailed(reason="no_account", host="")
    with open_mailbox(account, str(values[_SECRET]), tls) as box:
        raw = box.message(_place(place))
    inbox.complete(message, arrival(read(raw), place), raw)


def _list(inbox: Inbox, headers: Headers, done: Visit) -> Visit:
    """Who, when, what and why not: all that its headers say."""
    if headers.size > LARGEST_MESSAGE_BYTES:
        return replace(done, too_large=done.too_large + 1)
    place, message = _text(headers.place), read(headers.data)
    if not inbox.list_only(arrival(message, place)):
        return done
    return replace(done, added=done.added + 1, aside=done.aside + bool(message.aside))


def _fetch(inbox: Inbox, box: OpenMailbox, headers: Headers, done: Visit) -> Visit:
    if headers.size > LARGEST_MESSAGE_BYTES:
        return replace(done, too_large=done.too_large + 1)
    try:
        raw = box.message(headers.place)
    except MailboxFailed as error:
        if error.details["reason"] == "gone":  # between the list and the message
            return done
        raise
    message = read(raw)
    new = inbox.add([(arrival(message, _text(headers.place)), raw)])
    if not new:
        return done
    return replace(done, added=done.added + 1, aside=done.aside + bool(message.aside))


def _tell(inbox: Inbox, box: OpenMailbox) -> int:
    told = 0
    for message, place in inbox.to_tell():
        try:
            box.mark_taken(_place(place))
        except MailboxFailed as error:
            if error.details["reason"] != "gone":
                raise
        inbox.note_told(message)
        told += 1
    return told


def _where(account: Account | None) -> tuple[str, str, str] | None:
    return None if account is None else (account.host, account.user, account.folder)


def _place(text: str) -> Place:
    validity, _slash, last = text.partition("/")
    return Place(int(validity), int(last)) if last else Place()


def _text(place: Place) -> str:
    return f"{place.validity}/{place.last}"
