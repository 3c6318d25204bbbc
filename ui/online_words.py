"""What a record says of the response on a web form that it was made of."""

from collections.abc import Callable
from typing import Any

from intake_app.i18n import _
from intake_app.online import KeptAnswer, OnlineResponse
from intake_app.text import fsi, numbers_kept

_REASONS: dict[str, Callable[[], str]] = {
    "choice": lambda: _("none of the choices"),
    "number": lambda: _("no number"),
    "date": lambda: _("no date that could be read"),
    "future": lambda: _("a date that has not come yet"),
    "service": lambda: _("no service in the list has this code"),
}


def facts(online: OnlineResponse | None) -> list[str]:
    """Which form and response it was, and whose form; a line each."""
    if online is None:
        return []
    found = [_("Web form: {form}").format(form=fsi(online.form))]
    if online.partner:
        found.append(_("Partner organisation: {partner}").format(partner=fsi(online.partner)))
    if online.response:
        found.append(_("Response {response}").format(response=fsi(online.response)))
    return found


def kept(online: OnlineResponse | None) -> list[str]:
    """What no question here holds, a line for each title; what could not be read comes first."""
    if online is None:
        return []
    first = sorted(online.kept, key=lambda one: not one.reason)
    return [_line(one) for one in first]


def told(value: Any) -> str:
    """One version's response as a whole, to be read out."""
    try:
        online = OnlineResponse.model_validate(value)
    except ValueError:
        return ""
    return "\n".join([*facts(online), *kept(online)])


def _line(one: KeptAnswer) -> str:
    title = fsi(one.title.rstrip(":"))
    reason = _REASONS[one.reason]() if one.reason in _REASONS else _("it could not be read")
    if one.reason and not one.text:
        return _("To check, {title}: {reason}").format(title=title, reason=reason)
    text = numbers_kept(one.text)
    if one.reason:
        return _("To check, {title}: “{text}” ({reason})").format(title=title, text=text, reason=reason)
    return _("{title}: {text}").format(title=title, text=text)
