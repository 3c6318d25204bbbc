"""What the functions and signs of a condition do with text, numbers, dates, lists and blanks."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*|/.*)?", re.ASCII)
_HYPHEN = re.compile(r"(\\[wdsWDS])-(?=[^\]])")
_EPOCH = date(1970, 1, 1).toordinal()
LONGEST_MATCHED = 1_000


class Scope(NamedTuple):
    """What an expression may see while it is evaluated."""

    values: Mapping[str, Any]
    own: Any
    row: Mapping[str, str]
    today: date | None


def as_text(value: Any) -> str:
    """Blank for None; codes joined by a space for a list, as XLSForm keeps them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return str(value.get("code") or value.get("id") or value.get("name") or "")
    if isinstance(value, Sequence):
        return " ".join(as_text(one) for one in value)
    return str(value)


def as_number(value: Any) -> float:
    """NaN where there is no number; a date counts as days since 1970, as in XLSForm."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:
            return math.nan
    text = as_text(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    days = as_day(text)
    return math.nan if days is None else float(days)


def as_day(value: Any) -> int | None:
    """Days since 1970 of the earliest day that an ISO date, month or range can mean."""
    match = _DATE.fullmatch(as_text(value))
    if match is None or match.group(2) is None:
        return None
    try:
        found = date(int(match.group(1)), int(match.group(2)), int(match.group(3) or 1))
    except ValueError:
        return None
    return found.toordinal() - _EPOCH


def as_bool(value: Any) -> bool:
    """Blank text, blank numbers, nought and empty lists are no."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return bool(value)


def equal(left: Any, right: Any) -> bool:
    """As numbers where one side is a number, as yes or no where one side is that, as text otherwise."""
    if isinstance(left, bool) or isinstance(right, bool):
        return as_bool(left) is as_bool(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        return as_number(left) == as_number(right)
    return as_text(left) == as_text(right)


def ordered(sign: str, left: Any, right: Any) -> bool:
    """A comparison with a blank is no, whichever way round."""
    first, second = as_number(left), as_number(right)
    if sign == "<":
        return first < second
    if sign == "<=":
        return first <= second
    if sign == ">":
        return first > second
    return first >= second


def codes(value: Any) -> list[str]:
    """The codes of a multiple choice, kept as a list or as XLSForm's text with spaces."""
    if value is None or isinstance(value, str):
        return (value or "").split()
    if isinstance(value, Sequence):
        return [as_text(one) for one in value]
    return [as_text(value)]


Arguments = Sequence[Callable[[Scope], Any]]


@dataclass(frozen=True, slots=True)
class Function:
    fewest: int
    most: int
    run: Callable[[Scope, Arguments], Any]


def _plain(fewest: int, most: int, work: Callable[..., Any]) -> Function:
    return Function(fewest, most, lambda scope, arguments: work(*(one(scope) for one in arguments)))


def _if(scope: Scope, arguments: Arguments) -> Any:
    return arguments[1](scope) if as_bool(arguments[0](scope)) else arguments[2](scope)


def _coalesce(scope: Scope, arguments: Arguments) -> Any:
    for argument in arguments:
        found = argument(scope)
        if as_text(found) != "":
            return found
    return None


def _today(scope: Scope, arguments: Arguments) -> str:
    return scope.today.isoformat() if scope.today else ""


def _finite(work: Callable[[float], float]) -> Callable[[Any], float]:
    def run(value: Any) -> float:
        number = as_number(value)
        return float(work(number)) if math.isfinite(number) else math.nan

    return run


def _round(value: Any, places: Any = 0) -> float:
    number, digits = as_number(value), as_number(places)
    if not math.isfinite(number) or not math.isfinite(digits):
        return math.nan
    scale = 10.0 ** max(-15, min(15, int(digits)))
    found = number * scale
    # Half goes up, as in XPath; Python would round half to even.
    return math.floor(found + 0.5) / scale if math.isfinite(found) else number


def _pick(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def run(*values: Any) -> float:
        numbers = [number for number in map(as_number, values) if math.isfinite(number)]
        return choose(numbers) if numbers else math.nan

    return run


def _selected_at(value: Any, place: Any) -> str:
    number = as_number(place)
    found = codes(value)
    return found[int(number)] if math.isfinite(number) and 0 <= number < len(found) else ""


def _substr(value: Any, start: Any, end: Any = None) -> str:
    text, first, last = as_text(value), as_number(start), as_number(end)
    if not math.isfinite(first):
        return ""
    return text[int(first) : int(last) if math.isfinite(last) else None]


def _date(value: Any) -> str:
    text = as_text(value)
    return text if as_day(text) is not None else ""


def _regex(value: Any, pattern: Any) -> bool:
    return pattern_of(as_text(pattern)).fullmatch(as_text(value)[:LONGEST_MATCHED]) is not None


@lru_cache(maxsize=256)
def pattern_of(text: str) -> re.Pattern[str]:
    """XLSForm's patterns are Java's, which take ``[\\w-.]`` as a hyphen; raises re.error where it is none."""
    return re.compile(_HYPHEN.sub(r"\1\\-", text))


MANY = 50
FUNCTIONS: Mapping[str, Function] = {
    "not": _plain(1, 1, lambda value: not as_bool(value)),
    "true": _plain(0, 0, lambda: True),
    "false": _plain(0, 0, lambda: False),
    "boolean": _plain(1, 1, as_bool),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, MANY, _coalesce),
    "selected": _plain(2, 2, lambda value, code: as_text(code) in codes(value)),
    "selected-at": _plain(2, 2, _selected_at),
    "count-selected": _plain(1, 1, lambda value: float(len(codes(value)))),
    "string": _plain(1, 1, as_text),
    "string-length": _plain(1, 1, lambda value: float(len(as_text(value)))),
    "normalize-space": _plain(1, 1, lambda value: " ".join(as_text(value).split())),
    "concat": _plain(1, MANY, lambda *values: "".join(map(as_text, values))),
    "contains": _plain(2, 2, lambda value, part: as_text(part) in as_text(value)),
    "starts-with": _plain(2, 2, lambda value, part: as_text(value).startswith(as_text(part))),
    "ends-with": _plain(2, 2, lambda value, part: as_text(value).endswith(as_text(part))),
    "substr": _plain(2, 3, _substr),
    "regex": _plain(2, 2, _regex),
    "number": _plain(1, 1, as_number),
    "int": _plain(1, 1, _finite(math.trunc)),
    "abs": _plain(1, 1, _finite(abs)),
    "floor": _plain(1, 1, _finite(math.floor)),
    "ceiling": _plain(1, 1, _finite(math.ceil)),
    "round": _plain(1, 2, _round),
    "min": _plain(1, MANY, _pick(min)),
    "max": _plain(1, MANY, _pick(max)),
    "today": Function(0, 0, _today),
    "date": _plain(1, 1, _date),
}
