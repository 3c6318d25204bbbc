"""The long proof of failing writes in short: every seventh write of a deed fails, and nothing is missing."""

import pytest

from tests.proving.deeds import DEEDS, Deed
from tests.proving.write_faults import at_write

EVERY = 7


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_whose_writes_fail_loses_nothing_and_can_be_done_afterwards(deed: Deed) -> None:
    assert set(_said(deed, EVERY)) == {"DiskFull"}


def test_a_backup_that_failed_in_its_last_write_leaves_no_package_in_the_way() -> None:
    (backing_up,) = (deed for deed in DEEDS if deed.name == "back up")
    assert len(_said(backing_up, 1)) > 3


def _said(deed: Deed, every: int) -> list[str]:
    nth, said = 1, []
    while (attempt := at_write(deed, nth)).failed or attempt.broken:
        assert attempt.broken == ""
        said.append(attempt.error)
        nth += every
    return said
