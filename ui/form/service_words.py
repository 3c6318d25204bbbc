"""Services in words: as found, as chosen, and what staff should know of one beside its name."""

from datetime import date

from intake_app import formats
from intake_app.i18n import _, series
from intake_app.records import ServiceMention
from intake_app.services.history import Remark
from intake_app.services.model import ServiceHit, Status
from intake_app.text import fsi, ltr, without_isolates


def hit_text(hit: ServiceHit) -> str:
    """One row: the name, what tells two of a name apart, and what staff must know before they choose it."""
    apart = series(fsi(part) for part in (hit.provider, hit.place) if part)
    text = f"{fsi(hit.name)} – {apart}" if apart else fsi(hit.name)
    if hit.code:
        text += f" ({ltr(hit.code)})"
    return " ".join([text, *_remarks_of(hit)])


def hit_spoken(hit: ServiceHit, with_code: bool = False) -> str:
    """The same to be heard: the code, letter by letter, only where another service has the name."""
    parts = [hit.name, hit.provider, hit.place]
    if with_code:
        parts.append(" ".join(filter(str.isalnum, hit.code)))
    return series((*parts, *map(without_isolates, _remarks_of(hit))))


def _remarks_of(hit: ServiceHit) -> list[str]:
    said = []
    if hit.instead_of:
        said.append(_("instead of {name}").format(name=fsi(hit.instead_of)))
    if hit.was:
        said.append(_("formerly {name}").format(name=fsi(hit.was)))
    if hit.also:
        said.append(_("also called {name}").format(name=fsi(hit.also)))
    if hit.status is Status.CLOSED:
        said.append(closed_words(hit.closed, hit.now))
    return said


def closed_words(closed: str, now: str) -> str:
    """``closed 3 March 2020, now The Poplars``, as far as it is known."""
    if closed and now:
        return _("closed {day}, now {name}").format(day=day_words(closed), name=fsi(now))
    if closed:
        return _("closed {day}").format(day=day_words(closed))
    return _("closed, now {name}").format(name=fsi(now)) if now else _("closed")


def day_words(iso: str) -> str:
    """An ISO day as people write it."""
    return formats.long_date(date.fromisoformat(iso))


def remark_words(remark: Remark) -> str:
    """What to know of a service that a record names; empty for nothing."""
    said = []
    if remark.then:
        said.append(_("called {names} then").format(names=formats.listing(map(fsi, remark.then))))
    if remark.now:
        said.append(_("called {name} today").format(name=fsi(remark.now)))
    if remark.is_closed:
        said.append(closed_words(remark.closed, remark.followed_by))
    return series(said)


def mention_text(mention: ServiceMention, remark: str = "") -> str:
    """A chosen service as a row."""
    apart = series(fsi(part) for part in _parts(mention, remark))
    return f"{fsi(mention.name)} – {apart}" if apart else fsi(mention.name)


def mention_spoken(mention: ServiceMention, remark: str = "") -> str:
    return without_isolates(series([mention.name, *_parts(mention, remark)]))


def _parts(mention: ServiceMention, remark: str) -> list[str]:
    parts = [mention.provider, mention.place, mention.gap]
    if not mention.id:
        parts.append(_("as written, not in the directory"))
    return [part for part in (*parts, remark) if part]


def journey_words(mentions: list[ServiceMention]) -> str:
    """Several services in their order, with the time between them where it was said."""
    return formats.listing(
        _("{service} ({gap})").format(service=fsi(one.name), gap=fsi(one.gap)) if one.gap else fsi(one.name)
        for one in mentions
    )
