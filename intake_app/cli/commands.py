"""What each sub-command does; errors go up as they are and are put into words in one place."""

import argparse
import contextlib
import dataclasses
import getpass
import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake_app import logs, settings
from intake_app.assets import asset
from intake_app.cli import import_report, opening, responses, words
from intake_app.cli.opening import Secrets
from intake_app.cli.output import Output
from intake_app.errors import (
    Cancelled,
    EnrolmentRefused,
    FileRefused,
    KeyMissing,
    NotEnrolled,
    PracticeOnly,
    ServicesRefused,
    StoreLocked,
)
from intake_app.i18n import _
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.store.backup import restore
from intake_app.store.directory_exchange import directory_lock
from intake_app.store.opening import FolderState, folder_state
from intake_app.store.store import Store
from intake_app.times import Clock, IdMaker

_LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Work:
    """Where and with what a sub-command works; ``stop`` is asked between transactions."""

    folder: Path
    output: Output
    stop: Callable[[], bool]
    clock: Clock
    ids: IdMaker


def version() -> str:
    try:
        return f"Intake {importlib.metadata.version('intake-app')}"
    except importlib.metadata.PackageNotFoundError:
        return "Intake"


def run(given: argparse.Namespace, work: Work) -> int:
    """The exit code. Raises IntakeError."""
    secrets = opening.read_secrets(given.key_stdin, given.secret_stdin)
    logs.event(f"command.{given.command.replace('-', '_')}")
    return _COMMANDS[given.command](given, work, secrets)


def _import_services(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    store, code = opening.open_or_make(work.folder, secrets, work.clock, work.ids)
    with store:
        _tell_recovery_code(code, work)
        if given.share and not store.exchange.possible:
            raise NotEnrolled
        paths = [Path(name) for name in given.files]
        with directory_lock(work.folder, given.files[0]):
            store.directory.add_subjects(asset("resources/code_lists"))
            share = store.exchange.share() if given.share else None
            report = store.directory.import_files(paths, work.output.progress, work.stop, given.older, share)
        mentions = store.mentions.count(one.service for one in report.changes)
    for row in report.refused:
        if not given.progress_json:
            sys.stderr.write(words.refused_row(row) + "\n")
    work.output.result(words.counts(report), import_report.values(report, mentions))
    return 0


def _import_mail(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.channels.email.files import found_in
    from intake_app.channels.email.taking_in import take_in

    with _open(work, secrets) as store:
        store.not_in_practice()
        found = found_in(Path(name) for name in given.files)
        report = take_in(store.inbox, found, work.output.progress, work.stop)
    refused = [words.refused_mail(str(one.path), one.reason) for one in report.refused]
    if not given.progress_json:
        sys.stderr.writelines(f"{line}\n" for line in refused)
    counted = (
        ("added", report.added), ("already there", report.known), ("set aside", report.aside),
        ("refused", len(refused)),
    )  # fmt: skip
    values = {"added": report.added, "known": report.known, "aside": report.aside, "refused_files": refused}
    work.output.result(", ".join(f"{name} {count}" for name, count in counted), values)
    return 0


def _look_at_responses(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    with _open(work, secrets) as store:
        responses.look(store, given, work.output, work.stop)
    return 0


def _import_responses(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    with _open(work, secrets) as store:
        responses.bring_in(store, given, work.clock, work.output, work.stop)
    return 0


def _keep_attachments(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.channels.email.attached import keep

    with _open(work, secrets) as store:
        found = keep(store, given.message, given.draft, work.clock, work.ids, work.output.progress, work.stop)
    values = {"attached": found.files, "refused": [[one.name, one.reason] for one in found.refused]}
    work.output.result(f"attached {found.files}, refused {len(found.refused)}", values)
    return 0


def _sign_in_mailbox(_given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.channels.email.device_sign_in import Code
    from intake_app.channels.email.fetching import account_of, sign_in
    from intake_app.channels.email.mailbox import MICROSOFT
    from intake_app.sync.web import open_web

    def show(code: Code) -> None:
        told = _("Open {page} in a browser, sign in as the mailbox, and type this code there: {code}")
        values = {"code": code.words, "page": code.page}
        work.output.result(told.format(**values), values)

    with _open(work, secrets) as store:
        store.not_in_practice()
        account = account_of(store.inbox.account())
        with open_web(account.authority if account is not None else MICROSOFT) as web:
            sign_in(store.inbox, web, show, lambda seconds: _wait(seconds, work.stop))
    work.output.result(_("Signed in."), {"signed_in": True})
    return 0


def _wait(seconds: float, stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stop():
            raise Cancelled
        time.sleep(min(left, _LOOK_EVERY_SECONDS))


def _fetch_mail(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.channels.email.fetching import fetch_one, visit
    from intake_app.sync.web import open_web

    with _open(work, secrets) as store:
        store.not_in_practice()
        if given.message:
            fetch_one(store.inbox, given.message, web=open_web)
            work.output.result("fetched 1", {"fetched": 1})
            return 0
        done = visit(store.inbox, work.clock(), work.output.progress, work.stop, web=open_web)
    work.output.result(
        f"added {done.added}, set aside {done.aside}, too large {done.too_large}, told {done.told}",
        dataclasses.asdict(done),
    )
    return 0


def _export(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    # Imported when asked for, so that other sub-commands start sooner.
    from intake_app.forms.library import Library
    from intake_app.reports.export import Asked, export

    with _open(work, secrets) as store:
        encrypt = _new_passphrase(given, secrets) if given.encrypt else ""
        if given.encrypt and not encrypt:
            # Without one the file would be plain, which is not what was asked for.
            raise FileRefused(path=given.out, reason="passphrase_missing")
        asked = Asked(
            given.format, Path(given.out), given.with_persons, given.with_equality, given.reason, encrypt,
            given.events,
        )  # fmt: skip
        written = export(store, Library.shipped(), asked, work.clock, work.output.progress, work.stop)
    sentence = _("Exported {records} records with {items} items to {path}").format(
        records=written.records, items=written.items, path=written.path
    )
    values: dict[str, object] = {"records": written.records, "items": written.items}
    if given.events:
        sentence = _("Exported {events} events to {path}").format(events=written.events, path=written.path)
        values = {"events": written.events}
    values["path"] = str(written.path)
    work.output.result(sentence, values)
    return 0


def _print_forms(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.channels.outreach.paper_forms import FormOptions, make_form
    from intake_app.channels.outreach.paper_html import write_html
    from intake_app.forms.library import Library
    from intake_app.reports.files import written_whole

    library, organisation, reach = Library.shipped(), "", ""
    # Who checked which words is known to the store; a folder without one prints what is safe for everybody.
    if folder_state(work.folder) is not FolderState.EMPTY:
        with _open_any(work, secrets) as store:
            kept = store.wordings.all()
            library.wordings.use(kept.approvals, kept.sheets)
            organisation, (reach, _following) = store.organisation.name, store.paper.known()
    options = FormOptions(
        kind=given.kind,
        language=given.language,
        english_beside=not given.no_english,
        size=given.size,
        short=given.short,
        equality=not given.no_equality,
        organisation=organisation,
        event=given.event,
        reach=reach,
        count=given.count,
        first=given.first,
    )
    paper, path = make_form(library, options, work.clock().civil), Path(given.out)
    with written_whole(path) as out:
        out.write(write_html(paper).encode())
    sentence = _("Forms: {count}, questions: {asked}, of these in English: {english}, in {path}").format(
        count=len(paper.numbers), asked=paper.asked, english=paper.in_english, path=path
    )
    values = {"forms": len(paper.numbers), "questions": paper.asked, "in_english": paper.in_english}
    work.output.result(sentence, values | {"path": str(path)})
    return 0


def _unpack(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.reports.package import unpack

    passphrase = secrets.second or _of_file(given.passphrase_file) or _ask(_("Passphrase of the package: "))
    path = unpack(Path(given.package), Path(given.out), passphrase)
    work.output.result(_("Unpacked to {path}").format(path=path), {"path": str(path)})
    return 0


def _sync(_given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.sync.engine import RoundProgress
    from intake_app.sync.rounds import run_round

    def progress(now: RoundProgress) -> None:
        # Nobody knows how much the hub has, so there is no total.
        work.output.progress(now.done, 0)

    with _open(work, secrets) as store:
        report = run_round(store.sync, work.folder, progress, work.stop)
        store.nicknames.settle()
        with contextlib.suppress(ServicesRefused), directory_lock(work.folder):
            # While somebody brings services in here, those of the other computers wait for the next round.
            store.exchange.catch_up(work.stop)
        with contextlib.suppress(StoreLocked):
            # Somebody writes all the time: the next round does it.
            store.sync.tidy(work.stop)
    sentence = _("Sent {pushed}, received {pulled}, conflicts {conflicts}, refused {refused}").format(
        pushed=report.pushed, pulled=report.pulled, conflicts=report.conflicts, refused=report.refused
    )
    if report.files_left:
        sentence += "\n" + words.files_left(report.files_left)
    if report.new_device:
        sentence += "\n" + _(
            "This folder was a copy that another computer uses too, or an old copy brought back. "
            "This computer now has a number of its own; nothing is lost."
        )
    values = {
        "pushed": report.pushed, "already": report.already, "pulled": report.pulled,
        "conflicts": report.conflicts, "refused": report.refused, "rescoped": report.rescoped,
        "new_device": report.new_device,
        "joined": report.joined,
        "files_sent": report.files_sent, "files_fetched": report.files_fetched,
        "files_left": report.files_left,
    }  # fmt: skip
    work.output.result(sentence, values)
    return 0


def _status(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    with _open(work, secrets) as store:
        counts, last = store.sync.counts(), store.sync.last_sync
        records, items = store.records.totals()
        kinds = store.records.items_by_kind()
        values = {
            "records": records,
            "items": items,
            "feedback": kinds.get(FEEDBACK, 0),
            "enquiries": kinds.get(ENQUIRY, 0),
            "drafts": len(store.drafts.all()),
            "waiting": counts.waiting,
            "conflicts": counts.conflicts,
            "quarantined": counts.quarantined,
            "inbox": store.inbox.waiting(),
            "services": store.directory.count(),
            "last_sync": None if last is None else last.isoformat(),
        }
    lines = "\n".join(f"{name}: {'-' if value is None else value}" for name, value in values.items())
    work.output.result(json.dumps(values) if given.json else lines, values)
    return 0


def _check_store(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    with _open_any(work, secrets) as store:
        report = store.mend() if given.mend else store.check(work.stop)
    for found in report.findings:
        sys.stderr.write(words.finding(found) + "\n")
    values = {
        "whole": report.whole, "documents": report.documents, "records": report.records,
        "drafts": report.drafts, "attachments": report.attachments,
        "findings": [found.code for found in report.findings],
    }  # fmt: skip
    if not report.whole:
        sys.stderr.write(_("The store is not whole: restore the last backup, or ask for help.") + "\n")
        work.output.result("", values)
        return 1
    work.output.result(
        _("The store is whole: {documents} documents, {records} records, {drafts} drafts").format(
            documents=report.documents, records=report.records, drafts=report.drafts
        ),
        values,
    )
    return 0


def _enrol(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    from intake_app.sync.enrolment import join, send_earlier

    hub = given.hub or os.environ.get(settings.HUB_URL_VARIABLE, "")
    if not hub:
        raise EnrolmentRefused(reason="no_hub")
    store, code = opening.open_or_make(work.folder, secrets, work.clock, work.ids)
    with store:
        store.not_in_practice()
        _tell_recovery_code(code, work)
        joined = join(store.sync, hub, given.code, store.device, platform.node())
        if given.send_earlier and joined.earlier_records:
            send_earlier(store.sync, joined.enrolment)
    earlier = 0 if given.send_earlier else joined.earlier_records
    sentence = _("Joined {organisation} at {hub}").format(
        organisation=joined.enrolment.organisation_name, hub=joined.enrolment.hub_url
    )
    if earlier:
        sentence += "\n" + _("Records taken before joining, not sent: {count}. Add --send-earlier.").format(
            count=earlier
        )
    values = {"organisation": joined.enrolment.organisation_name, "earlier_records": joined.earlier_records}
    work.output.result(sentence, values)
    return 0


def _back_up(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    with _open(work, secrets) as store:
        path = store.back_up(Path(given.target), secrets.second, work.output.progress, work.stop)
    work.output.result(_("Backed up to {path}").format(path=path), {"path": str(path)})
    return 0


def _restore(given: argparse.Namespace, work: Work, secrets: Secrets) -> int:
    secret = secrets.second or opening.passphrase_of_file()
    if not secret:
        secret = _ask(_("Recovery code: ") if given.recovery_code else _("Passphrase of the backup: "))
    passphrase, code = ("", secret) if given.recovery_code else (secret, "")
    restore(Path(given.package), work.folder, passphrase, code, clock=work.clock, ids=work.ids)
    work.output.result(_("Restored into {path}").format(path=work.folder), {"path": str(work.folder)})
    return 0


def _make_demo(given: argparse.Namespace, work: Work, _secrets: Secrets) -> int:
    from intake_app.demo import open_demo

    folder = settings.demo_folder(given.data_dir)
    with open_demo(folder, work.clock, work.ids, records=given.records) as store:
        records, items = store.records.totals()
    sentence = _("Fictitious records: {records}, in {path}").format(records=records, path=folder)
    work.output.result(sentence, {"records": records, "items": items, "path": str(folder)})
    return 0


def _open(work: Work, secrets: Secrets) -> Store:
    """For what sends, takes out or counts: raises PracticeOnly where nothing is real."""
    store = _open_any(work, secrets)
    try:
        store.not_in_practice()
    except PracticeOnly:
        store.close()
        raise
    return store


def _open_any(work: Work, secrets: Secrets) -> Store:
    if not secrets.key and folder_state(work.folder) is FolderState.EMPTY:
        raise KeyMissing(path=str(work.folder), no_store=True)
    return opening.open_folder(work.folder, secrets, work.clock, work.ids)


def _tell_recovery_code(code: str, work: Work) -> None:
    if code:
        sentence = _("A store was made in {path}. Write down its recovery code, kept nowhere else: {code}")
        sys.stderr.write(sentence.format(path=work.folder, code=code) + "\n")


def _new_passphrase(given: argparse.Namespace, secrets: Secrets) -> str:
    return secrets.second or _of_file(given.passphrase_file) or _ask(_("Passphrase for the package: "))


def _of_file(name: str) -> str:
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise FileRefused(path=name, reason="passphrase_file") from error


def _ask(prompt: str) -> str:
    return getpass.getpass(prompt) if sys.stdin.isatty() else ""


_COMMANDS: dict[str, Callable[[argparse.Namespace, Work, Secrets], int]] = {
    "import-services": _import_services,
    "import-mail": _import_mail,
    "look-at-responses": _look_at_responses,
    "import-responses": _import_responses,
    "fetch-mail": _fetch_mail,
    "sign-in-mailbox": _sign_in_mailbox,
    "keep-attachments": _keep_attachments,
    "export": _export,
    "print-forms": _print_forms,
    "unpack": _unpack,
    "sync": _sync,
    "status": _status,
    "check-store": _check_store,
    "enrol": _enrol,
    "back-up": _back_up,
    "restore": _restore,
    "make-demo": _make_demo,
}
