"""Gives Python its own ``import`` back, which PySide6 replaces by one that reads every module's source.

PySide6 looks in each source for its name, to know where ``from __feature__ import snake_case`` holds, and
the sources stay in memory: a quarter of the time and 25 MB of all that is imported after it. Nobody here
uses that switch.
"""

import builtins

import PySide6.QtCore  # noqa: F401  what replaces ``import``


def use_plain_imports() -> None:
    """To be called before the window's other modules are imported; harmless where nothing was replaced."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
