"""What an organisation says of its wording in a language: its own words, who checked them, what is shown."""

from pydantic import Field

from intake_app.bodies import Body, StoredInstant


class Approval(Body):
    """The body of a wording document; of several for one language the latest holds.

    ``reviewed_by`` is the native speaker who checked the words whose hashes are in ``hashes`` (by question
    set's id, and ``code_lists``); empty for nobody. ``shows_drafts``: people are shown unreviewed words too,
    marked as drafts, but for those that must never be wrong. ``by`` is a staff member's id.
    """

    language: str
    reviewed_by: str = ""
    shows_drafts: bool = False
    hashes: dict[str, str] = Field(default_factory=dict)
    at: StoredInstant | None = None
    by: str = ""


class WordedSheet(Body):
    """An organisation's own wording of one part in one language, in place of the one that was shipped.

    ``part`` is a question set's id or ``code_lists``; ``sheet`` the CSV text, as in the shipped ``wording``
    folders. Of several for one part and language the latest holds.
    """

    language: str
    part: str
    sheet: str
    at: StoredInstant | None = None
    by: str = ""
