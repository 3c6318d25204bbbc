"""The accessible tree of a running application, as assistive technology sees it. For the system's Python."""

import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

warnings.filterwarnings("ignore", category=DeprecationWarning)
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

type_of_node = Any  # gi gives no types
_TABLE_ROLES = ("table", "tree table", "tree")
_MOST_CHILDREN = 300


def attempt(read: Callable[[], Any], otherwise: Any = None) -> Any:
    """What `read` gives; `otherwise` where the object has gone or lacks that interface."""
    try:
        value = read()
    except (GLib.Error, AttributeError):
        return otherwise
    return otherwise if value is None else value


def application(name: str, seconds: float = 30.0) -> type_of_node:
    """The application called `name`; LookupError when it has not come within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for found in children(desktop):
            if attempt(found.get_name) == name and attempt(found.get_child_count, 0):
                found.set_cache_mask(Atspi.Cache.NONE)  # otherwise states are those of an earlier moment
                return found
        time.sleep(0.1)
    raise LookupError(f"no application called {name!r} on the accessibility bus")


def application_with(name: str, title: str, seconds: float = 30.0) -> type_of_node:
    """The application called `name` of which a window's title begins so: several copies may be open."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for found in children(Atspi.get_desktop(0)):
            if attempt(found.get_name) == name:
                found.set_cache_mask(Atspi.Cache.NONE)
                if any(str(attempt(one.get_name, "")).startswith(title) for one in children(found)):
                    return found
        time.sleep(0.1)
    raise LookupError(f"no window of {name!r} whose title begins with {title!r}")


def children(node: type_of_node) -> Iterator[type_of_node]:
    for number in range(min(_MOST_CHILDREN, attempt(node.get_child_count, 0))):
        child = attempt(lambda number=number: node.get_child_at_index(number))
        if child is not None:
            yield child


def walk(node: type_of_node, depth: int = 40) -> Iterator[type_of_node]:
    """`node` and what is below it; of a table only the table, whose children may be hundreds of thousands."""
    yield node
    if depth and attempt(node.get_role_name) not in _TABLE_ROLES:
        for child in children(node):
            yield from walk(child, depth - 1)


def states(node: type_of_node) -> set[str]:
    held = attempt(node.get_state_set)
    return {state.value_nick for state in held.get_states()} if held else set()


def showing(root: type_of_node, identifier: str) -> type_of_node | None:
    """The control with that accessible identifier, if it is on the screen; hidden pages stay in the tree."""
    for node in walk(root):
        if attempt(node.get_accessible_id, "") == identifier and "showing" in states(node):
            return node
    return None


def identifiers(root: type_of_node) -> set[str]:
    """Of every control that is on the screen."""
    found = {attempt(node.get_accessible_id, "") for node in walk(root) if "showing" in states(node)}
    return found - {""}


def text(node: type_of_node) -> str:
    """What stands in a text control; "" where there is none."""
    held = attempt(node.get_text_iface)
    return attempt(lambda: held.get_text(0, held.get_character_count()), "") if held else ""


def name(node: type_of_node) -> str:
    return str(attempt(node.get_name, ""))


def rows(node: type_of_node) -> int:
    held = attempt(node.get_table_iface)
    return attempt(held.get_n_rows, 0) if held else attempt(node.get_child_count, 0)
