"""Emails, at the same desk as the record page; and a shared mailbox."""

from tests.intake_app.channels.email.mail_office import office, running  # noqa: F401  fixtures
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
