"""Records that were no feedback on care are not counted; those in which something was promised are found."""

from intake_app.store.outcomes_anew import run

__all__ = ["run"]
