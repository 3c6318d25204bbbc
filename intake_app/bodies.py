"""The frozen base of every document body: unknown fields of a newer program are kept and passed on."""

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from intake_app.times import Instant


class Body(BaseModel):
    """A frozen value that is written to and read from JSON text.

    ``extra="allow"``: what a newer program added survives a round through this one.
    """

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From a document's body. Raises pydantic.ValidationError (a ValueError)."""
        return cls.model_validate_json(text)

    def to_json(self) -> str:
        """Compact JSON text, defaults left out."""
        return self.model_dump_json(exclude_defaults=True)


def _read_instant(value: object) -> object:
    if isinstance(value, dict):
        text = value.get("utc")
        if not isinstance(text, str):
            # pydantic makes a ValidationError of this one alone; any other would stop whoever reads a body.
            raise ValueError("utc")
        return Instant.parse(text)
    return value


def _write_instant(instant: Instant) -> dict[str, str]:
    # The civil date travels beside the instant: reports count by it and must not depend on a zone table.
    return {"utc": instant.isoformat(), "civil": instant.civil.isoformat()}


StoredInstant = Annotated[Instant, BeforeValidator(_read_instant), PlainSerializer(_write_instant)]
"""An Instant whose JSON is ``{"utc": …, "civil": …}``."""
