"""A bad line between a device and its hub: real requests and answers, lost, repeated, late or mixed up."""

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import httpx2


class Fault(StrEnum):
    """What befalls one request.

    LOST: it never arrives. UNANSWERED: the hub commits and the answer is lost. TWICE: it arrives twice and
    the second answer counts. LATE: given up by the device, it arrives after other requests. STALE: an earlier
    answer to the very same request comes once more. MIXED_UP: the answer to the request before comes instead.
    CUT: the answer ends early. BUSY: the hub has no time. KILLED and KILLED_AFTER: the program ends before
    the request leaves, or with the answer on its way.
    """

    LOST = "lost"
    UNANSWERED = "unanswered"
    TWICE = "twice"
    LATE = "late"
    STALE = "stale"
    MIXED_UP = "mixed_up"
    CUT = "cut"
    BUSY = "busy"
    KILLED = "killed"
    KILLED_AFTER = "killed_after"


class Killed(Exception):
    """The device's program ended in the middle of a round."""


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: bytes


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    token: str
    body: bytes

    @property
    def key(self) -> tuple[str, str, bytes]:
        return self.method, self.url, self.body


@dataclass
class Line(httpx2.BaseTransport):
    """The way of one device. ``inner`` is asked each time, as the hub may have been started anew.

    ``told`` gets every request that reached the hub with its answer, for comparing two runs byte by byte.
    """

    inner: Callable[[], httpx2.BaseTransport]
    told: Callable[[Request, Answer], None]
    dice: random.Random = field(default_factory=random.Random)
    trouble: float = 0.0
    late: deque[Request] = field(default_factory=deque)
    _earlier: dict[tuple[str, str, bytes], Answer] = field(default_factory=dict)
    _before: Answer | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = Request(
            request.method,
            str(request.url),
            request.headers.get("authorization", ""),
            request.read(),
        )
        return _response(self._carried(asked, request))

    def deliver_late(self) -> None:
        """What the device gave up reaches the hub after all; nobody reads the answer."""
        if self.late:
            self._ask(self.late.popleft())

    def _carried(self, asked: Request, request: httpx2.Request) -> Answer:
        fault = self.dice.choice(tuple(Fault)) if self.dice.random() < self.trouble else None
        if fault is Fault.KILLED:
            raise Killed
        if fault is Fault.BUSY:
            return Answer(503, "application/json", b'{"code": "busy", "details": {}}')
        if fault in (Fault.LOST, Fault.LATE):
            if fault is Fault.LATE:
                self.late.append(asked)
            raise httpx2.ReadTimeout("lost", request=request)
        before, earlier = self._before, self._earlier.get(asked.key)
        answer = self._ask(asked)
        self._before = answer
        self._earlier[asked.key] = answer
        if fault is Fault.UNANSWERED:
            raise httpx2.ReadTimeout("unanswered", request=request)
        if fault is Fault.KILLED_AFTER:
            raise Killed
        if fault is Fault.TWICE:
            return self._ask(asked)
        if fault is Fault.STALE and earlier is not None:
            return earlier
        if fault is Fault.MIXED_UP and before is not None:
            return before
        if fault is Fault.CUT:
            return Answer(answer.status, answer.kind, answer.body[: len(answer.body) // 2])
        return answer

    def _ask(self, asked: Request) -> Answer:
        headers = {"Accept": "application/json", "Authorization": asked.token}
        if asked.body:
            headers["Content-Type"] = "application/json"
        request = httpx2.Request(asked.method, asked.url, headers=headers, content=asked.body)
        response = self.inner().handle_request(request)
        answer = Answer(response.status_code, response.headers.get("content-type", ""), response.read())
        self.told(asked, answer)
        return answer


def _response(answer: Answer) -> httpx2.Response:
    return httpx2.Response(answer.status, headers={"content-type": answer.kind}, content=answer.body)
