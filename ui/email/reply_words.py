"""Replies to emails in words: what one is for, what to think of before, and what was written."""

from collections.abc import Callable

from intake_app import formats
from intake_app.i18n import _
from intake_app.passages import Reply
from intake_app.text import fsi
from ui.languages import Languages


def template_words(template: str) -> str:
    """What a reply is for; of a template of a newer program its code."""
    return {
        "received": _("We have it, and what happens next"),
        "ask_more": _("We ask for more"),
        "change": _("How to change or withdraw it"),
    }.get(template, template)


def safety_words(reason: str) -> str:
    """What to think of before somebody is written to; ``reason`` as ``take_away.offer`` has it."""
    return {
        "withdrawn": _("This record was withdrawn."),
        "danger": _(
            "Danger is marked in this record. Others may read their emails: ask first how they can be "
            "reached safely."
        ),
        "danger_closed": _("Danger was marked in this record before. Others may read their emails."),
        "no_contact": _("They want no contact."),
        "no_message": _("It is not safe to leave them a message. Others may read their emails."),
        "worked_there": _("They have worked for the service. Is it an address at their work?"),
        "unknown_to_service": _(
            "The service may not know that it was them. Is it an address of the service?"
        ),
    }.get(reason, "")


def reply_words(reply: Reply, languages: Languages, name_of: Callable[[str], str] = str) -> str:
    """In the record: when, what for, in which language, by whom. Nobody's address was kept."""
    moment = formats.long_moment(reply.at) if reply.at is not None else _("at an unknown time")
    way = _("opened in the mail program") if reply.way == "program" else _("saved as a draft file")
    told = _("{template}, {language}, {moment}; {way}").format(
        template=template_words(reply.template),
        language=languages.name(reply.language),
        moment=moment,
        way=way,
    )
    name = name_of(reply.by) if reply.by else ""
    return _("{reply}, by {name}").format(reply=told, name=fsi(name)) if name else told
