"""The first records as they would be, in words, with the details that would go under seal."""

from collections.abc import Sequence

from intake_app import formats
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.i18n import _
from ui.record_list.record_words import record_words, sheet_words


def preview_words(first: Sequence[tuple[int, Draft]], library: Library) -> str:
    """Each headed by its row in the file; empty for none."""
    return "\n\n".join(_one(row, draft, library) for row, draft in first)


def _one(row: int, draft: Draft, library: Library) -> str:
    waits = draft.record.finished is None
    heading = _("Row {row}: to be looked through first") if waits else _("Row {row}: a finished record")
    parts = [heading.format(row=formats.number(row)), record_words(draft.record, library)]
    if draft.person is not None:
        parts.append(sheet_words(_("Who told us, under seal"), draft.person, library))
    if draft.equality is not None:
        parts.append(sheet_words(_("Equality, kept apart"), draft.equality, library))
    return "\n\n".join(parts)
