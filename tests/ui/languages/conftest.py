"""The desk of the record page, in every language of the screens."""

from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
