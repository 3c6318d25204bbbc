"""The way out: the operating system's trust store and proxy settings, because NHS networks inspect TLS."""

import ipaddress
import platform
import ssl
from dataclasses import dataclass
from typing import Protocol

import httpx2
import truststore

from intake_app.errors import HubNotTrusted

_PAC_SECONDS = 2


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """In seconds. ``answer`` bounds the wait for each piece, ``whole`` one request from start to end."""

    connect: float = 10.0
    answer: float = 30.0
    whole: float = 120.0


def open_web(hub_url: str, time_outs: TimeOuts | None = None) -> httpx2.Client:
    """A client for requests to this hub alone; the caller closes it.

    It follows no redirect: a token must not travel on to wherever a network sends us.
    Raises HubNotTrusted without TLS, except to this computer itself.
    """
    trusted(hub_url)
    limits = time_outs or TimeOuts()
    return httpx2.Client(
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        timeout=httpx2.Timeout(limits.answer, connect=limits.connect),
        proxy=_automatic_proxy(hub_url),
        # Proxies named in the environment or in the system's settings; never to this computer itself.
        trust_env=not _is_loopback(hub_url),
        follow_redirects=False,
    )


def trusted(hub_url: str) -> str:
    """The address, without a slash at its end. Raises HubNotTrusted when it is neither TLS nor loopback."""
    address = hub_url.strip().rstrip("/")
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise HubNotTrusted(url=address) from error
    # A name or password inside the address would be sent, shown and logged.
    if not url.host or url.userinfo or url.query or url.fragment:
        raise HubNotTrusted(url=url.host)
    if url.scheme == "https" or (url.scheme == "http" and _is_loopback(address)):
        return address
    raise HubNotTrusted(url=address)


def _is_loopback(address: str) -> bool:
    host = httpx2.URL(address).host
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class AutomaticConfiguration(Protocol):
    """A PAC file, as pypac reads it."""

    def find_proxy_for_url(self, url: str, host: str) -> str: ...


def proxy_named(pac: AutomaticConfiguration, hub_url: str) -> str | None:
    """The first way that the PAC file gives and we can go; None for a direct one.

    A broken file counts as none: the direct way then succeeds or says Offline.
    """
    # Imported here: pypac brings a JavaScript engine that most rounds never need.
    from dukpy import JSRuntimeError
    from pypac.parser import parse_pac_value

    try:
        answer = pac.find_proxy_for_url(hub_url, httpx2.URL(hub_url).host)
    except JSRuntimeError:
        return None
    for way in answer.split(";"):
        if way.split()[:1] in (["DIRECT"], []):
            return None
        if way.split()[0] in ("PROXY", "HTTP", "HTTPS"):
            return str(parse_pac_value(way)[0])
    return None


def _automatic_proxy(hub_url: str) -> str | None:
    """Only Windows and macOS keep the address of a PAC file among their settings."""
    if platform.system() not in ("Windows", "Darwin") or _is_loopback(hub_url):
        return None
    import pypac
    from pypac.parser import MalformedPacError

    try:
        pac = pypac.get_pac(from_dns=False, timeout=_PAC_SECONDS)
    except MalformedPacError:
        return None
    return None if pac is None else proxy_named(pac, hub_url)
