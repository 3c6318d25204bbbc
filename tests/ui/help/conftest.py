"""Help at an operator's desk."""

from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
