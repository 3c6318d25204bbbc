"""The long proof of failing writes in short: every seventh write of each deed fails, and nothing is missing."""

import pytest

from tests.proving.deeds import DEEDS, Deed
from tests.proving.write_faults import at_write

EVERY = 7


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_whose_writes_fail_loses_nothing_and_can_be_done_afterwards(deed: Deed) -> None:
    nth, said = 1, []
    while (attempt := at_write(deed, nth)).failed or attempt.broken:
        assert attempt.broken == ""
        said.append(attempt.error)
        nth += EVERY
    assert set(said) == {"DiskFull"}
