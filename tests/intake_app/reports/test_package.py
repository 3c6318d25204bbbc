"""The encrypted package: opens with its passphrase, and with nothing else."""

import io
from pathlib import Path

import pytest

from intake_app.errors import FileRefused, WrongPassphrase
from intake_app.reports import package
from intake_app.reports.package import Packer, unpack


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MEMORY_KIB", 64)
    monkeypatch.setattr(package, "PASSES", 1)
    monkeypatch.setattr(package, "LANES", 1)
    monkeypatch.setattr(package, "CHUNK_BYTES", 100)


def _packed(content: bytes, passphrase: str = "open sesame") -> bytes:
    out = io.BytesIO()
    with Packer(out, passphrase, "inside.csv") as packer:
        for start in range(0, len(content), 33):
            packer.write(content[start : start + 33])
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 1000])
def test_what_was_packed_is_unpacked(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    path = tmp_path / "p.intake-export"
    path.write_bytes(_packed(content))
    (tmp_path / "folder").mkdir()
    found = unpack(path, tmp_path / "folder", "open sesame")
    assert found == tmp_path / "folder" / "inside.csv"
    assert found.read_bytes() == content


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p"
    path.write_bytes(_packed(b"x" * 500))
    with pytest.raises(WrongPassphrase):
        unpack(path, tmp_path / "out", "open says me")
    assert not (tmp_path / "out").exists()


def test_any_change_is_noticed(tmp_path: Path) -> None:
    whole = _packed(b"x" * 250)
    path = tmp_path / "p"
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((FileRefused, WrongPassphrase)):
            unpack(path, tmp_path / "out", "open sesame")
    assert [one.name for one in tmp_path.iterdir()] == ["p"]


def test_cutting_off_and_swapping_are_noticed(tmp_path: Path) -> None:
    whole = _packed(b"a" * 100 + b"b" * 100 + b"c" * 100)
    start = len(whole) - 3 * 116
    chunks = [whole[start + number * 116 : start + (number + 1) * 116] for number in range(3)]
    path = tmp_path / "p"
    for order in ([0, 1], [0], [], [1, 0, 2], [0, 0, 1, 2], [0, 2]):
        path.write_bytes(whole[:start] + b"".join(chunks[number] for number in order))
        with pytest.raises((FileRefused, WrongPassphrase)):
            unpack(path, tmp_path / "out", "open sesame")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"INTAKE-EXPORT-1\n",
        b"INTAKE-EXPORT-1\n\xff\xff\xff\xff",
        b"INTAKE-EXPORT-1\n\x00\x00\x00\x02{}",
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        unpack(path, tmp_path / "out", "open sesame")


def test_a_package_cannot_write_outside_the_folder(tmp_path: Path) -> None:
    out = io.BytesIO()
    with Packer(out, "p", "../../evil.csv") as packer:
        packer.write(b"x")
    (tmp_path / "p").write_bytes(out.getvalue())
    (tmp_path / "folder").mkdir()
    assert unpack(tmp_path / "p", tmp_path / "folder", "p") == tmp_path / "folder" / "evil.csv"
