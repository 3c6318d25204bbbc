"""Signing in by a code: with patience, and with a clear reason where it does not come about."""

from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest

from intake_app.channels.email.device_sign_in import ask_code, renewed, wait_for_sign_in
from intake_app.channels.email.fetching import account_of, is_signed_in, keep_account, sign_in, visit
from intake_app.channels.email.mailbox import Account, SignIn
from intake_app.errors import Cancelled, MailboxFailed
from intake_app.store.store import Store
from intake_app.times import Instant
from tests.intake_app.channels.email.mail_office import Office, needs_dovecot
from tests.intake_app.channels.email.provider import APPLICATION, Provider, provider

NOW = Instant.parse("2026-11-20T10:00:00.000Z")
FAR = 4_000_000_000


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def web() -> Iterator[httpx2.Client]:
    with httpx2.Client(trust_env=False) as client:
        yield client


def account(there: Provider) -> Account:
    return Account(
        "imap.example.org", "feedback@example.org", sign_in=SignIn.DEVICE,
        application=APPLICATION, authority=there.address,
    )  # fmt: skip


def reason(failed: pytest.ExceptionInfo[MailboxFailed]) -> str:
    return str(failed.value.details["reason"])


def test_the_person_is_waited_for_and_slower_where_the_provider_wants_it(
    there: Provider, web: httpx2.Client
) -> None:
    there.answers = ["authorization_pending", "slow_down", "authorization_pending"]
    code = ask_code(account(there), web)
    assert (code.words, code.page) == ("ABCD1234", "https://provider.example/device")
    waits: list[float] = []
    tokens = wait_for_sign_in(account(there), web, code, waits.append)
    assert (tokens.access, tokens.refresh) == ("an access token", "refresh 1")
    assert waits == [5, 5, 10, 10]
    assert "secret" not in repr(code)
    assert "token" not in repr(tokens).replace("Tokens", "")


def test_a_line_that_breaks_meanwhile_does_not_end_the_sign_in(there: Provider, web: httpx2.Client) -> None:
    there.breaks = 2
    code = ask_code(account(there), web)
    assert wait_for_sign_in(account(there), web, code, lambda _seconds: None).refresh == "refresh 1"


@pytest.mark.parametrize(
    ("answer", "why"),
    [("authorization_declined", "declined"), ("expired_token", "late"), ("invalid_scope", "application")],
)
def test_why_it_did_not_come_about(answer: str, why: str, there: Provider, web: httpx2.Client) -> None:
    there.answers = [answer]
    code = ask_code(account(there), web)
    with pytest.raises(MailboxFailed) as failed:
        wait_for_sign_in(account(there), web, code, lambda _seconds: None)
    assert reason(failed) == why


def test_a_code_that_nobody_types_expires(there: Provider, web: httpx2.Client) -> None:
    there.answers = ["authorization_pending"] * 100
    code = ask_code(account(there), web)
    waits: list[float] = []
    with pytest.raises(MailboxFailed) as failed:
        wait_for_sign_in(account(there), web, code, waits.append)
    assert (reason(failed), sum(waits)) == ("late", 60)


def test_an_application_that_nobody_knows_is_named_by_its_code_alone(
    there: Provider, web: httpx2.Client
) -> None:
    with pytest.raises(MailboxFailed) as failed:
        ask_code(replace(account(there), application="other"), web)
    assert failed.value.details == {
        "reason": "application", "host": "127.0.0.1", "code": "unauthorized_client"
    }  # fmt: skip


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"user_code": 3}'])
def test_an_answer_that_is_none(answer: bytes, there: Provider, web: httpx2.Client) -> None:
    there.answer = lambda _path, _asked: (200, answer)  # type: ignore[method-assign]
    with pytest.raises(MailboxFailed) as failed:
        ask_code(account(there), web)
    assert reason(failed) == "answer"


def test_a_page_without_tls_is_not_shown(there: Provider) -> None:
    made = replace(account(there), authority="https://provider.example")
    there.page = "http://elsewhere.example"
    status, values = there.answer("/devicecode", {"client_id": APPLICATION})
    transport = httpx2.MockTransport(lambda _request: httpx2.Response(status, json=values))
    with httpx2.Client(transport=transport) as web, pytest.raises(MailboxFailed) as failed:
        ask_code(made, web)
    assert reason(failed) == "answer"


def test_nobody_answers(web: httpx2.Client) -> None:
    with provider() as gone:
        made = account(gone)
    with pytest.raises(MailboxFailed) as failed:
        ask_code(made, web)
    assert reason(failed) == "offline"


def test_a_sign_in_that_has_ended_is_told(there: Provider, web: httpx2.Client) -> None:
    with pytest.raises(MailboxFailed) as failed:
        renewed(account(there), "an old one", web)
    assert reason(failed) == "signed_out"


def test_stopping_keeps_nothing(there: Provider, web: httpx2.Client, store: Store) -> None:
    keep_account(store.inbox, account(there), "")

    def stop(_seconds: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sign_in(store.inbox, web, lambda _code: None, stop)
    assert not is_signed_in(store.inbox)


def test_another_way_in_forgets_what_opened_the_one_before(there: Provider, store: Store) -> None:
    keep_account(store.inbox, account(there), "refresh 1")
    keep_account(store.inbox, account(there), "")
    assert is_signed_in(store.inbox)
    keep_account(store.inbox, replace(account(there), user="other@example.org"), "")
    assert not is_signed_in(store.inbox)
    keep_account(store.inbox, account(there), "refresh 1")
    keep_account(store.inbox, replace(account(there), sign_in=SignIn.PASSWORD), "")
    assert not is_signed_in(store.inbox)


def test_an_account_kept_before_there_were_codes_opens(store: Store) -> None:
    keep_account(store.inbox, Account("imap.example.org", "feedback@example.org"), "password")
    values = store.inbox.account() or {}
    store.inbox.keep_account({k: v for k, v in values.items() if k not in ("application", "authority")})
    assert account_of(store.inbox.account()) == Account("imap.example.org", "feedback@example.org")


@needs_dovecot
def test_a_code_typed_once_opens_the_mailbox_at_every_visit(
    there: Provider, web: httpx2.Client, office: Office, store: Store
) -> None:
    there.token = lambda: office.server.token(FAR)
    made = replace(office.account, sign_in=SignIn.DEVICE, application=APPLICATION, authority=there.address)
    keep_account(store.inbox, made, "")
    with pytest.raises(MailboxFailed) as failed:
        visit(store.inbox, NOW, tls=office.tls)
    assert reason(failed) == "signed_out"
    shown: list[str] = []
    sign_in(store.inbox, web, lambda code: shown.append(code.words), lambda _seconds: None)
    assert shown == ["ABCD1234"]
    for number in (1, 2):
        office.arrives(number)
        assert visit(store.inbox, NOW, tls=office.tls).added == 1
    # Each refresh token was used once, and the newest one is kept.
    assert [one["refresh_token"] for one in there.asked if "refresh_token" in one] == [
        "refresh 1",
        "refresh 2",
    ]
    there.refresh = "refresh 99"
    with pytest.raises(MailboxFailed) as failed:
        visit(store.inbox, NOW, tls=office.tls)
    assert reason(failed) == "signed_out"
    assert not is_signed_in(store.inbox)


def test_what_opens_another_mailbox_is_not_sent_to_the_provider_of_the_one_before(
    there: Provider, store: Store
) -> None:
    """Somebody saves another mailbox while the token is asked for, and that is refused."""
    keep_account(store.inbox, account(there), "refresh 0")

    def meanwhile(_address: str) -> httpx2.Client:
        keep_account(store.inbox, Account("imap.example.org", "feedback@example.org"), "a password")
        return httpx2.Client()

    with pytest.raises(MailboxFailed) as failed:
        visit(store.inbox, NOW, web=meanwhile)
    assert reason(failed) == "signed_out"
    assert [one["refresh_token"] for one in there.asked] == ["refresh 0"]
    assert (store.inbox.account() or {})["secret"] == "a password"


@needs_dovecot
def test_of_two_processes_the_one_that_is_refused_first_does_not_sign_the_other_out(
    there: Provider, office: Office, store: Store
) -> None:
    made = replace(office.account, sign_in=SignIn.DEVICE, application=APPLICATION, authority=there.address)
    keep_account(store.inbox, made, there.refresh)
    refused: list[str] = []

    def token() -> str:
        if not refused:
            refused.append("asked")
            # The first token is used up, and its answer is not here yet.
            with pytest.raises(MailboxFailed) as failed:
                visit(store.inbox, NOW, tls=office.tls)
            refused.append(reason(failed))
        return office.server.token(FAR)

    there.token = token
    office.arrives(1)
    assert visit(store.inbox, NOW, tls=office.tls).added == 1
    assert refused == ["asked", "signed_out"]
    assert (store.inbox.account() or {})["secret"] == there.refresh == "refresh 2"


@needs_dovecot
def test_two_processes_that_renew_at_once_both_get_in_and_nobody_has_to_sign_in_again(
    there: Provider, office: Office, store: Store
) -> None:
    """An email is opened while the mailbox is visited; the provider takes each refresh token once."""
    there.token = lambda: office.server.token(FAR)
    made = replace(office.account, sign_in=SignIn.DEVICE, application=APPLICATION, authority=there.address)
    keep_account(store.inbox, made, there.refresh)
    for number in (1, 2):
        office.arrives(number)
    added: list[int] = []

    def meanwhile(_address: str) -> httpx2.Client:
        if not added:
            added.append(0)
            added.append(visit(store.inbox, NOW, tls=office.tls).added)
        return httpx2.Client()

    # It has listed nothing when it asks for its token; by then the other one has brought both.
    assert visit(store.inbox, NOW, tls=office.tls, web=meanwhile).added == 0
    assert added == [0, 2]
    assert is_signed_in(store.inbox)
    assert (store.inbox.account() or {})["secret"] == there.refresh == "refresh 3"
