"""Signing in to a mailbox by a code that is typed on its provider's page (OAuth 2.0, RFC 8628)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from intake_app.channels.email.mailbox import Account
from intake_app.errors import MailboxFailed

_SCOPE = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
_EVERY_SECONDS = 5
"""RFC 8628 3.5: where the provider does not say how often, and by how much it wants us slower."""
_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_MOST_TOLD = 60

Pause = Callable[[float], object]
"""Waits for so many seconds, or raises Cancelled."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a person types, and where; ``secret`` asks whether they have. Times are in seconds."""

    words: str
    page: str
    lasts: float
    every: float
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """``access`` opens the mailbox for about an hour, ``refresh`` fetches the next one."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


def ask_code(account: Account, web: httpx2.Client) -> Code:
    """Begins a sign-in. Raises MailboxFailed with ``reason`` application, offline, timed_out or answer."""
    found = _post(account, web, "devicecode", {"client_id": account.application, "scope": _SCOPE})
    if "error" in found:
        raise _refused(account, found)
    page = found.get("verification_uri") or found.get("verification_url")
    code = Code(
        words=_text(account, found, "user_code"),
        page=str(page or ""),
        lasts=_seconds(found.get("expires_in"), 900),
        every=_seconds(found.get("interval"), _EVERY_SECONDS),
        secret=_text(account, found, "device_code"),
    )
    if not code.page.startswith("https://") and not account.authority.startswith("http://"):
        raise _failed(account, "answer")
    return code


def wait_for_sign_in(account: Account, web: httpx2.Client, code: Code, pause: Pause) -> Tokens:
    """Until the person has typed the code, and declined or agreed.

    Raises MailboxFailed with ``reason`` declined, late, application, timed_out or answer, and what ``pause``
    raises. A line that breaks meanwhile is tried again until the code has expired.
    """
    waited, every = 0.0, code.every
    while waited < code.lasts:
        pause(every)
        waited += every
        asked = {"grant_type": _CODE_GRANT, "client_id": account.application, "device_code": code.secret}
        try:
            found = _post(account, web, "token", asked)
        except MailboxFailed as error:
            if error.details["reason"] not in ("offline", "timed_out"):
                raise
            continue
        match found.get("error"):
            case None:
                return _tokens(account, found, "")
            case "authorization_pending":
                pass
            case "slow_down":
                every += _EVERY_SECONDS
            case "expired_token":
                break
            case _:
                raise _refused(account, found)
    raise _failed(account, "late")


def renewed(account: Account, refresh: str, web: httpx2.Client) -> Tokens:
    """An access token for this visit.

    Raises MailboxFailed with ``reason`` signed_out where the provider wants the person again, application,
    offline, timed_out, certificate or answer.
    """
    asked = {
        "grant_type": "refresh_token", "client_id": account.application, "refresh_token": refresh,
        "scope": _SCOPE,
    }  # fmt: skip
    found = _post(account, web, "token", asked)
    if found.get("error") in ("invalid_grant", "interaction_required"):
        raise _failed(account, "signed_out")
    if "error" in found:
        raise _refused(account, found)
    return _tokens(account, found, refresh)


def _post(account: Account, web: httpx2.Client, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer = web.post(f"{account.authority}/{path}", data=dict(asked))
        found = json.loads(answer.content)
    except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        raise _failed(account, "offline") from error
    except httpx2.TimeoutException as error:
        raise _failed(account, "timed_out") from error
    except httpx2.TransportError as error:
        # OpenSSL's, truststore's and the system's complaints about a certificate all name it.
        raise _failed(
            account, "certificate" if "certificate" in str(error).casefold() else "offline"
        ) from error
    except (ValueError, httpx2.HTTPError) as error:
        raise _failed(account, "answer") from error
    if not isinstance(found, dict) or ("error" not in found and answer.status_code != 200):
        raise _failed(account, "answer")
    return found


def _tokens(account: Account, found: Mapping[str, Any], before: str) -> Tokens:
    """A provider that sends no new refresh token goes on with the one from before."""
    refresh = str(found.get("refresh_token") or before)
    if not refresh:
        raise _failed(account, "answer")
    return Tokens(_text(account, found, "access_token"), refresh)


def _text(account: Account, found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise _failed(account, "answer")
    return value


def _seconds(value: Any, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else otherwise


def _refused(account: Account, found: Mapping[str, Any]) -> MailboxFailed:
    error = str(found["error"])
    if error in ("authorization_declined", "access_denied"):
        return _failed(account, "declined")
    # Only the code: a provider's own sentence may name the person.
    return _failed(account, "application", code=error[:_MOST_TOLD])


def _failed(account: Account, reason: str, **details: str) -> MailboxFailed:
    host = httpx2.URL(account.authority).host
    return MailboxFailed(reason=reason, host=host, **details)
