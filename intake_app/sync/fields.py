"""Checked fields of parsed JSON, so that a message is read whole or refused with the field's name."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from intake_app.times import Instant

_KEY_LENGTH = 100
_LARGEST_NUMBER = 2**53 - 1


class MessageUnreadable(ValueError):
    """The text is no message of this protocol; ``field`` names what is missing or of the wrong type."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def parsed_object(text: str | bytes) -> dict[str, Any]:
    """Raises MessageUnreadable for anything but the text of a JSON object."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MessageUnreadable("json") from error
    if not isinstance(values, dict):
        raise MessageUnreadable("json")
    return values


def text_in(values: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """Each of these raises MessageUnreadable for another type, or for none where there is no default."""
    value = values.get(name, default)
    if not isinstance(value, str):
        raise MessageUnreadable(name)
    return value


def key_in(values: Mapping[str, Any], name: str) -> str:
    """Text of 1 to 100 characters, as ids and kinds are."""
    value = text_in(values, name)
    if not 0 < len(value) <= _KEY_LENGTH:
        raise MessageUnreadable(name)
    return value


def number_in(values: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """A whole number from 0 that every JSON reader keeps exact (RFC 8259, 6)."""
    value = values.get(name, default)
    if not is_number(value):
        raise MessageUnreadable(name)
    assert isinstance(value, int)
    return value


def is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_NUMBER


def flag_in(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise MessageUnreadable(name)
    return value


def list_in(values: Mapping[str, Any], name: str, default: tuple[()] | None = None) -> Sequence[Any]:
    value = values.get(name, default)
    if not isinstance(value, list | tuple):
        raise MessageUnreadable(name)
    return value


def instant_in(values: Mapping[str, Any], name: str) -> Instant:
    """ISO 8601 with its zone."""
    try:
        return Instant.parse(text_in(values, name))
    except ValueError as error:
        raise MessageUnreadable(name) from error
