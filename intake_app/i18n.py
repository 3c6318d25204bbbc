"""The language of the screens: one current catalogue for everything that goes through ``_()``."""

import gettext as _gettext

_current: _gettext.NullTranslations = _gettext.NullTranslations()


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
