"""The sub-commands as scripts and the window use them: exit code 0, or 1 with one sentence on stderr."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.approvals import Approval
from intake_app.cli import main
from intake_app.cli.opening import Secrets, open_folder
from intake_app.store.directory_exchange import directory_lock
from intake_app.store.opening import open_store
from intake_app.times import IdMaker, system_clock
from tests.intake_app.services.service_files import ods_row, weekly, weekly_row, written
from ui.messages import sentence

ROOT = Path(__file__).resolve().parents[3]
Said = tuple[int, str, str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "passphrase").write_text("open sesame\n")
    monkeypatch.setenv("INTAKE_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("INTAKE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def intake(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*arguments: str | Path) -> Said:
        code = main([str(one) for one in arguments], sentence)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def services(tmp_path: Path) -> Path:
    return written(tmp_path, "epraccur.csv", "\n".join([ods_row(), ods_row("A00002"), ods_row("?")]))


def test_services_are_counted_in_one_line_and_refused_rows_named(
    intake: Callable[..., Said], services: Path
) -> None:
    code, out, err = intake("import-services", services)
    assert code == 0
    assert out == "added 2, renamed 0, closed 0, reopened 0, moved 0, phone changed 0, refused 1\n"
    assert "epraccur.csv, line 3: its code is not one that the publisher gives" in err
    assert intake("import-services", services)[1].startswith("added 0,")


def test_the_first_import_makes_the_store_and_tells_its_recovery_code(
    intake: Callable[..., Said], folder: Path, services: Path
) -> None:
    _code, _out, err = intake("import-services", services)
    told = err.split("kept nowhere else: ")[1].split("\n")[0]
    with open_store(folder, recovery_code=told, clock=system_clock, ids=IdMaker(system_clock)) as store:
        assert store.directory.get("ods:A00001") is not None
    assert "recovery code" not in intake("import-services", services)[2]


def test_emails_are_counted_in_one_line_and_those_left_out_named(
    intake: Callable[..., Said], services: Path, tmp_path: Path
) -> None:
    intake("import-services", services)
    mail = tmp_path / "mail"
    mail.mkdir()
    (mail / "one.eml").write_bytes(b"From: a@example.org\r\nSubject: One\r\n\r\nWords\r\n")
    (mail / "two.eml").write_bytes(b"From: mailer-daemon@example.org\r\n\r\nNo\r\n")
    (mail / "three.eml").write_bytes(b"")
    code, out, err = intake("import-mail", mail)
    assert (code, out) == (0, "added 2, already there 0, set aside 1, refused 1\n")
    assert err == f"{mail / 'three.eml'}: it is empty\n"
    assert json.loads(intake("status", "--json")[1])["inbox"] == 1
    code, out, err = intake("import-mail", mail / "gone.eml")
    assert (code, out) == (0, "added 0, already there 0, set aside 0, refused 1\n")
    assert "there is no such file or folder" in err


def test_online_responses_are_counted_in_one_line_and_those_left_out_named(
    intake: Callable[..., Said], folder: Path, services: Path, tmp_path: Path
) -> None:
    intake("import-services", services)
    file = tmp_path / "march.csv"
    file.write_text("ID,Ended,Your story\n1,2026-03-09,Kind.\n2,2026-03-10,Slow.\n3,2026-03-11,,more\n")
    code, out, err = intake("import-responses", file, "--mapping", "Our form")
    assert (code, out) == (1, "")
    assert err.startswith("No form is called Our form on this computer.")
    code, out, err = intake("look-at-responses", file)
    assert (code, out) == (0, "ID: response\nEnded: received\nYour story: story\n")
    looked = json.loads(intake("look-at-responses", file, "--progress-json")[1].splitlines()[-1])
    with open_folder(folder, Secrets(), system_clock, IdMaker(system_clock)) as store:
        store.web_forms.keep("Our form", looked["mapping"] | {"name": "Our form"})
    told = "added 2, to check 0, already there 0, changed 0, erased before 0, refused 1\n"
    left = "Row 4: it has more cells than the file has titles, so its cells may be in wrong columns\n"
    asked = ("import-responses", file, "--mapping", "OUR FORM", "--partner", "Mind")
    assert intake(*asked, "--dry-run") == (0, told, left)
    assert json.loads(intake("status", "--json")[1])["records"] == 0
    assert intake(*asked) == (0, told, left)
    assert intake(*asked)[1].startswith("added 0, to check 0, already there 2,")
    assert json.loads(intake("status", "--json")[1])["records"] == 2
    code, out, err = intake("import-responses", tmp_path / "gone.csv", "--mapping", "Our form")
    assert (code, err) == (1, f"There is no file {tmp_path / 'gone.csv'}. Check its name.\n")


def test_without_a_shared_mailbox_fetching_says_so(intake: Callable[..., Said], services: Path) -> None:
    intake("import-services", services)
    assert intake("fetch-mail") == (
        1, "", "No shared mailbox is set up on this computer. Set it up under “Emails”.\n"
    )  # fmt: skip


def test_status_is_json_with_every_count(intake: Callable[..., Said], services: Path) -> None:
    intake("import-services", services)
    code, out, err = intake("status", "--json")
    assert (code, err) == (0, "")
    status = json.loads(out)
    assert status.pop("services") > 190
    assert status == {
        "records": 0, "items": 0, "feedback": 0, "enquiries": 0, "drafts": 0, "waiting": 0, "conflicts": 0,
        "quarantined": 0, "inbox": 0,
        "last_sync": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--json"], ["export", "--format", "csv", "out.csv"], ["sync"], ["check-store"],
        ["back-up", "."], ["restore", "missing"], ["import-services", "missing.csv"], ["unpack", "a", "b"],
        ["enrol", "--code", "123"], ["enrol", "--hub", "http://127.0.0.1:9", "--code", "1"], ["nonsense"], [],
        ["export", "out"], ["export", "--format", "odt", "out"], ["import-services"],
        ["status", "--data-dir", "/dev/null/x"], ["import-services", "a.csv", "--data-dir", "/dev/null/x"],
        ["import-services", "a.csv", "--data-dir", "/dev/null"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(
    intake: Callable[..., Said], arguments: list[str]
) -> None:
    code, out, err = intake(*arguments)
    assert (code, out) == (1, "")
    last = err.strip().splitlines()[-1]
    assert len(last) > 20
    assert "Traceback" not in err
    assert not any(mark in err for mark in "\u2066\u2068\u2069")


def test_without_a_store_the_folder_is_named(intake: Callable[..., Said], folder: Path) -> None:
    assert (
        intake("status")[2] == f"There is no store in {folder} yet. Open Intake once, or bring services in.\n"
    )
    assert not folder.exists()


def test_a_wrong_passphrase_is_said(intake: Callable[..., Said], services: Path, tmp_path: Path) -> None:
    intake("import-services", services)
    (tmp_path / "passphrase").write_text("guess")
    code, _out, err = intake("status")
    assert code == 1
    assert "passphrase does not open this store" in err


def test_a_store_is_checked_backed_up_and_restored(
    intake: Callable[..., Said], services: Path, tmp_path: Path
) -> None:
    intake("import-services", services)
    assert intake("check-store")[:2] == (0, "The store is whole: 0 documents, 0 records, 0 drafts\n")
    code, out, _err = intake("back-up", tmp_path)
    assert code == 0
    package = out.removeprefix("Backed up to ").strip()
    assert intake("restore", package)[0] == 1
    code, _out, err = intake("restore", package, "--data-dir", tmp_path / "other")
    assert (code, err) == (0, "")
    assert json.loads(intake("--data-dir", tmp_path / "other", "status", "--json")[1])["services"] > 190


def test_neither_a_backup_nor_an_export_takes_the_place_of_something_else(
    intake: Callable[..., Said], services: Path
) -> None:
    intake("import-services", services)
    before = services.read_bytes()
    code, _out, err = intake("back-up", services)
    assert code == 1
    assert "left as it is" in err
    assert services.read_bytes() == before
    code, _out, err = intake("export", "--format", "csv", os.devnull)
    assert code == 1
    assert not Path(os.devnull).is_file()


def test_a_store_without_its_keys_sends_nobody_after_a_passphrase(
    intake: Callable[..., Said], services: Path, folder: Path
) -> None:
    intake("import-services", services)
    for keys in folder.glob("keys*.json"):
        keys.rename(keys.with_suffix(".away"))
    code, _out, err = intake("status")
    assert code == 1
    assert "Put it back" in err
    assert "recovery code" not in err


def test_a_missing_store_and_a_store_in_the_way_are_told_apart(
    intake: Callable[..., Said], services: Path, folder: Path, tmp_path: Path
) -> None:
    intake("import-services", services)
    package = intake("back-up", tmp_path)[1].removeprefix("Backed up to ").strip()
    assert "already" in intake("restore", package)[2]
    (folder / "intake.store").rename(tmp_path / "moved")
    assert "is missing, although its keys are here" in intake("status")[2]


def test_a_store_with_a_passphrase_says_where_scripts_put_it(
    intake: Callable[..., Said], services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake("import-services", services)
    monkeypatch.delenv("INTAKE_PASSPHRASE_FILE")
    code, _out, err = intake("status")
    assert code == 1
    assert "INTAKE_PASSPHRASE_FILE" in err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to become another user")
def test_a_folder_of_somebody_else_is_one_sentence(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    script = (
        "import os, sys\n"
        "from intake_app.cli import main\n"
        "from ui.messages import sentence\n"
        "from ui.start import asks_before_typing\n"
        "from pathlib import Path\n"
        "main(['status', '--data-dir', '/nowhere'], sentence)  # imports what nobody else may read\n"
        "os.setuid(65534)\n"
        "assert not asks_before_typing(Path(sys.argv[2]))\n"
        "sys.exit(main([sys.argv[1], '--data-dir', sys.argv[2]], sentence))\n"
    )
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_mode & 0o005 != 0o005 and str(parent).startswith("/tmp"):
            parent.chmod(0o755)
    told = subprocess.run(
        [sys.executable, "-c", script, "status", str(private / "data")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert told.returncode == 1
    _warmed_up, said = told.stderr.splitlines()
    assert "may not be read or written" in said


def test_exports_are_written_plain_and_packed(
    intake: Callable[..., Said], services: Path, tmp_path: Path
) -> None:
    intake("import-services", services)
    assert intake("export", "--format", "html", tmp_path / "out.html")[0] == 0
    code, _out, err = intake("export", "--format", "csv", tmp_path / "out.csv", "--encrypt")
    assert (code, err) == (1, "An encrypted package needs a passphrase: add --passphrase-file FILE.\n")
    assert not (tmp_path / "out.csv").exists()
    secret = ["--passphrase-file", tmp_path / "passphrase"]
    assert intake("export", "--format", "csv", tmp_path / "out.csv", "--encrypt", *secret)[0] == 0
    assert intake("unpack", tmp_path / "out.csv.intake-export", tmp_path / "back.csv", *secret)[0] == 0
    assert (tmp_path / "back.csv").read_bytes().startswith(b"\xef\xbb\xbfreference,")


def test_the_log_names_commands_and_faults_only(
    intake: Callable[..., Said], folder: Path, services: Path
) -> None:
    intake("import-services", services)
    intake("import-services", "a secret name.csv")
    log = (folder / "logs" / "intake.log").read_text("utf-8")
    assert "command.import_services" in log
    assert "command.failed" in log
    assert "ServicesRefused" in log
    assert "secret" not in log


def test_the_window_sees_progress_and_the_result_as_json_lines(
    intake: Callable[..., Said], folder: Path, tmp_path: Path, services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake("import-services", services)
    with open_store(folder, "open sesame", clock=system_clock, ids=IdMaker(system_clock)) as store:
        key = store.key_for_child()
    monkeypatch.delenv("INTAKE_PASSPHRASE_FILE")
    files = [written(tmp_path, "w.csv", weekly(weekly_row(), weekly_row("")))]
    common = ["--data-dir", str(folder), "--key-stdin", "--progress-json"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(key + "\n"))
    code, out, err = intake("import-services", *files, *common)
    assert (code, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert all(line["done"] <= line["total"] for line in lines[:-1])
    assert lines[-1]["added"] == 1
    assert lines[-1]["refused"] == 1
    assert lines[-1]["refused_rows"] == [
        {"file": "w.csv", "line": 7, "reason": "it has no code", "code": "no_code"}
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO(key + "\nanother passphrase\n"))
    code, out, _err = intake("back-up", tmp_path, *common)
    package = json.loads(out.splitlines()[-1])["path"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("another passphrase\n"))
    assert intake("restore", package, "--data-dir", tmp_path / "third", "--secret-stdin")[0] == 0


def test_a_wrong_key_is_one_sentence(
    intake: Callable[..., Said], services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake("import-services", services)
    for key in ("00" * 32, "nonsense", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(key + "\n"))
        code, _out, err = intake("status", "--key-stdin")
        assert (code, len(err.splitlines())) == ((1, 1) if key else (0, 0))


def test_sample_data_lies_in_a_folder_of_its_own(intake: Callable[..., Said], folder: Path) -> None:
    code, out, _err = intake("make-demo", "--records", "6")
    assert (code, out) == (0, f"Fictitious records: 6, in {folder}-demo\n")
    assert not folder.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["print-forms", "forms.html"],
        ["export", "--format", "xlsx", "x.xlsx"],
        ["sync"],
        ["--help"],
    ],
)
def test_no_sub_command_loads_qt(folder: Path, command: list[str]) -> None:
    program = (
        "import sys\nfrom ui.__main__ import main\n"
        f"try:\n    main({command!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        # What a command writes must not lie among the sources.
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "[]"


def test_an_import_that_is_ended_keeps_what_it_committed(folder: Path, tmp_path: Path) -> None:
    rows = "\n".join(ods_row(f"A{number:06}", f"SURGERY {number}") for number in range(20_000))
    path = written(tmp_path, "epraccur.csv", rows)
    command = [sys.executable, "-m", "ui", "import-services", str(path), "--progress-json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            told = json.loads(line)
            if told["done"] > 0.6 * told["total"]:
                child.terminate()
                break
        rest, complaint = child.communicate(timeout=60)
    assert child.returncode == 1
    assert complaint.splitlines()[-1] == "Stopped. What was done until then stays."
    assert "added" not in rest
    ids = IdMaker(system_clock)
    with open_store(folder, "open sesame", clock=system_clock, ids=ids) as store:
        assert 0 < store.directory.count() < 20_000
        assert store.check().whole


def test_an_older_edition_is_a_sentence_with_both_dates(intake: Callable[..., Said], tmp_path: Path) -> None:
    newer = written(tmp_path, "n.csv", ods_row(opened="20191106"))
    older = written(tmp_path, "o.csv", ods_row(opened="20190807"))
    assert intake("import-services", newer)[0] == 0
    code, out, err = intake("import-services", older)
    assert (code, out) == (1, "")
    assert "an older edition, of 7 August 2019, than the one held here, of 6 November 2019" in err
    code, out, _err = intake("import-services", "--older", older)
    assert (code, out) == (
        0,
        "added 0, renamed 0, closed 0, reopened 0, moved 0, phone changed 0, refused 0\n",
    )


def test_a_file_with_moved_columns_is_a_sentence_with_its_first_bad_line(
    intake: Callable[..., Said], tmp_path: Path
) -> None:
    rows = [ods_row(f"A{number:05}", postcode="MOVED") for number in range(60)]
    code, out, err = intake("import-services", written(tmp_path, "epraccur.csv", "\n".join(rows)))
    assert (code, out) == (1, "")
    assert "60 of 60 rows" in err
    assert "the first in line 1, because its postcode is none" in err


def test_two_imports_at_once_are_told_apart(
    intake: Callable[..., Said], services: Path, folder: Path
) -> None:
    intake("import-services", services)
    with directory_lock(folder):
        code, _out, err = intake("import-services", services)
    assert code == 1
    assert "other services are being brought in at this moment" in err


def test_sharing_needs_a_hub(intake: Callable[..., Said], services: Path) -> None:
    code, out, err = intake("import-services", "--share", services)
    assert (code, out) == (1, "")
    assert "joined no hub" in err


def test_the_window_is_told_each_change_and_how_many_records_name_it(
    intake: Callable[..., Said], tmp_path: Path
) -> None:
    intake("import-services", written(tmp_path, "1.csv", ods_row()))
    changed = written(tmp_path, "2.csv", ods_row(name="NEW NAME"))
    _code, out, _err = intake("import-services", "--progress-json", changed)
    told = json.loads(out.splitlines()[-1])
    assert (told["renamed"], told["changes_in_all"]) == (1, 1)
    assert told["changes"] == [
        {
            "service": "ods:A00001", "name": "The Example Surgery", "kind": "renamed",
            "before": "The Example Surgery", "after": "New Name", "records": 0,
        }
    ]  # fmt: skip


def test_forms_are_written_with_what_the_office_said_of_their_words(
    intake: Callable[..., Said], services: Path, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "forms.html"
    wanted = ("print-forms", "--language", "ur", "--size", "18", "--count", "2", "--from", "7", out)
    code, said, _err = intake(*wanted)
    assert (code, said) == (0, f"Forms: 2, questions: 45, of these in English: 45, in {out}\n")
    intake("import-services", services)
    with open_store(folder, "open sesame", clock=system_clock, ids=IdMaker(system_clock)) as store:
        store.wordings.approve(Approval(language="ur", shows_drafts=True))
        store.paper.keep("0300 000 0000")
    assert "questions: 45, of these in English: 25," in intake(*wanted)[1]
    assert "questions: 13," in intake(*wanted, "--short", "--no-equality")[1]
    page = out.read_text("utf-8")
    assert 'dir="rtl"' in page
    assert page.count("0300 000 0000") == page.count("<article") == 2


def test_forms_that_cannot_be_are_refused_in_one_sentence(
    intake: Callable[..., Said], tmp_path: Path
) -> None:
    out = tmp_path / "forms.html"
    for wrong, words in (("--size=17", "Letters of 17 points"), ("--language=xx", "no questions in xx")):
        code, _out, err = intake("print-forms", wrong, out)
        assert (code, words in err) == (1, True), err
    assert not out.exists()
    assert "cannot be" in intake("print-forms", tmp_path / "none" / "forms.html")[2]
