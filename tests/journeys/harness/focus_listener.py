"""Writes one JSON line for each object that takes the focus, until it is ended. Run by the system's Python.

Focus is taken from events, never from states: Qt calls the current item of every list focused, shown or not.
"""

import json
import signal
import sys
import warnings

warnings.filterwarnings("ignore", category=DeprecationWarning)
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

WANTED = ("object:state-changed:focused", "object:active-descendant-changed")


def note(event: "Atspi.Event") -> None:
    if event.type.startswith(WANTED[0]) and event.detail1 != 1:
        return
    source = event.source
    if event.type.startswith(WANTED[1]) and hasattr(event.any_data, "get_name"):
        source = event.any_data
    try:
        line = {
            "id": event.source.get_accessible_id(),
            "role": source.get_role_name(),
            "name": source.get_name(),
        }
    except GLib.Error:  # the object has gone already
        return
    print(json.dumps(line), flush=True)


def main() -> None:
    listener = Atspi.EventListener.new(note)
    for name in WANTED:
        listener.register(name)
    loop = GLib.MainLoop()
    GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGTERM, loop.quit)
    print(json.dumps({"id": "", "role": "listening", "name": ""}), flush=True)
    loop.run()


if __name__ == "__main__":
    sys.exit(main())
