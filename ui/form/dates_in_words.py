"""A stored date (``forms.dates``) in the words of the screens' language."""

from datetime import date

from intake_app import formats
from intake_app.forms.dates import is_when
from intake_app.i18n import _


def when_words(iso: str) -> str:
    """Such as "9 March 2026", "March 2026" or "since 2025, still going on"; empty for what is no date."""
    if not is_when(iso):
        return ""
    start, slash, end = iso.partition("/")
    if end == "..":
        if start == "..":
            return _("still going on")
        return _("since {start}, still going on").format(start=_part(start))
    if slash:
        return _("{start} to {end}").format(start=_part(start), end=_part(end))
    return _part(start)


def _part(iso: str) -> str:
    if len(iso) == 4:
        return iso
    if len(iso) == 7:
        return formats.month(date.fromisoformat(f"{iso}-01"))
    return formats.long_date(date.fromisoformat(iso))
