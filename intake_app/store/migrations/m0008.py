"""Records whose story waits for a translation are fed to the search index anew, with the word for it."""

from intake_app.store.untranslated import run

__all__ = ["run"]
