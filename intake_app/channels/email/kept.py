"""A message as it was read, kept beside its bytes: opening one takes no parsing, however large it is."""

import json
from dataclasses import asdict
from typing import Any

from intake_app.channels.email.message import Aside, Message, Note, Part
from intake_app.times import Instant


def to_text(message: Message) -> str:
    """JSON, for ``of_text``."""
    values = asdict(message) | {"sent": None if message.sent is None else message.sent.isoformat()}
    return json.dumps(values, ensure_ascii=False)


def of_text(text: str) -> Message:
    values: dict[str, Any] = json.loads(text)
    return Message(
        **values
        | {
            "answers": tuple(values["answers"]),
            "sent": None if values["sent"] is None else Instant.parse(values["sent"]),
            "parts": tuple(Part(**one) for one in values["parts"]),
            "aside": Aside(values["aside"]),
            "notes": tuple(Note(one) for one in values["notes"]),
        }
    )
