"""The desk of the record page."""

from tests.ui.record.desk_fixtures import clock, desk, keyring, library, make_desk, ready_folder

__all__ = ["clock", "desk", "keyring", "library", "make_desk", "ready_folder"]
