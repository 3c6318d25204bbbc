"""A visit to a real shared mailbox: what is new comes once, from where the last visit ended."""

from dataclasses import replace

import pytest

from intake_app import taking_down
from intake_app.channels.email.fetching import account_of, fetch_one, keep_account, visit
from intake_app.channels.email.files import Found
from intake_app.channels.email.kept import of_text
from intake_app.channels.email.mailbox import AfterTaking
from intake_app.channels.email.taking_in import take_in
from intake_app.errors import Cancelled, MailboxFailed
from intake_app.forms.library import Library
from intake_app.store.inbox import MessageState
from intake_app.store.store import Store
from intake_app.times import IdMaker, Instant, system_clock
from tests import dovecot
from tests.intake_app.channels.email.mail_office import WORDS, Office, needs_dovecot

pytestmark = needs_dovecot
NOW = Instant.parse("2026-11-20T10:00:00.000Z")


def taken_down(store: Store, subject: str) -> None:
    ids = IdMaker(system_clock)
    draft = taking_down.new_draft(Library.shipped(), ids, system_clock(), store.device)
    store.drafts.keep(draft)
    (row,) = (one for one in store.inbox.rows() if one.subject == subject)
    store.inbox.take_down(row.id, draft.id)


def test_what_is_new_comes_once_and_nothing_is_marked(office: Office, store: Store) -> None:
    office.arrives(1)
    office.arrives(2)
    keep_account(store.inbox, office.account, dovecot.PASSWORD)
    first = visit(store.inbox, NOW, tls=office.tls)
    assert (first.added, first.told) == (2, 0)
    assert {row.subject for row in store.inbox.rows(MessageState.WAITING)} == {"Number 1", "Number 2"}
    assert WORDS.encode() in store.inbox.source(store.inbox.rows()[0].id)
    office.arrives(3)
    assert visit(store.inbox, NOW, tls=office.tls).added == 1
    assert visit(store.inbox, NOW, tls=office.tls).added == 0
    assert b"Seen" not in office.flags()


def test_the_first_visit_brings_in_the_last_month_and_no_years(office: Office, store: Store) -> None:
    office.arrives(1, "04-Jan-2024")
    office.arrives(2, "04-Nov-2026")
    keep_account(store.inbox, office.account, dovecot.PASSWORD)
    visit(store.inbox, NOW, tls=office.tls)
    assert [row.subject for row in store.inbox.rows()] == ["Number 2"]


def test_stopped_in_the_middle_the_next_visit_goes_on(office: Office, store: Store) -> None:
    for number in range(4):
        office.arrives(number)
    keep_account(store.inbox, office.account, dovecot.PASSWORD)
    looks = iter([False, False, True])
    with pytest.raises(Cancelled):
        visit(store.inbox, NOW, cancelled=lambda: next(looks), tls=office.tls)
    assert store.inbox.waiting() == 2
    assert visit(store.inbox, NOW, tls=office.tls).added == 2


def test_what_was_taken_down_is_told_to_the_mailbox_where_the_office_wants_it(
    office: Office, store: Store
) -> None:
    office.other.create("Taken")
    for number in (1, 2):
        office.arrives(number)
    keep_account(store.inbox, replace(office.account, after=AfterTaking.MOVE, done="Taken"), dovecot.PASSWORD)
    visit(store.inbox, NOW, tls=office.tls)
    taken_down(store, "Number 1")
    assert visit(store.inbox, NOW, tls=office.tls).told == 1
    assert office.other.select("Taken", readonly=True)[1] == [b"1"]
    assert visit(store.inbox, NOW, tls=office.tls).told == 0


def test_a_message_that_somebody_moved_meanwhile_holds_nothing_up(office: Office, store: Store) -> None:
    office.arrives(1)
    keep_account(
        store.inbox, replace(office.account, after=AfterTaking.FLAG, done="Intake"), dovecot.PASSWORD
    )
    visit(store.inbox, NOW, tls=office.tls)
    taken_down(store, "Number 1")
    office.other.select("INBOX")
    office.other.store("1", "+FLAGS", "\\Deleted")
    office.other.expunge()
    assert visit(store.inbox, NOW, tls=office.tls).told == 1


def test_the_account_is_kept_and_an_empty_password_leaves_the_one_before(
    office: Office, store: Store
) -> None:
    assert account_of(store.inbox.account()) is None
    with pytest.raises(MailboxFailed) as raised:
        visit(store.inbox, NOW)
    assert raised.value.details["reason"] == "no_account"
    keep_account(store.inbox, office.account, dovecot.PASSWORD)
    keep_account(store.inbox, replace(office.account, after=AfterTaking.FLAG, done="Intake"), "")
    account = account_of(store.inbox.account())
    assert account is not None
    assert account.done == "Intake"
    assert visit(store.inbox, NOW, tls=office.tls).added == 0


def test_another_folder_is_listed_from_its_beginning(office: Office, store: Store) -> None:
    office.other.create("Taken")
    office.arrives(1)
    keep_account(store.inbox, office.account, dovecot.PASSWORD)
    visit(store.inbox, NOW, tls=office.tls)
    office.other.select("INBOX")
    office.other.copy("1", "Taken")
    keep_account(store.inbox, replace(office.account, folder="Taken"), "")
    again = visit(store.inbox, NOW, tls=office.tls)
    assert again.added == 0, "the same message is known by its content"


def test_only_headers_come_until_a_message_is_opened_and_then_it_stays_here(
    office: Office, store: Store
) -> None:
    raw = office.arrives(1)
    keep_account(store.inbox, replace(office.account, whole=False), dovecot.PASSWORD)
    assert visit(store.inbox, NOW, tls=office.tls).added == 1
    (row,) = store.inbox.rows()
    assert (row.subject, row.is_here) == ("Number 1", False)
    assert WORDS not in store.inbox.reading(row.id)
    assert store.inbox.source(row.id) == b""
    fetch_one(store.inbox, row.id, office.tls)
    assert of_text(store.inbox.reading(row.id)).words.strip() == WORDS
    assert store.inbox.source(row.id) == raw
    (row,) = store.inbox.rows()
    assert row.is_here
    assert b"Seen" not in office.flags()
    office.other.store("1", "+FLAGS", "\\Deleted")
    office.other.expunge()
    fetch_one(store.inbox, row.id, office.tls)
    assert visit(store.inbox, NOW, tls=office.tls).added == 0


def test_a_message_that_is_gone_before_it_was_opened_is_told_and_its_headers_stay(
    office: Office, store: Store
) -> None:
    office.arrives(1)
    keep_account(store.inbox, replace(office.account, whole=False), dovecot.PASSWORD)
    visit(store.inbox, NOW, tls=office.tls)
    office.other.select("INBOX")
    office.other.store("1", "+FLAGS", "\\Deleted")
    office.other.expunge()
    (row,) = store.inbox.rows()
    with pytest.raises(MailboxFailed) as failed:
        fetch_one(store.inbox, row.id, office.tls)
    assert failed.value.details["reason"] == "gone"
    assert store.inbox.rows() == (row,)


def test_headers_of_a_message_that_came_as_a_file_are_not_listed_again(office: Office, store: Store) -> None:
    raw = office.arrives(1)
    take_in(store.inbox, [Found(store.folder, raw)])
    keep_account(store.inbox, replace(office.account, whole=False), dovecot.PASSWORD)
    assert visit(store.inbox, NOW, tls=office.tls).added == 0
    assert store.inbox.count() == 1


def test_the_same_bytes_from_a_file_meanwhile_do_not_stop_it(office: Office, store: Store) -> None:
    raw = office.arrives(1)
    keep_account(store.inbox, replace(office.account, whole=False), dovecot.PASSWORD)
    visit(store.inbox, NOW, tls=office.tls)
    (row,) = store.inbox.rows()
    take_in(store.inbox, [Found(store.folder, raw)])
    fetch_one(store.inbox, row.id, office.tls)
    assert store.inbox.source(row.id) == raw


def test_an_account_from_before_fetches_all_of_it(store: Store) -> None:
    values = {"host": "h", "user": "u", "port": 993, "sign_in": "password", "folder": "INBOX"}
    account = account_of(values | {"after": "nothing", "done": ""})
    assert account is not None
    assert account.whole


def gone(office: Office) -> None:
    """A colleague has deleted what there was."""
    office.other.select("INBOX")
    office.other.store("1:*", "+FLAGS", "\\Deleted")
    office.other.expunge()
