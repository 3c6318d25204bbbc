"""Why the screens, or the questions on them, are in English although another language was chosen."""

from intake_app import i18n
from intake_app.forms.library import Library
from ui import translation
from ui.messages import sentence


def language_troubles(library: Library) -> list[str]:
    """One sentence for each thing that stands in the way; English is shown meanwhile."""
    found = [
        translation.trouble(),
        *(one for one in library.troubles if one.details["tag"] == i18n.language()),
    ]
    return [sentence(one) for one in found if one is not None]
