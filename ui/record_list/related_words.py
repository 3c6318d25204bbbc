"""Links and offers in words: how two records belong together, or why they may."""

from intake_app import formats
from intake_app.i18n import _, ngettext, series
from intake_app.links import Relation
from intake_app.store.related import LinkedRecord, Offer, Related
from intake_app.store.summaries import RecordSummary
from intake_app.text import fsi
from ui.record.words import quoted, reference


def summary_words(related: Related) -> str:
    """The heading of the part, which is all there is to say where nothing is known."""
    parts = []
    if count := len(related.linked):
        parts.append(ngettext("{count} linked", "{count} linked", count).format(count=count))
    if count := len(related.stories):
        parts.append(ngettext("{count} offered", "{count} offered", count).format(count=count))
    known = formats.listing(parts) if parts else _("none known")
    return _("Related records: {known}").format(known=known)


def relation_words(relation: str, first: bool) -> str:
    """Seen from the record in hand; a relation of a newer program by its name."""
    if relation == Relation.FOLLOW_UP:
        return _("this record follows on from it") if first else _("it follows on from this record")
    known = {Relation.SAME_PERSON.value: _("same person"), Relation.SAME_STORY.value: _("same story")}
    return known.get(relation, relation)


def linked_words(linked: LinkedRecord, by: str) -> str:
    """``by`` is the name of who linked; empty where that is not known on this computer."""
    record = _("a record that is not on this computer") if linked.record is None else _record(linked.record)
    words = _("Linked, {relation}: {record}").format(
        relation=relation_words(linked.link.relation, linked.link.first), record=record
    )
    moment = formats.short_moment(linked.link.at)
    who = (
        _("Linked {moment} by {name}").format(moment=moment, name=fsi(by))
        if by
        else _("Linked {moment}").format(moment=moment)
    )
    return f"{words}. {who}"


def offer_words(offer: Offer) -> str:
    """Why comes first: it is what a person judges by."""
    if offer.same_exchange:
        return _("Same email exchange: {record}").format(record=_record(offer.record))
    if offer.same_person:
        return _("Same number or email: {record}").format(record=_record(offer.record))
    reasons = [_("same service")] if offer.same_service else []
    reasons.append(_days_words(offer.days))
    words = formats.listing([fsi(word) for word in offer.words])
    reasons.append(_("words in both: {words}").format(words=words))
    return _("Maybe the same story, {reasons}: {record}").format(
        reasons=series(reasons), record=_record(offer.record)
    )


def _days_words(days: int) -> str:
    if not days:
        return _("same day")
    return ngettext("{count} day apart", "{count} days apart", days).format(count=days)


def _record(record: RecordSummary) -> str:
    parts = [
        reference(record.reference),
        formats.short_moment(record.received),
        formats.listing([fsi(name) for name in record.services]),
        quoted(record.first_words) if record.first_words else "",
    ]
    return series(parts)
