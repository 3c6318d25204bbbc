"""One visit to the shared mailbox: what is new comes into the inbox, what was taken down is told there."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

import httpx2

from intake_app.channels.email.device_sign_in import Code, Pause, ask_code, renewed, wait_for_sign_in
from intake_app.channels.email.mailbox import (
    LARGEST_MESSAGE_BYTES,
    MICROSOFT,
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
    """An empty secret leaves the one that is kept, unless it opened another way in. Another mailbox is listed
    from its beginning."""
    values = inbox.account() or {}
    before = account_of(values)
    same = before is not None and _where(before) == _where(account)
    if not secret and before is not None and _way_in(before) == _way_in(account):
        secret = str(values[_SECRET])
    inbox.keep_account(asdict(account) | {_SECRET: secret, LISTED: values.get(LISTED, "") if same else ""})


def is_signed_in(inbox: Inbox) -> bool:
    """Whether something is kept that should open the mailbox."""
    return bool((inbox.account() or {}).get(_SECRET))


def sign_in(inbox: Inbox, web: httpx2.Client, show: Callable[[Code], object], pause: Pause) -> None:
    """By a code that ``show`` shows. What came of it is kept. Raises as ``device_sign_in`` does."""
    values = inbox.account()
    account = account_of(values)
    if account is None or values is None:
        raise MailboxFailed(reason="no_account", host="")
    code = ask_code(account, web)
    show(code)
    inbox.keep_account(values | {_SECRET: wait_for_sign_in(account, web, code, pause).refresh})


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
        # Accounts kept before there was a sign-in by code have neither.
        application=str(values.get("application", "")),
        authority=str(values.get("authority", MICROSOFT)),
        whole=bool(values.get("whole", True)),
    )


def visit(
    inbox: Inbox,
    now: Instant,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
    tls: ssl.SSLContext | None = None,
    web: Callable[[str], httpx2.Client] = lambda _address: httpx2.Client(),
) -> Visit:
    """Stopped or cut off at any moment, the next visit goes on where this one was. ``web`` opens the way to
    the provider where it has to be asked for a new token.

    Raises MailboxFailed (``reason`` no_account where none is kept), Cancelled, StoreError.
    """
    values = inbox.account()
    account = account_of(values)
    if account is None or values is None:
        raise MailboxFailed(reason="no_account", host="")
    done = Visit()
    with open_mailbox(account, _key(inbox, account, values, web), tls) as box:
        after = _place(str(values[LISTED]))
        since = None if after.validity else now.civil - timedelta(days=FIRST_DAYS)
        for headers in box.headers(after, since):
            if cancelled():
                raise StoppedByPerson
            done = _fetch(inbox, box, headers, done) if account.whole else _list(inbox, headers, done)
            inbox.note_listed(_text(headers.place))
            progress(done.added + done.too_large, 0)
        return replace(done, told=_tell(inbox, box))


def _key(
    inbox: Inbox, account: Account, values: Mapping[str, Any], web: Callable[[str], httpx2.Client]
) -> str:
    secret = str(values[_SECRET])
    if account.sign_in is not SignIn.DEVICE:
        return secret
    while secret:
        try:
            with web(account.authority) as asked:
                tokens = renewed(account, secret, asked)
        except MailboxFailed as error:
            if error.details["reason"] != "signed_out":
                raise
            now = account_of(inbox.account())
            if now is None or _way_in(now) != _way_in(account):
                # What opens another mailbox is never sent to this one's provider.
                break
            # One process fetches an email while another visits: it may have used the same one meanwhile.
            secret = inbox.replace_in_account(_SECRET, secret, "")
        else:
            # Providers may hand out each refresh token for one use only.
            if not inbox.replace_in_account(_SECRET, secret, tokens.refresh):
                # The other one was told so before this one could keep the new one.
                inbox.replace_in_account(_SECRET, "", tokens.refresh)
            return tokens.access
    raise MailboxFailed(reason="signed_out", host=account.host)


def fetch_one(
    inbox: Inbox,
    message: str,
    tls: ssl.SSLContext | None = None,
    web: Callable[[str], httpx2.Client] = lambda _address: httpx2.Client(),
) -> None:
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
    with open_mailbox(account, _key(inbox, account, values, web), tls) as box:
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


def _where(account: Account) -> tuple[str, str, str]:
    return account.host, account.user, account.folder


def _way_in(account: Account) -> tuple[object, ...]:
    by_code = (
        (account.user, account.application, account.authority) if account.sign_in is SignIn.DEVICE else ()
    )
    return account.sign_in is SignIn.DEVICE, *by_code


def _place(text: str) -> Place:
    validity, _slash, last = text.partition("/")
    return Place(int(validity), int(last)) if last else Place()


def _text(place: Place) -> str:
    return f"{place.validity}/{place.last}"
