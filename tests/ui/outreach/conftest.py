"""Outreach at the same desk as the record page."""

from tests.ui.office.conftest import Office, office
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures

__all__ = ["Office", "office"]
