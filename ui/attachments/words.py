"""Attached files in words: name, type, size, and where their bytes are."""

from intake_app import formats
from intake_app.attachments import AttachedFile, ending
from intake_app.i18n import _
from intake_app.store.attachments import FileState
from intake_app.text import fsi


def file_words(file: AttachedFile, state: FileState, alone: bool, in_draft: bool = False) -> str:
    """One row: ``Letter.pdf, PDF document, 1.2 MB. On this computer, encrypted``."""
    words = _("{file}. {where}").format(file=file_in_words(file), where=state_words(state, alone, in_draft))
    return f"{words}. {running_words()}" if file.runs else words


def file_in_words(file: AttachedFile) -> str:
    """Wherever its bytes are: ``Letter.pdf, PDF document, 1.2 MB``."""
    return _("{name}, {type}, {size}").format(
        name=fsi(file.name), type=type_words(file), size=formats.size(file.size)
    )


def type_words(file: AttachedFile) -> str:
    known = {
        "image/png": _("picture"),
        "image/jpeg": _("picture"),
        "application/pdf": _("PDF document"),
        "text/plain": _("text"),
    }
    if file.media_type in known:
        return known[file.media_type]
    end = ending(file.name)
    return _("{ending} file").format(ending=end.upper()) if end else _("file of an unknown type")


def state_words(state: FileState, alone: bool, in_draft: bool) -> str:
    if not state.here:
        return _("Asked for, comes from the hub") if state.wanted else _("At the hub, not on this computer")
    if in_draft or alone:
        return _("On this computer, encrypted")
    return _("Received by the hub") if state.sent else _("On this computer, encrypted. Still to be sent")


def running_words() -> str:
    return _("May run as a program: never opened here")


def running_warning(file: AttachedFile) -> str:
    return _(
        "{name} is of a type that may run as a program on a computer, or has such parts in it. Intake never "
        "opens it. Save a copy only if you know who sent it and your organisation lets you."
    ).format(name=fsi(file.name))


def outside_warning(file: AttachedFile, place: str) -> str:
    return _(
        "Another program shows {name}. For this a copy that is not encrypted is written to {place}. It is "
        "removed when Intake closes, at the latest when it opens again. What you change in it is not kept."
    ).format(name=fsi(file.name), place=place)


def saved_warning(file: AttachedFile) -> str:
    return _("Saved a copy of {name}. It is not encrypted; whoever has the file can read it.").format(
        name=fsi(file.name)
    )


def picture_words(file: AttachedFile, page: int, pages: int) -> str:
    """What a screen reader says of it: nobody has described what it shows."""
    return _("Picture, {name}, page {page} of {pages}").format(name=fsi(file.name), page=page, pages=pages)
