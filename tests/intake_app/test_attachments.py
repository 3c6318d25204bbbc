"""Names of files are made safe and honest; what a system might run is told apart from what it shows."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.attaching import attach, manifest_of, put_back, remove, rename
from intake_app.attachments import AttachedFile, media_type_of, safe_name
from intake_app.drafting import Draft
from intake_app.records import Record, SetRef, Sheet
from intake_app.times import Instant

NOW = Instant.parse("2026-11-20T09:14:00.000Z")


def file(name: str, media_type: str = "", sha256: str = "ab" * 32, file_id: str = "1") -> AttachedFile:
    return AttachedFile(id=file_id, name=name, media_type=media_type, size=12, sha256=sha256)


def draft(*files: AttachedFile) -> Draft:
    frame = Sheet(question_set=SetRef(id="frame", version="0"))
    record = Record(id="r", device="d", started=NOW, received=NOW, frame=frame, attachments=files)
    return Draft(record=record)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Letter from Mrs Ali.pdf", "Letter from Mrs Ali.pdf"),
        ("C:\\Users\\sam\\letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\x00b\nc.txt", "a\ufffdbc.txt"),
        ("con.txt", "_con.txt"),
        ('what? "who".docx', "what_ _who_.docx"),
        ("program.exe. . ", "program.exe"),
        ("...", ""),
        ("خطاب.pdf", "خطاب.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_what_people_may_read_and_every_system_may_store(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text())
def test_no_name_leads_anywhere_else_or_turns_the_writing_round(text: str) -> None:
    name = safe_name(text)
    assert len(name) <= 120
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in name)
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "start", "media_type"),
    [
        ("scan.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("scan.txt", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("scan.png", b"not a picture", "application/octet-stream"),
        ("letter.pdf", b"MZ\x90", "application/x-msdownload"),
        ("letter.txt", b"Dear", "text/plain"),
        ("letter", b"Dear", "application/octet-stream"),
    ],
)
def test_the_type_is_what_the_file_is_and_not_what_its_name_promises(
    name: str, start: bytes, media_type: str
) -> None:
    assert media_type_of(name, start) == media_type


@pytest.mark.parametrize(
    "name", ["a.exe", "a.JS", "a.html", "a.svg", "a.docm", "a.xls", "a.lnk", "letter.pdf.exe", "a.exe. "]
)
def test_what_a_system_might_run_is_told_by_its_name(name: str) -> None:
    assert file(name).runs


def test_a_program_is_told_whatever_it_is_called() -> None:
    assert file("letter.pdf", "application/x-msdownload").runs
    assert not file("letter.pdf", "application/pdf").runs
    assert file("scan.png", "image/png").is_picture


def test_files_are_attached_once_renamed_removed_and_put_back_where_they_stood() -> None:
    one, two = file("one.pdf"), file("two.pdf", sha256="cd" * 32, file_id="2")
    begun = attach(attach(draft(), one), two)
    assert attach(begun, one.model_copy(update={"id": "3"})) == begun
    renamed = rename(begun, "1", "first.pdf")
    assert [each.name for each in renamed.record.attachments] == ["first.pdf", "two.pdf"]
    gone = remove(begun, "1")
    assert gone.record.attachments == (two,)
    assert put_back(gone, one, 0) == begun
    with pytest.raises(KeyError):
        remove(gone, "1")


def test_the_envelope_names_each_file_once_whatever_their_order() -> None:
    one, two = file("one.pdf"), file("two.pdf", sha256="00" * 32, file_id="2")
    again = one.model_copy(update={"id": "3"})
    told = manifest_of(draft(one, two, again).record)
    assert [each.name for each in told] == ["two.pdf", "one.pdf"]
    assert told == manifest_of(draft(two, one).record)


def test_a_record_without_files_reads_as_it_always_did() -> None:
    before = draft().record
    assert "attachments" not in before.to_json()
    assert Record.parse(before.to_json()).attachments == ()
