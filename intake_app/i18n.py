"""The language of the screens: one current catalogue for everything that goes through ``_()``."""

import gettext as _gettext

_RIGHT_TO_LEFT = {"ar", "ur", "fa", "ps", "ckb", "he", "yi", "sd", "ug", "pnb"}
_RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "thaa", "nkoo", "syrc"}

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_qt: _gettext.NullTranslations = _gettext.NullTranslations()
_tag = "en"


def _(message: str) -> str:
    """The message in the current language. A literal, with named fields filled by ``.format`` afterwards."""
    return _current.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return _current.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    return _current.pgettext(context, message)


def N_(message: str) -> str:
    """Marks a message for extraction; translate it with ``_`` where it is shown."""
    return message


def language() -> str:
    """The BCP 47 tag of the screens' language."""
    return _tag


def use_language(tag: str) -> None:
    """Everything that ``_`` gives from now on is in this language; English where a message has none."""
    global _tag
    _tag = tag or "en"


def is_right_to_left(tag: str = "") -> bool:
    """Whether a language is written from right to left; without a tag, the current one."""
    parts = (tag or _tag).lower().replace("_", "-").split("-")
    scripts = {part for part in parts[1:] if len(part) == 4 and part.isalpha()}
    return bool(scripts & _RIGHT_TO_LEFT_SCRIPTS) or (not scripts and parts[0] in _RIGHT_TO_LEFT)


def qt_text(context: str, message: str) -> str:
    """One of Qt's own texts; empty where our catalogue lacks it, so that Qt looks further."""
    found = _qt.pgettext(context, message)
    return "" if found == message else found
