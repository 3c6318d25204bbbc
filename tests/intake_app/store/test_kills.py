"""The long proof of kills in short: thirty programs killed at work, and nothing acknowledged is lost."""

import sys

import pytest

from tests.proving.kills import killed
from tests.proving.kills_at_work import MOST_TYPING_LOST_S

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.slow,
]


@pytest.mark.parametrize(
    ("kind", "kills"), [("typing", 6), ("finishing", 14), ("syncing", 5), ("migrating", 5)], ids=str
)
def test_nothing_acknowledged_is_lost_and_nothing_is_damaged(kind: str, kills: int) -> None:
    harm = killed(kind, f"test {kind}", kills)
    assert harm.lost == ""
    assert harm.kills == kills
    assert harm.acknowledged >= kills
    assert harm.most_typing_lost_s <= MOST_TYPING_LOST_S
