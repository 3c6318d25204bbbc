"""The few options that open the window; everything else belongs to the CLI.

By hand, because ``argparse`` costs a tenth of the time until the window can be typed into.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple


class WindowOptions(NamedTuple):
    """``--data-dir DIR --language TAG --new CHANNEL --from NUMBER|-``; empty where not given.

    And two switches: ``--demo``, ``--practise``. A link alone, such as ``tel:02079460018``, is a phone call.
    """

    data_dir: str = ""
    language: str = ""
    new: str = ""
    number: str = ""
    demo: bool = False
    practise: bool = False


_LONGEST = 400
_SWITCHES = ("--demo", "--practise")
_WITH_VALUE = {"--data-dir": "data_dir", "--language": "language", "--new": "new", "--from": "number"}


def parse(arguments: Sequence[str]) -> WindowOptions | None:
    """None when the CLI has to answer: a sub-command, ``--help``, ``--version`` or anything misspelt.

    ``--from -`` reads the number from standard input, since arguments of a process can be seen by others.
    """
    values: dict[str, str] = {}
    switched: set[str] = set()
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in _SWITCHES and not equals:
            switched.add(name)
        elif name in _WITH_VALUE and (equals or rest):
            values[_WITH_VALUE[name]] = value if equals else rest.pop(0)
        elif _is_link(name):
            values["number"] = f"{name}{equals}{value}"
        else:
            return None
    if values.get("number") == "-":
        values["number"] = _first_line()
    if "number" in values:
        values.setdefault("new", "phone")
    demo, practise = (name in switched for name in _SWITCHES)
    return WindowOptions(demo=demo, practise=practise, **values)


def _is_link(text: str) -> bool:
    if ":" not in text:
        return False
    from intake_app.caller_number import is_link

    return is_link(text)


def _first_line() -> str:
    """Of standard input; empty where there is none, as under a window without a console, or no text in it."""
    try:
        return sys.stdin.readline(_LONGEST).strip() if sys.stdin is not None else ""
    except (OSError, ValueError):
        return ""
