"""Bodies as they may be stored: the last place where text that no database takes is mended."""

from typing import Any, TypeVar

from pydantic_core import PydanticSerializationError

from intake_app.bodies import Body
from intake_app.text import clean_text

T = TypeVar("T", bound=Body)


def storable(body: T) -> T:
    """``body`` itself, or with NUL and lone surrogates made U+FFFD, so that typed words are never refused."""
    try:
        if "\\u0000" not in body.to_json():
            return body
    except (PydanticSerializationError, UnicodeEncodeError):
        pass
    return type(body).model_validate(_cleaned(body.model_dump()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
