"""Finds the shipped files of locales/ and resources/ in a checkout, a wheel or a frozen build."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def asset(name: str) -> Path:
    """The path of a shipped file or folder, such as ``resources/code_lists``.

    Looks beside this module (wheel, frozen build), then in its parent (checkout).
    Raises FileNotFoundError where the build left it out.
    """
    for root in (_HERE, _HERE.parent):
        candidate = root / name
        if candidate.exists():
            return candidate
    raise FileNotFoundError(name)
