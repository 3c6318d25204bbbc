"""Speaks HTTP with the hub and turns every way it can fail into one of our errors, once.

A token goes to the address it was given for and to no other: redirects are not followed.
"""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import httpx2

from intake_app.documents import Document
from intake_app.errors import (
    DeviceRevoked,
    DeviceTwice,
    EnrolmentRefused,
    HubAnswerUnreadable,
    HubNotTrusted,
    HubRefused,
    HubTimedOut,
    NotEnrolled,
    Offline,
    SignInRefused,
    SyncError,
)
from intake_app.sync.attachments_protocol import (
    CHUNK_HEADER,
    CHUNK_PATH,
    CHUNK_TYPE,
    FILE_PATH,
    FileAnswer,
    chunk_hash,
    file_of,
)
from intake_app.sync.fields import MessageUnreadable
from intake_app.sync.protocol import (
    ENROL_PATH,
    PULL_PATH,
    PUSH_PATH,
    SPLIT_PATH,
    TURN_HEADER,
    EnrolAnswer,
    EnrolRequest,
    PullAnswer,
    PushAnswer,
    SplitAnswer,
    Turn,
    enrol_answer_of,
    enrol_text,
    pull_answer_of,
    push_answer_of,
    push_text,
    refused_of,
    split_answer_of,
    split_text,
    turn_text,
)
from intake_app.sync.web import TimeOuts, trusted

_LARGEST_ANSWER_BYTES = 256_000_000
_JSON = "application/json"

T = TypeVar("T")


class HubClient:
    """One hub and, after enrolment, the token it gave this device. Does not own ``http``."""

    def __init__(
        self,
        url: str,
        token: str,
        http: httpx2.Client,
        time_outs: TimeOuts | None = None,
        seconds: Callable[[], float] = time.monotonic,
        turn: Turn | None = None,
    ) -> None:
        """``turn`` goes with every push and pull. Raises HubNotTrusted for an address without TLS that is not
        this computer."""
        self._url = trusted(url)
        self._token = token
        self._http = http
        self._time_outs = time_outs or TimeOuts()
        self._seconds = seconds
        self._turn = turn

    def taking(self, turn: Turn) -> "HubClient":
        """The same hub, told which turn this device takes."""
        return HubClient(self._url, self._token, self._http, self._time_outs, self._seconds, turn)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Raises EnrolmentRefused (``reason``: unknown, used, expired, too_many_tries) and the others."""
        return self._post(ENROL_PATH, enrol_text(request), enrol_answer_of, with_token=False)

    def split(self, device: str) -> SplitAnswer:
        """An identity of its own for this computer, which turned out to be a copy; may be repeated."""
        return self._post(SPLIT_PATH, split_text(device), split_answer_of, with_token=True)

    def push(self, documents: Sequence[Document]) -> PushAnswer:
        """Sends versions in order. After any error but HubRefused it is unknown whether they arrived.

        Raises NotEnrolled without a token, and what ``_exchange`` makes of each failure.
        """
        return self._post(PUSH_PATH, push_text(documents), push_answer_of, with_token=True)

    def pull(self, since: int, scope: str) -> PullAnswer:
        """The next page after revision ``since``; ``scope`` is the one of the last answer, empty at first."""
        url = httpx2.URL(self._url + PULL_PATH, params={"since": str(since), "scope": scope})
        return self._ask("GET", url, None, pull_answer_of, with_token=True)

    def file(self, document: str, sha256: str) -> FileAnswer:
        """What the hub has of one file. HubRefused with ``attachment_unknown`` where it is none of ours."""
        url = self._of_file(FILE_PATH, document, sha256)
        return self._ask("GET", url, None, file_of, with_token=True)

    def send_chunk(self, document: str, sha256: str, number: int, content: bytes) -> None:
        """One piece of it; may be repeated."""
        url = self._of_file(CHUNK_PATH, document, sha256, number)
        headers = {"Content-Type": CHUNK_TYPE, CHUNK_HEADER: chunk_hash(content)}
        self._ask("PUT", url, content, lambda _answer: None, with_token=True, headers=headers)

    def finish_file(self, document: str, sha256: str) -> FileAnswer:
        """All pieces were sent."""
        url = self._of_file(FILE_PATH, document, sha256)
        return self._ask("POST", url, b"", file_of, with_token=True)

    def chunk(self, document: str, sha256: str, number: int) -> bytes:
        """One piece of a whole file."""
        url = self._of_file(CHUNK_PATH, document, sha256, number)
        return self._ask("GET", url, None, bytes, with_token=True, kind=CHUNK_TYPE)

    def _of_file(self, path: str, document: str, sha256: str, number: int | None = None) -> httpx2.URL:
        asked = {"document": document, "sha256": sha256}
        return httpx2.URL(
            self._url + path, params=asked if number is None else asked | {"number": str(number)}
        )

    def _post(self, path: str, text: str, read: Callable[[bytes], T], with_token: bool) -> T:
        return self._ask("POST", httpx2.URL(self._url + path), text.encode(), read, with_token)

    def _ask(
        self,
        method: str,
        url: httpx2.URL,
        body: bytes | None,
        read: Callable[[bytes], T],
        with_token: bool,
        headers: dict[str, str] | None = None,
        kind: str = _JSON,
    ) -> T:
        headers = {"Accept": kind} | (headers or {})
        if body is not None:
            headers.setdefault("Content-Type", _JSON)
        if with_token:
            if not self._token:
                raise NotEnrolled
            headers["Authorization"] = f"Bearer {self._token}"
            if self._turn is not None:
                headers[TURN_HEADER] = turn_text(self._turn)
        status, answered, answer = self._exchange(method, url, headers, body)
        if status != 200:
            raise _refusal(status, answered, answer)
        if not answered.startswith(kind):
            raise HubAnswerUnreadable(reason="not_a_hub")
        try:
            return read(answer)
        except MessageUnreadable as error:
            raise HubAnswerUnreadable(reason=f"message: {error.field}") from error

    def _exchange(
        self, method: str, url: httpx2.URL, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, str, bytes]:
        try:
            with self._http.stream(method, url, headers=headers, content=body) as response:
                answer = self._read_whole(response)
                return response.status_code, response.headers.get("content-type", ""), answer
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise Offline from error
        except httpx2.TimeoutException as error:
            raise HubTimedOut from error
        except (httpx2.ConnectError, httpx2.ProxyError) as error:
            raise _unreached(error, self._url) from error
        except httpx2.RemoteProtocolError as error:
            raise HubAnswerUnreadable(reason="cut_off") from error
        except httpx2.DecodingError as error:
            raise HubAnswerUnreadable(reason="encoding") from error
        except httpx2.NetworkError as error:
            raise Offline from error

    def _read_whole(self, response: httpx2.Response) -> bytes:
        """A hub that sends one byte a second never runs into a time-out between two bytes."""
        started = self._seconds()
        answer = bytearray()
        for chunk in response.iter_bytes():
            answer += chunk
            if len(answer) > _LARGEST_ANSWER_BYTES:
                raise HubAnswerUnreadable(reason="too_long")
            if self._seconds() - started > self._time_outs.whole:
                raise HubTimedOut
        return bytes(answer)


def _unreached(error: httpx2.TransportError, url: str) -> SyncError:
    # OpenSSL's, truststore's and the system's complaints about a certificate all name it.
    words = str(error).casefold()
    if "certificate" in words or "trust" in words:
        return HubNotTrusted(url=url)
    return Offline()


def _refusal(status: int, kind: str, answer: bytes) -> SyncError:
    if 300 <= status < 400:
        return HubAnswerUnreadable(reason="redirect")
    if status == 413 and not kind.startswith("application/json"):
        # A proxy before the hub has a smaller limit and says so in its own words.
        return HubRefused(code="request_too_large", status=status)
    try:
        refused = refused_of(answer)
    except MessageUnreadable:
        if status == 504:
            return HubTimedOut()
        return HubAnswerUnreadable(reason="not_a_hub")
    if refused.code == "token_unknown":
        return SignInRefused()
    if refused.code == "device_revoked":
        return DeviceRevoked()
    if refused.code == "device_twice":
        return DeviceTwice()
    if refused.code == "code_refused":
        return EnrolmentRefused(reason=str(refused.details.get("reason", "unknown")))
    return HubRefused(code=refused.code, status=status)
