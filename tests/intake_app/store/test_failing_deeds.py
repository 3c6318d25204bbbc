"""The long proof of failing writes in short: every seventh write of a deed fails, and nothing is missing."""

from pathlib import Path

import pytest

from tests.proving.deeds import DEEDS, Deed
from tests.proving.failing import small_disk
from tests.proving.write_faults import at_write, on_full_disk

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


def test_a_backup_on_a_disk_that_is_really_full_says_so(tmp_path: Path) -> None:
    (backing_up,) = (deed for deed in DEEDS if deed.name == "back up")
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("needs to mount a disk of its own: root on Linux")
        attempt = on_full_disk(backing_up, disk, 64)
    assert (attempt.error, attempt.broken) == ("DiskFull", "")
