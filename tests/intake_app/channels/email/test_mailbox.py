"""A shared mailbox on a real Dovecot: what staff would see of it, and what the server saw of us."""

import socketserver
import ssl
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from intake_app.channels.email.mailbox import (
    Account,
    AfterTaking,
    Headers,
    OpenMailbox,
    Place,
    SignIn,
    open_mailbox,
)
from intake_app.errors import MailboxFailed
from tests import dovecot
from tests.hub.certificates import self_signed_certificate
from tests.intake_app.channels.email.mail_office import WORDS, Office, needs_dovecot

pytestmark = needs_dovecot


def listed(box: OpenMailbox, after: Place | None = None) -> list[Headers]:
    return list(box.headers(after or Place()))


def test_headers_come_first_and_the_message_when_it_is_opened(office: Office) -> None:
    sent = [office.arrives(number) for number in (1, 2)]
    with office.opened() as box:
        first, second = listed(box)
        assert b"Subject: Number 1" in first.data
        assert WORDS.encode() not in first.data
        assert first.size == len(sent[0])
        assert box.message(second.place) == sent[1]
    assert b"Seen" not in office.flags()


def test_only_what_came_since_is_listed_again(office: Office) -> None:
    office.arrives(1)
    with office.opened() as box:
        [first] = listed(box)
        assert listed(box, first.place) == []
        office.arrives(2)
        [second] = listed(box, first.place)
    assert b"Number 2" in second.data


def test_nothing_older_than_asked_is_listed(office: Office) -> None:
    office.arrives(1, "04-Jan-2024")
    office.arrives(2, "04-Nov-2026")
    with office.opened() as box:
        [only] = box.headers(Place(), since=date(2026, 1, 1))
    assert b"Number 2" in only.data


def test_many_messages_come_in_several_requests_and_in_order(office: Office) -> None:
    for number in range(230):
        office.arrives(number, body="x")
    with office.opened() as box:
        found = listed(box)
    assert len(found) == 230
    assert found == sorted(found, key=lambda one: one.place.last)


def test_a_token_signs_in_as_microsoft_365_requires(office: Office) -> None:
    office.arrives(1)
    account = replace(office.account, sign_in=SignIn.XOAUTH2)
    with office.opened(office.server.token(int(time.time()) + 600), account) as box:
        assert len(listed(box)) == 1


@pytest.mark.parametrize("sign_in", list(SignIn))
def test_a_wrong_password_or_an_expired_token_is_told(office: Office, sign_in: SignIn) -> None:
    secret = "wrong" if sign_in is SignIn.PASSWORD else office.server.token(1_000_000)
    with (
        pytest.raises(MailboxFailed) as raised,
        office.opened(secret, replace(office.account, sign_in=sign_in)),
    ):
        pass
    assert raised.value.details["reason"] == "sign_in"
    assert secret not in str(raised.value)


def test_a_server_that_cannot_look_passwords_up_refused_nobody(tmp_path: Path) -> None:
    """Dovecot answers so where it is short of time, which cannot be had at will."""
    certificate = self_signed_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Busy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with context.wrap_socket(self.request, server_side=True) as line, line.makefile("rb") as asked:
                line.sendall(b"* OK Here\r\n")
                for one in asked:
                    tag, command = one.split()[:2]
                    if command == b"CAPABILITY":
                        line.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n" + tag + b" OK done\r\n")
                    elif command == b"AUTHENTICATE":
                        line.sendall(b"+ \r\n")
                        next(asked)
                        line.sendall(tag + b" NO [UNAVAILABLE] Temporary authentication failure.\r\n")
                    else:
                        line.sendall(tag + b" OK done\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Busy) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        account = Account("localhost", dovecot.USER, server.server_address[1])
        tls = ssl.create_default_context(cafile=str(certificate))
        with pytest.raises(MailboxFailed) as raised, open_mailbox(account, dovecot.PASSWORD, tls):
            pass
        thread.join()
    assert raised.value.details["reason"] == "timed_out"


def test_a_certificate_that_nobody_trusts_is_told_before_the_password_is_sent(office: Office) -> None:
    with pytest.raises(MailboxFailed) as raised, open_mailbox(office.account, dovecot.PASSWORD):
        pass
    assert raised.value.details["reason"] == "certificate"


def test_where_nothing_listens_it_is_offline(office: Office) -> None:
    with pytest.raises(MailboxFailed) as raised, office.opened(account=replace(office.account, port=1)):
        pass
    assert raised.value.details["reason"] == "offline"


def test_a_folder_that_is_not_there_is_named(office: Office) -> None:
    account = replace(office.account, folder="Feedback")
    with pytest.raises(MailboxFailed) as raised, office.opened(account=account):
        pass
    assert raised.value.details["reason"] == "folder"
    assert raised.value.details["folder"] == "Feedback"


def test_a_message_that_a_colleague_deleted_meanwhile_is_gone_and_the_rest_is_not(office: Office) -> None:
    office.arrives(1)
    kept = office.arrives(2)
    with office.opened() as box:
        first, second = listed(box)
        office.other.select("INBOX")
        office.other.store("1", "+FLAGS", "\\Deleted")
        office.other.expunge()
        with pytest.raises(MailboxFailed) as raised:
            box.message(first.place)
        assert raised.value.details["reason"] == "gone"
        assert box.message(second.place) == kept


def test_a_mailbox_made_anew_is_listed_from_its_beginning(office: Office) -> None:
    office.arrives(1)
    with office.opened() as box:
        [first] = listed(box)
        before = replace(first.place, validity=first.place.validity - 1, last=999)
        assert listed(box, before) == [first]
        with pytest.raises(MailboxFailed) as raised:
            box.message(before)
    assert raised.value.details["reason"] == "gone"


def test_what_was_taken_down_is_flagged_or_moved_only_where_the_office_wants_it(office: Office) -> None:
    office.other.create("Taken")
    for number in (1, 2, 3):
        office.arrives(number)
    flag = replace(office.account, after=AfterTaking.FLAG, done="Intake")
    move = replace(office.account, after=AfterTaking.MOVE, done="Taken")
    with office.opened() as box:
        first, second, third = listed(box)
        box.mark_taken(first.place)
    assert b"Intake" not in office.flags()
    with office.opened(account=flag) as box:
        box.mark_taken(second.place)
        assert len(listed(box)) == 3
    assert office.flags().count(b"Intake") == 1
    with office.opened(account=move) as box:
        box.mark_taken(third.place)
        assert [one.place for one in listed(box)] == [first.place, second.place]
    assert office.other.select("Taken", readonly=True)[1] == [b"1"]


def test_a_folder_for_what_is_done_that_is_not_there_is_named(office: Office) -> None:
    office.arrives(1)
    with office.opened(account=replace(office.account, after=AfterTaking.MOVE, done="Nowhere")) as box:
        [only] = listed(box)
        with pytest.raises(MailboxFailed) as raised:
            box.mark_taken(only.place)
        assert (raised.value.details["reason"], raised.value.details["folder"]) == ("folder", "Nowhere")
        assert listed(box) == [only]


def test_the_server_stopping_in_the_middle_is_offline(tmp_path: Path) -> None:
    certificate = self_signed_certificate(tmp_path)
    tls = ssl.create_default_context(cafile=str(certificate))
    with dovecot.dovecot_server(certificate) as server:
        account = Account(server.host, dovecot.USER, server.port)
        stack = open_mailbox(account, dovecot.PASSWORD, tls)
        box = stack.__enter__()
    with pytest.raises(MailboxFailed) as raised:
        listed(box)
    assert raised.value.details["reason"] == "offline"
    stack.__exit__(None, None, None)
