"""The words for every error and every problem: what is wrong, where, and what to do, in one sentence or two.

Errors carry data only; nobody else turns them into sentences. Nothing here repeats what a person said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from intake_app import formats
from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.text import fsi, ltr

if TYPE_CHECKING:
    from intake_app.forms.model import Question
    from intake_app.forms.validation import Problem

Details = Mapping[str, Any]


def sentence(error: IntakeError) -> str:
    """The words for an expected error, in the language of the screens. Never empty."""
    for kind in type(error).__mro__:
        words = _WORDS.get(kind.__name__)
        if words is not None:
            return words(error.details)
    raise KeyError(type(error).__name__)


def problem_words(problem: Problem, question: Question) -> str:
    """What has to be done about an answer: the same words at the question and in the summary."""
    if problem.code == "constraint" and question.constraint_message:
        return question.constraint_message
    words = _PROBLEM_WORDS.get(problem.code, _look_again)
    details = problem.details if isinstance(problem.details, Mapping) else {}
    return words(fsi(question.short_label or question.label), details)


def _path(details: Details) -> str:
    return ltr(str(details.get("path", "")))


def _wrong_recovery_code(details: Details) -> str:
    group = details.get("group")
    if group:
        return _("The recovery code does not fit: check group {number}.").format(number=group)
    return _("The recovery code does not open this store. Check that it is the code of this computer.")


def _question_set_refused(details: Details) -> str:
    refusals = details.get("refusals") or ()
    words = [str(getattr(one, "words", lambda: "")()) for one in tuple(refusals)[:1]]
    more = ngettext(
        "The question set cannot be used; {count} thing must be mended first. {first}",
        "The question set cannot be used; {count} things must be mended first. {first}",
        len(refusals),
    )
    return more.format(count=len(refusals), first=" ".join(words)).strip()


def _language_unusable(details: Details) -> str:
    tag = ltr(str(details.get("tag", "")))
    if details.get("reason") == "missing":
        return _(
            "The screens are in English: there is no translation called {tag} here. Choose another language "
            "in the preferences."
        ).format(tag=tag)
    if details.get("reason") == "no_letters":
        return _(
            "The screens are in English: this computer has no font for the language {tag}. Ask whoever looks "
            "after it to add one."
        ).format(tag=tag)
    return _(
        "Some texts are in English: the translation in {path} is damaged. Install Intake again, or choose "
        "another language in the preferences."
    ).format(path=_path(details))


def _services_refused(details: Details) -> str:
    return _(
        "No services were brought in from {path}: it is not a list of services in a layout known here. "
        "Choose the CSV file as CQC or NHS ODS publishes it."
    ).format(path=_path(details))


def _file_refused(details: Details) -> str:
    if details.get("reason") == "in_the_way":
        return _("{path} exists and was left as it is. Choose a folder, or another name.").format(
            path=_path(details)
        )
    if details.get("reason") == "unwritable":
        return _(
            "{path} cannot be written. Choose a folder that exists and is yours, or free some space."
        ).format(path=_path(details))
    return _("{path} cannot be read: it is damaged, or of another kind. Choose another file.").format(
        path=_path(details)
    )


def _reply_refused(details: Details) -> str:
    reasons = {
        "address": _("No email can go to that address. Write one as name@place, without a name before it."),
        "empty": _("The reply has no words yet."),
        "room": _("Write what you ask in the line where “…” stands."),
        "too_long": _("The reply is too long for the mail program to take over. Save it as a file instead."),
        "no_program": _("No mail program opened. Save the reply as a file instead."),
    }
    return reasons.get(str(details.get("reason")), _("The reply cannot be written so."))


def _responses_refused(details: Details) -> str:
    match details.get("reason"):
        case "missing":
            words = _("There is no file {path}. Check its name.")
        case "empty":
            words = _("{path} is empty. Export the responses once more.")
        case "too_large":
            words = _("{path} is too large. Export the responses of a shorter time, one file after another.")
        case "encrypted":
            words = _("{path} is locked with a password. Open it, save it without one, and bring that in.")
        case "old_excel" | "other_spreadsheet":
            words = _("{path} is a spreadsheet of another kind. Open it and save it as .xlsx or .csv.")
        case "no_mapping":
            words = _(
                "No form is called {name} on this computer. Choose the file under “Online responses” once."
            )
        case "other_columns":
            words = _(
                "{path} lacks columns of the form {name}: {titles}. If the form was changed, choose the file "
                "under “Online responses” and say anew where its columns go."
            )
        case "date_order":
            words = _(
                "Dates in {path} can be read in two ways, such as 3/9/2026. Say under “Online responses” "
                "whether the day or the month comes first."
            )
        case _:
            words = _("{path} is not a table that can be read. Export the responses as .csv or .xlsx.")
    titles = formats.listing([fsi(str(one)) for one in details.get("titles") or ()])
    return words.format(path=_path(details), name=fsi(str(details.get("name", ""))), titles=titles)


def _paper_refused(details: Details) -> str:
    match details.get("reason"):
        case "count":
            words = _("{value} forms cannot be printed at once: write a number from 1 to 500.")
        case "number":
            words = _("Forms have numbers from 1 to 9999: {value} cannot be the first one of these.")
        case "size":
            words = _("Letters of {value} points are not offered: choose one of the sizes.")
        case _:
            words = _("There are no questions in {value}: choose another language.")
    return words.format(value=ltr(str(details.get("value", ""))) or "“”")


def _link_refused(details: Details) -> str:
    reason = details.get("reason")
    if reason == "same":
        return _("This is the record itself. Write the reference of the other one.")
    if reason == "anonymous":
        return _("One of the two is anonymous, so nobody says whose it is. Link them as one story instead.")
    return _("These two records are linked in this way already.")


def _key_missing(details: Details) -> str:
    if details.get("no_slots"):
        # Without the slots neither a passphrase nor a recovery code can open anything.
        return _(
            "{path} is missing, and without it nothing opens the store. Put it back from where the folder "
            "was copied, or restore the last backup into another folder; the store was not changed."
        ).format(path=_path(details))
    return _(
        "The key of the store in {path} is not on this computer. Use your passphrase or your recovery code; "
        "nothing is lost."
    ).format(path=_path(details))


def _store_foreign(details: Details) -> str:
    if details.get("there"):
        return _("There is a store in {path} already. Nothing was changed; choose an empty folder.").format(
            path=_path(details)
        )
    return _(
        "{path} is not a store that Intake made, or it belongs to another key. Nothing was changed; choose "
        "another folder, or restore a backup."
    ).format(path=_path(details))


def _store_damaged(details: Details) -> str:
    if "store_missing" in (details.get("findings") or ()):
        return _(
            "{path} is missing, although its keys are here. Put it back if it was moved, or restore the last "
            "backup into another folder."
        ).format(path=_path(details))
    return _(
        "The store in {path} is damaged. Nothing was changed. Copy the folder first, then restore the last "
        "backup, or ask for help with “check the store”."
    ).format(path=_path(details))


def _enrolment_refused(details: Details) -> str:
    reason = str(details.get("reason", ""))
    if reason == "used":
        return _("This code was already used. Ask for a new one; each computer needs its own.")
    if reason == "expired":
        return _("This code is out of date. Ask for a new one.")
    if reason == "too_many_tries":
        return _("Too many wrong codes came from here. Wait a while, then try again.")
    if reason == "no_hub":
        return _("The address of the hub is missing. Type it as your organisation gave it to you.")
    return _("The hub does not know this code. Check it letter by letter, or ask for a new one.")


def _hub_refused(details: Details) -> str:
    if details.get("code") in ("busy", "database_unavailable"):
        return _("The hub is busy just now. Your records stay on this computer and are sent at the next try.")
    return _(
        "The hub refused the request (code {code}). Your records stay on this computer; tell whoever looks "
        "after the hub."
    ).format(code=ltr(str(details.get("code", "") or details.get("status", ""))))


def _mailbox_failed(details: Details) -> str:
    host, folder = ltr(str(details.get("host", ""))), str(details.get("folder", ""))
    code = ltr(str(details.get("code", "")))
    return _mailbox_words(str(details.get("reason", ""))).format(host=host, folder=folder, code=code)


def _mailbox_words(reason: str) -> str:
    if reason == "no_account":
        return _("No shared mailbox is set up on this computer. Set it up under “Emails”.")
    if reason == "timed_out":
        return _("The mailbox at {host} did not answer in time. Try again.")
    if reason == "certificate":
        return _(
            "The connection to the mailbox at {host} is not safe, so no password was sent. Check the "
            "address, or ask your network administrator about its certificate."
        )
    if reason == "no_tls":
        return _(
            "{host} does not speak the safe form of IMAP at this port, so no password was sent. Check the "
            "address and the port, which is nearly always 993."
        )
    if reason == "sign_in":
        return _("The mailbox at {host} refused the name, the password or the sign-in. Sign in anew.")
    if reason == "folder":
        return _("The mailbox at {host} has no folder “{folder}”. Choose another one in its settings.")
    if reason == "gone":
        return _("Somebody has moved or deleted this message. Look in the mailbox’s other folders.")
    if reason == "read_only":
        return _("The mailbox at {host} lets you read only. The message stays there as it is.")
    if reason == "too_large":
        return _("This message is too large to be fetched. Open it in the mail program.")
    if reason == "application":
        return _(
            "{host} does not let this program in ({code}). Check the application ID, or ask your network "
            "administrator to allow it."
        )
    if reason == "declined":
        return _("The sign-in was refused on the page at {host}. Sign in again and agree there.")
    if reason == "late":
        return _("The code was not typed in time. Fetch again for a new one.")
    if reason == "signed_out":
        return _("{host} wants you to sign in again. Press “Fetch now”, and a new code is shown.")
    if reason == "answer":
        return _("The mailbox at {host} answered in a way that cannot be understood. Try again later.")
    return _("The mailbox at {host} cannot be reached. What was fetched before is still here to be read.")


def _attachment_refused(details: Details) -> str:
    name = fsi(str(details.get("name", "") or "…"))
    return _attachment_words(str(details.get("reason", ""))).format(name=name)


def _attachment_words(reason: str) -> str:
    if reason == "empty":
        return _("{name} is not attached: it is empty. Scan or save it again.")
    if reason == "too_large":
        return _(
            "{name} is not attached: it is larger than 50 megabytes. Make it smaller, such as by scanning in "
            "grey, or attach its pages one by one."
        )
    if reason == "changed":
        return _(
            "{name} is not attached: it was changed while it was read. Close it elsewhere, then try again."
        )
    if reason == "too_many":
        return _(
            "{name} is not attached: a record takes 100 files at most. Begin another record for the rest."
        )
    if reason == "folder":
        return _("{name} is not attached: it is a folder. Choose the files in it.")
    if reason == "picture":
        return _(
            "{name} cannot be shown: it is damaged, or too large to be looked at. Save a copy of it instead."
        )
    return _(
        "{name} is not attached: it cannot be read. Check that it is still there and that you may read it."
    )


def refusal_words(reason: str, details: Details) -> str:
    """Why the hub refused a version, and what helps."""
    words = _REFUSAL_WORDS.get(reason)
    if words is None:
        return _(
            "The hub refused it (code {code}). Send it again, or ask whoever looks after the hub."
        ).format(code=ltr(reason))
    return words(details)


def _too_large(details: Details) -> str:
    limit = details.get("limit")
    if not isinstance(limit, int):
        return _(
            "It is too long for the network or the hub. Open the record, shorten it and finish it again."
        )
    from intake_app import formats  # Babel, late: never before the first paint

    return _(
        "It is too long: the hub takes {limit} at most. Open the record, shorten it and finish it again."
    ).format(limit=formats.size(limit))


_REFUSAL_WORDS: dict[str, Callable[[Details], str]] = {
    "organisation": lambda d: _(
        "It belongs to another organisation than the hub. Mend it: then it becomes this organisation's."
    ),
    "hash": lambda d: _("It did not arrive as it was sent. Send it again."),
    "too_large": _too_large,
    "envelope": lambda d: _(
        "The hub cannot read its envelope (field {field}). Update Intake or the hub, then send it again."
    ).format(field=ltr(str(d.get("field", "")))),
    "unstorable": lambda d: _(
        "It holds characters that no database can keep. Mend it: each becomes the sign �, every other letter "
        "stays."
    ),
    "mutation_reused": lambda d: _(
        "The hub holds something else under its number, as after restoring a backup or copying a folder. "
        "Mend it: then it gets a number of its own."
    ),
}


def _not_settled(details: Details) -> str:
    reason = details.get("reason")
    if reason == "open":
        return _("Some differences are still open. Decide about each of them, then finish.")
    if reason == "nothing_left":
        return _("A record needs at least one piece of feedback or one enquiry. Keep one of them.")
    return _("Another version of this record has come meanwhile. What you decided is kept; look at it again.")


_WORDS: dict[str, Callable[[Details], str]] = {
    "IntakeError": lambda d: _("That could not be done. What you typed is kept."),
    "StoreError": lambda d: _("The store on this computer could not do that. What you typed is still here."),
    "WrongPassphrase": lambda d: _(
        "That passphrase does not open this store. Try again, or use your recovery code."
    ),
    "WrongRecoveryCode": _wrong_recovery_code,
    "KeyMissing": _key_missing,
    "KeyringUnavailable": lambda d: _(
        "This computer has no safe place for keys. Choose a passphrase instead; you will be asked for it "
        "each time Intake opens."
    ),
    "StoreForeign": _store_foreign,
    "StoreDamaged": _store_damaged,
    "StoreNewer": lambda d: _(
        "The store in {path} was written by a newer Intake. Install the newer version; nothing was changed."
    ).format(path=_path(d)),
    "StoreLocked": lambda d: _(
        "Intake is already open for the folder {path}. Go on in the window that is open."
    ).format(path=_path(d)),
    "StoreReadOnly": lambda d: _(
        "Nothing can be saved in {path}: it may not be written. Keep this window open, and ask for the right "
        "to write there or choose another folder."
    ).format(path=_path(d)),
    "DiskFull": lambda d: _(
        "The disk of {path} is full, so nothing more can be saved. Keep this window open and make room; "
        "saving goes on by itself."
    ).format(path=_path(d)),
    "BackupUnreadable": lambda d: _(
        "{path} is not a backup of Intake, or it was cut short or altered. Choose another backup."
    ).format(path=_path(d)),
    "RecordMissing": lambda d: _("This record is no longer on this computer. Search for it again."),
    "RecordErased": lambda d: _(
        "This record was erased because the person asked for it, so nothing more of it is kept. Your words "
        "stay on the screen until you begin a new record with Ctrl+N."
    ),
    "RecordUnreadable": lambda d: _(
        "This record is kept as it is, but it cannot be shown. If the hub refused it, mend it first; else "
        "update Intake."
    ),
    "EventMissing": lambda d: _("This event is not on this computer. Sync, then open the events again."),
    "MessageMissing": lambda d: _("This email is no longer here: the record made of it was erased."),
    "DraftMissing": lambda d: _("This draft is no longer on this computer. Look in the list of records."),
    "NotSettled": _not_settled,
    "MailboxFailed": _mailbox_failed,
    "LanguageUnusable": _language_unusable,
    "QuestionSetRefused": _question_set_refused,
    "ConditionRefused": lambda d: _("A condition in the question set cannot be read: {value}").format(
        value=ltr(str(d.get("value", "")))
    ),
    "ServicesRefused": _services_refused,
    "FileRefused": _file_refused,
    "LinkRefused": _link_refused,
    "PaperRefused": _paper_refused,
    "ReplyRefused": _reply_refused,
    "AttachmentRefused": _attachment_refused,
    "ResponsesRefused": _responses_refused,
    "AttachmentMissing": lambda d: _(
        "This file is not on this computer. Get it from the hub, or ask whoever attached it."
    ),
    "NotEntitled": lambda d: _("You may not do this. Ask somebody in your organisation who may."),
    "PracticeOnly": lambda d: _(
        "This is practice: nothing in {path} is ever sent, exported, backed up or counted. Go back to your "
        "real records for that."
    ).format(path=_path(d)),
    "Cancelled": lambda d: _("Stopped. What was already done stays."),
    "SyncError": lambda d: _(
        "The round with the hub did not finish. Nothing is lost; it is tried again later."
    ),
    "Offline": lambda d: _("No connection to the hub. Records wait on this computer, encrypted."),
    "HubTimedOut": lambda d: _("The hub did not answer in time. Nothing is lost; it is tried again later."),
    "HubAnswerUnreadable": lambda d: _(
        "What answered is not a hub, or its answer was cut off. Check the address and the network; nothing "
        "is lost."
    ),
    "HubNotTrusted": lambda d: _(
        "The connection to {url} is not safe, so nothing was sent. Check the address, or ask your network "
        "administrator about its certificate."
    ).format(url=ltr(str(d.get("url", "")))),
    "SignInRefused": lambda d: _(
        "The hub no longer knows this computer. Join again with a new code; your records stay here."
    ),
    "DeviceRevoked": lambda d: _(
        "Your organisation has withdrawn this computer from its hub. Ask your manager what to do next."
    ),
    "DeviceTwice": lambda d: _(
        "Another computer uses a copy of this folder. This one gets a number of its own at the next try."
    ),
    "EnrolmentRefused": _enrolment_refused,
    "NotEnrolled": lambda d: _(
        "This computer works alone: it has joined no hub, so there is nothing to send."
    ),
    "RoundUnderWay": lambda d: _("A round with the hub is already under way. Its result comes by itself."),
    "HubRefused": _hub_refused,
}


def _look_again(label: str, details: Details) -> str:
    return _("Look at “{question}” again").format(question=label)


_PROBLEM_WORDS: dict[str, Callable[[str, Details], str]] = {
    "required": lambda label, d: _("Answer “{question}”, or say why not").format(question=label),
    "constraint": lambda label, d: _("The answer to “{question}” does not fit").format(question=label),
    "not_a_number": lambda label, d: _("Give “{question}” as a number").format(question=label),
    "not_whole": lambda label, d: _("Give “{question}” as a whole number").format(question=label),
    "not_a_date": lambda label, d: _(
        "Give “{question}” as a date, for example 27 3 2026 or March 2026"
    ).format(question=label),
    "not_a_choice": lambda label, d: _("Choose one of the answers to “{question}”").format(question=label),
    "not_text": lambda label, d: _("Give “{question}” in words").format(question=label),
    "service_without_name": lambda label, d: _("Give the service a name in “{question}”").format(
        question=label
    ),
}
