"""One service as a file gives it, before it is compared with what we know."""

from typing import NamedTuple

from intake_app.services.model import Reason, Scheme, Status


class Found(NamedTuple):
    """A row of a file that holds together; every text is one line."""

    scheme: Scheme
    code: str
    name: str
    type: str
    status: Status = Status.OPEN
    address: str = ""
    town: str = ""
    postcode: str = ""
    phone: str = ""
    website: str = ""
    provider: str = ""
    provider_code: str = ""
    local_authority: str = ""
    region: str = ""
    aliases: str = ""
    ods: str = ""
    successors: str = ""
    predecessors: str = ""
    linked: str = ""
    opened: str = ""
    closed: str = ""


class Refused(Exception):
    """A row that must not be imported; ``value`` is the field that gave it away: nobody's own."""

    def __init__(self, reason: Reason, value: str = "", code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value[:80]
        self.code = code
