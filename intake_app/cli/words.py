"""The command line's own sentences; those for errors come from whoever starts it (``ui.messages``)."""

from collections.abc import Callable
from datetime import date

from intake_app import formats
from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.services.model import ImportReport, Reason, RefusedRow
from intake_app.store.summaries import Finding
from intake_app.text import without_isolates

Sentence = Callable[[IntakeError], str]

_REASONS: dict[str, Callable[[], str]] = {
    Reason.NO_CODE: lambda: _("it has no code"),
    Reason.CODE_NOT_VALID: lambda: _("its code is not one that the publisher gives"),
    Reason.NO_NAME: lambda: _("it has no name"),
    Reason.COLUMN_COUNT: lambda: _("it has not as many cells as the file has columns"),
    Reason.POSTCODE_NOT_VALID: lambda: _("its postcode is none"),
    Reason.DATE_NOT_VALID: lambda: _("a date in it is none"),
    Reason.PHONE_NOT_VALID: lambda: _("its telephone number is of another column"),
    Reason.STATUS_NOT_KNOWN: lambda: _("its status is none that is known"),
    Reason.SHIFTED: lambda: _("its cells stand in the wrong columns"),
    Reason.TWICE: lambda: _("the file has this code already"),
    Reason.NOT_A_SERVICE: lambda: _("it is a company, not a place of care"),
    Reason.UNREADABLE: lambda: _("it cannot be read"),
    Reason.KIND_UNKNOWN: lambda: _("it is not a list of services in a layout known here"),
    Reason.SPREADSHEET: lambda: _("it is a spreadsheet; save it as CSV first"),
    Reason.EMPTY: lambda: _("it is empty"),
    Reason.ARCHIVE_DAMAGED: lambda: _("the archive is damaged"),
    Reason.TOO_LARGE: lambda: _("it is larger than any list of services"),
    Reason.UNDER_WAY: lambda: _("other services are being brought in at this moment; try again soon"),
}


_FILE_REASONS: dict[str, Callable[[], str]] = {
    "no_such_folder": lambda: _("{path} cannot be written: there is no such folder, or it is one itself."),
    "reason_missing": lambda: _("Say why personal details are to be taken out: add --reason “…”."),
    "passphrase_missing": lambda: _("An encrypted package needs a passphrase: add --passphrase-file FILE."),
    "passphrase_file": lambda: _("The file {path}, which should hold the passphrase, cannot be read."),
    "not_a_package": lambda: _("{path} is no encrypted export that Intake made, or it was cut off."),
    "altered": lambda: _("{path} was altered or cut off after it was made. Nothing was unpacked."),
}


def reason_words(reason: str) -> str:
    """Why a row or a file of services was left out."""
    words = _REASONS.get(reason)
    return words() if words else reason


_MAIL_REASONS: dict[str, Callable[[], str]] = {
    "missing": lambda: _("{path}: there is no such file or folder"),
    "empty": lambda: _("{path}: it is empty"),
    "too_large": lambda: _("{path}: it is larger than 100 MB"),
    "unreadable": lambda: _("{path}: it is damaged, or no email"),
}


def refused_mail(path: str, reason: str) -> str:
    """Why an email, or a file of emails, was left out."""
    return _MAIL_REASONS[reason]().format(path=path)


def refused_row(row: RefusedRow) -> str:
    return _("{file}, line {line}: {reason}").format(
        file=row.file, line=row.line, reason=reason_words(row.reason)
    )


def counts(report: ImportReport) -> str:
    """The one line that scripts read; never translated in its words or order."""
    parts = {
        "added": report.added, "renamed": report.renamed, "closed": report.closed,
        "reopened": report.reopened, "moved": report.moved, "phone changed": report.phone_changed,
        "refused": len(report.refused),
    }  # fmt: skip
    return ", ".join(f"{what} {count}" for what, count in parts.items())


def files_left(count: int) -> str:
    """Of records that the hub has received."""
    return ngettext(
        "Received; {count} attachment still to send", "Received; {count} attachments still to send", count
    ).format(count=count)


def finding(found: Finding) -> str:
    """A finding's stable name with its tables and ids, which hold nothing that anybody said."""
    details = ", ".join(f"{name} {value}" for name, value in found.details.items())
    return f"{found.code}: {details}" if details else found.code


def sentence_of(error: IntakeError, sentence: Sentence | None) -> str:
    """One line for standard error."""
    special = _own_sentence(error)
    if special:
        return special
    if sentence is not None:
        return " ".join(without_isolates(sentence(error)).split())
    # Whoever calls the command line without words still learns what happened and where.
    place = str(error.details.get("path", ""))
    return f"{type(error).__name__}: {place}" if place else type(error).__name__


def _day(iso: object) -> str:
    return formats.long_date(date.fromisoformat(str(iso)))


def _own_sentence(error: IntakeError) -> str:
    details, kind = error.details, type(error).__name__
    if kind == "ServicesRefused" and details.get("reason") == Reason.OLDER:
        return _(
            "No services were brought in: {path} is an older edition, of {dated}, than the one held here, of "
            "{held}. Choose the newer file, or say that you want the older one."
        ).format(
            path=details.get("path", ""), dated=_day(details.get("dated")), held=_day(details.get("held"))
        )
    if kind == "ServicesRefused" and details.get("reason") == Reason.MOSTLY_BROKEN:
        return _(
            "No services were brought in: {broken} of {rows} rows of {path} do not fit, the first in line "
            "{line}, because {reason}. The columns may have been moved; get the file as it was published."
        ).format(
            path=details.get("path", ""), broken=details.get("broken"), rows=details.get("rows"),
            line=details.get("line"), reason=reason_words(str(details.get("because", ""))),
        )  # fmt: skip
    if kind == "ServicesRefused":
        return _("No services were brought in: {path} was refused, because {reason}.").format(
            path=details.get("path", ""), reason=reason_words(str(details.get("reason", "")))
        )
    if kind == "KeyMissing" and details.get("no_store"):
        return _("There is no store in {path} yet. Open Intake once, or bring services in.").format(
            path=details.get("path", "")
        )
    if kind == "KeyMissing" and details.get("passphrase_wanted"):
        return _(
            "The store in {path} opens with a passphrase: name the file that holds it in "
            "INTAKE_PASSPHRASE_FILE."
        ).format(path=details.get("path", ""))
    if kind == "DiskFull":
        return _("The disk of {path} is full. Make room there, then try again.").format(
            path=details.get("path", "")
        )
    if kind == "StoreReadOnly":
        return _(
            "{path} may not be read or written. Ask for the right to do so, or choose another folder."
        ).format(path=details.get("path", ""))
    if kind == "NotEntitled" and details.get("act") == "export_plain":
        return _(
            "This computer may not write a plain file of its records. Add --encrypt: the encrypted package "
            "can be read by those who have its passphrase."
        )
    if kind == "NotEntitled" and details.get("act") == "export_persons":
        return _("This computer may not take out persons or equality answers.")
    if kind == "FileRefused" and (words := _FILE_REASONS.get(str(details.get("reason", "")))):
        return words().format(path=details.get("path", ""))
    if kind == "Cancelled":
        return _("Stopped. What was done until then stays.")
    return ""
