"""Mail that lies in files: each message once, what cannot be read told, the rest still read."""

import mailbox
from pathlib import Path

import pytest

from intake_app.channels.email.files import LARGEST_BYTES, Found, found_in
from intake_app.channels.email.message import Aside, read

REAL = Path(__file__).parents[5] / "shared" / "data" / "outlook_msg"
ONE = b"From: a@example.org\r\nSubject: One\r\n\r\nWords\r\n"


def reasons(found: list[Found]) -> dict[str, str]:
    return {one.path.name: one.reason for one in found}


def test_a_folder_gives_every_message_in_it_in_order_and_tells_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(ONE)
    (tmp_path / "a.EML").write_bytes(ONE.replace(b"One", b"Two"))
    (tmp_path / "empty.eml").write_bytes(b"\n")
    (tmp_path / "damaged.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing")
    (tmp_path / "notes.docx").write_bytes(b"not mail")
    with (tmp_path / "huge.eml").open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    found = list(found_in([tmp_path]))
    assert reasons(found) == {
        "a.EML": "", "b.eml": "", "damaged.msg": "unreadable", "empty.eml": "empty", "huge.eml": "too_large"
    }  # fmt: skip
    assert [read(one.raw).subject for one in found if one.raw] == ["Two", "One"]


def test_a_file_that_is_not_there_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "there.eml").write_bytes(ONE)
    found = list(found_in([tmp_path / "gone.eml", tmp_path / "there.eml"]))
    assert reasons(found) == {"gone.eml": "missing", "there.eml": ""}


@pytest.mark.parametrize("name", ["box.mbox", "box"])
def test_a_mailbox_file_gives_its_messages_one_by_one(tmp_path: Path, name: str) -> None:
    box = mailbox.mbox(tmp_path / name)
    for number in range(3):
        box.add(ONE.replace(b"One", b"Number %d" % number) + b"From here on it hurt.\r\n")
    box.close()
    found = [one.raw for one in found_in([tmp_path / name])]
    assert [read(raw or b"").subject for raw in found] == ["Number 0", "Number 1", "Number 2"]
    assert all(b"it hurt" in (raw or b"") for raw in found)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real messages are not on this computer")
def test_outlooks_own_files_are_read(tmp_path: Path) -> None:
    found = list(found_in([REAL]))
    assert len(found) == 27
    assert not [one for one in found if one.raw is None]
    messages = {one.path.name: read(one.raw or b"") for one in found}
    assert sum(1 for one in messages.values() if one.words.strip()) >= 25
    assert messages["attachments.msg"].aside is Aside.BOUNCE
    assert messages["chinese message un_garbled.msg"].subject == "测试邮件"
    reply = messages["simple reply with CC.msg"]
    assert reply.words.strip() == "This is a dummy CC test mail."
    assert len(reply.quoted) > 4_000
