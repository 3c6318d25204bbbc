"""The log holds events and counts, never what somebody said or who they are."""

import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app import logs
from intake_app.errors import StoreReadOnly

RECORD = "019a5b6c-1d2e-7f30-8a4b-5c6d7e8f9a0b"


def test_events_are_written_with_their_ids_and_counts(tmp_path: Path) -> None:
    with logs.Log(tmp_path) as log:
        logs.event("record.saved", id=RECORD, items=2, seconds=0.25, ok=True)
    line = log.path.read_text("utf-8")
    assert line.rstrip().endswith(f"INFO record.saved id={RECORD} items=2 seconds=0.25 ok=True")


@pytest.mark.parametrize(
    "said", ["She never washed me", "07700 900123", "Asha Begum", "asha@example.org", "asha"]
)
def test_words_numbers_and_names_never_reach_the_file(tmp_path: Path, said: str) -> None:
    with logs.Log(tmp_path) as log:
        logs.event("record.saved", words=said)
        logs.event(said)
        logging.getLogger("somebody.else").warning("cannot store %s", said)
        try:
            try:
                raise ValueError(said)
            except ValueError as error:
                raise StoreReadOnly(path=said) from error
        except StoreReadOnly as error:
            logs.fault("store.failed", error, number=said)
        try:
            raise KeyError(said)
        except KeyError:
            logging.getLogger("sqlalchemy").exception("parameters: %r", said)
    text = log.path.read_text("utf-8")
    assert said not in text
    assert "store.failed number=hidden" in text
    assert "StoreReadOnly" in text
    assert "ValueError" in text
    assert "test_logs.py:" in text
    assert "somebody.else" in text


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.text(min_size=1).filter(lambda text: " " in text.strip() or not text.isascii()))
def test_no_text_of_any_kind_gets_through(said: str) -> None:
    record = logging.LogRecord("intake", logging.INFO, "place", 1, said, (said,), None)
    record.intake_facts = {"fact": said, said: 1}
    record.asctime = ""
    line = logs.WithoutWords().format(record)
    assert line.split(" INFO ")[1] == "hidden fact=hidden hidden=1"


def test_the_log_begins_anew_before_it_grows_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST_FILE_BYTES", 1000)
    with logs.Log(tmp_path) as log:
        for number in range(200):
            logs.event("round.done", number=number)
    files = sorted(path.name for path in log.path.parent.iterdir())
    assert files == ["intake.log", "intake.log.1", "intake.log.2", "intake.log.3"]
    assert all(path.stat().st_size <= 1000 for path in log.path.parent.iterdir())


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    with logs.Log(tmp_path):
        logs.event("record.saved")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a device that is always full")
def test_a_full_disk_keeps_the_log_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "intake.log").symlink_to("/dev/full")
    with logs.Log(tmp_path):
        logs.event("record.saved", items=2)
        logs.fault("store.failed", StoreReadOnly(path="here"))
    assert capfd.readouterr() == ("", "")
