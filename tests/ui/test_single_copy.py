"""A second copy asks the first to come forward, with the caller's number kept out of sight."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.single_copy import Doorbell, server_name, take_lock

ASK = """
import sys
from pathlib import Path
from ui.single_copy import ask_to_come_forward, take_lock
assert take_lock(Path(sys.argv[1])) is None, "the first copy holds the lock"
sys.exit(0 if ask_to_come_forward(Path(sys.argv[1]), sys.argv[2], sys.argv[3]) else 1)
"""


def test_a_second_copy_rings_and_the_first_hears_channel_and_number(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    lock = take_lock(tmp_path)
    assert lock is not None
    bell = Doorbell(tmp_path)
    rung: list[tuple[str, str]] = []
    bell.rung.connect(lambda channel, number: rung.append((channel, number)))

    with subprocess.Popen([sys.executable, "-c", ASK, tmp_path, "phone", "020 7946 0018"]) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=15_000)
        assert second.returncode == 0
    qtbot.waitUntil(lambda: bool(rung))

    assert rung == [("phone", "020 7946 0018")]
    bell.close()
    lock.unlock()


def test_the_lock_is_free_again_when_its_window_is_gone(tmp_path: Path) -> None:
    first = take_lock(tmp_path)
    assert first is not None
    assert take_lock(tmp_path) is None

    first.unlock()

    again = take_lock(tmp_path)
    assert again is not None
    again.unlock()


def test_nonsense_at_the_door_is_ignored(app: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    bell = Doorbell(tmp_path)
    rung: list[str] = []
    bell.rung.connect(lambda channel, _number: rung.append(channel))

    for line in (b"", b"\xff\xfe", b"[1, 2]", b'"words"', b'{"new": '):
        bell._ring(line)

    assert rung == []
    bell.close()


def test_the_name_of_the_door_tells_nothing_of_the_folder(tmp_path: Path) -> None:
    assert tmp_path.name not in server_name(tmp_path)
    assert server_name(tmp_path) != server_name(tmp_path / "other")


def test_a_folder_that_cannot_be_written_still_opens_a_window(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert take_lock(tmp_path / "file") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folders of one person from others")
def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    lock = take_lock(tmp_path / "data")
    assert lock is not None
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    lock.unlock()
