"""The list of call-backs, at the same desk as the record page."""

from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
