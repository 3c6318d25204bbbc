"""The deeds of a working day, each to be tried while writing fails; and what was acknowledged before it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from intake_app import drafting, taking_down
from intake_app.drafting import EQUALITY, PERSON, Draft
from intake_app.forms.library import Library
from intake_app.records import Answer, RecordState
from intake_app.store.backup import restore
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.sync.client import HubClient
from intake_app.sync.engine import SyncEngine
from intake_app.sync.enrolment import join, send_earlier
from tests.hub.hub_fixtures import RunningHub, running_hub
from tests.proving import extra_steps
from tests.proving.computers import Computer, new_computer
from tests.proving.line import Line

State = tuple[dict[str, str], dict[str, str]]
"""Hash by mutation of every version, and body by id of every draft."""
SERVICES = 30


@dataclass
class Desk:
    """A computer with some work on it, a hub beside, and another computer that has something to send."""

    folder: Path
    beside: Path
    hub: RunningHub
    mine: Computer
    other: Computer
    stack: ExitStack
    library: Library = field(default_factory=Library.shipped)
    began: str = ""
    record: str = ""
    package: Path = Path()

    @property
    def store(self) -> Store:
        return self.mine.store

    def state(self) -> State:
        rows = self.mine.rows("SELECT mutation, sha256 FROM version")
        drafts = self.mine.rows("SELECT id, body FROM draft")
        return {row.mutation: row.sha256 for row in rows}, {row.id: row.body for row in drafts}

    def fresh(self, words: str, computer: Computer | None = None) -> Draft:
        one = computer or self.mine
        draft = taking_down.new_draft(self.library, one.ids, one.clock(), one.store.device)
        return drafting.with_narrative(draft, words, one.ids)

    def finished(self, words: str, computer: Computer | None = None) -> str:
        one = computer or self.mine
        return one.store.records.save(self.fresh(words, one)).id

    def round(self, computer: Computer) -> None:
        kept = computer.store.sync.enrolment()
        assert kept is not None
        with computer.http("") as http:
            SyncEngine(computer.store.sync, HubClient(kept.hub_url, kept.token, http), max_documents=3).run()


@contextmanager
def desk(folder: Path, beside: Path, seed: str) -> Iterator[Desk]:
    """With one finished record, and a draft whose words are acknowledged; the hub lies ``beside``."""
    with ExitStack() as stack:
        hub = stack.enter_context(running_hub(f"sqlite:///{beside / 'hub.sqlite'}", page_documents=2))
        line = Line(lambda: hub.http._transport, lambda _request, _answer: None)
        mine, other = (
            new_computer(name, folder, hub.organisation, seed, 0, line) for name in ("mine", "other")
        )
        made = Desk(folder, beside, hub, mine, other, stack)
        stack.callback(lambda: mine.store.close())
        stack.callback(other.store.close)
        for one in (mine, other):
            join(one.store.sync, hub.url, hub.code(), one.store.device, open_http=one.http)
        made.record = made.finished("What was acknowledged long ago")
        made.round(mine)
        draft = made.fresh("What was typed a while ago")
        mine.store.drafts.keep(draft)
        made.began = draft.id
        yield made


@dataclass(frozen=True)
class Deed:
    """``begin`` gives what may be tried again and again; ``done`` whether it has been done, whole."""

    name: str
    begin: Callable[[Desk], Callable[[], object]]
    done: Callable[[Desk], bool]


def _typing(at: Desk) -> Callable[[], object]:
    draft = drafting.with_narrative(at.store.drafts.load(at.began), "typed on " * 300, at.mine.ids)
    return lambda: at.store.drafts.keep(draft)


def _typed(at: Desk) -> bool:
    story = drafting.story(at.store.drafts.load(at.began))
    return story is not None and story.text == "typed on " * 300


def _finishing(at: Desk) -> Callable[[], object]:
    draft = taking_down.finish(at.store.drafts.load(at.began), at.library, at.mine.clock())
    return lambda: at.store.records.save(draft)


def _is_finished(at: Desk) -> bool:
    return at.store.records.get(at.began).finished is not None and at.store.drafts.all() == ()


def _editing(at: Desk) -> Callable[[], object]:
    draft = drafting.with_narrative(at.store.records.draft_for_edit(at.record), "edited " * 300, at.mine.ids)
    return lambda: at.store.records.save(draft)


def _edited(at: Desk) -> bool:
    return at.store.records.get(at.record).narratives[0].text == "edited " * 300


def _telling_who(at: Desk) -> Callable[[], object]:
    draft = at.store.records.draft_for_edit(at.record)
    draft = taking_down.opened(draft, PERSON, at.library, at.mine.ids)
    draft = drafting.with_answer(draft, PERSON, "person_name", Answer(value="Nadia Example"))
    draft = taking_down.opened(draft, EQUALITY, at.library, at.mine.ids)
    draft = drafting.with_answer(draft, EQUALITY, "age_band", Answer(value="25_49"))
    finished = taking_down.finish(draft, at.library, at.mine.clock())
    return lambda: at.store.records.save(finished)


def _told_who(at: Desk) -> bool:
    person = at.store.records.get(at.record).person
    return (
        bool(person)
        and at.store.people.open_person(person, "checked").value("person_name") == "Nadia Example"
    )


def _pushing(at: Desk) -> Callable[[], object]:
    for number in range(7):
        at.finished(f"Waits to be sent {number}")
    return lambda: at.round(at.mine)


def _pulling(at: Desk) -> Callable[[], object]:
    for number in range(7):
        at.finished(f"From elsewhere {number}", at.other)
    at.round(at.other)
    return lambda: at.round(at.mine)


def _nothing_waits(at: Desk) -> bool:
    return at.store.sync.counts().waiting == 0 and at.store.sync.quarantined() == ()


def _all_is_here(at: Desk) -> bool:
    return {row.id for row in at.other.rows("SELECT id FROM projected_record")} <= {
        row.id for row in at.mine.rows("SELECT id FROM projected_record")
    }


def _importing(at: Desk) -> Callable[[], object]:
    file = at.beside / "epraccur.csv"
    file.write_text("\r\n".join(_service(number) for number in range(SERVICES)) + "\r\n", "utf-8")
    return lambda: at.store.directory.import_files((file,))


def _service(number: int) -> str:
    row = [""] * 27
    row[0], row[1], row[4], row[9] = f"Q{number:06d}", f"MADE-UP SURGERY {number}", "1 HIGH STREET", "N1 1AA"
    row[10], row[12], row[13], row[25] = "19990101", "A", "B", "4"
    return ",".join(f'"{cell}"' for cell in row)


def _imported(at: Desk) -> bool:
    found = (at.store.directory.get(f"Q{number:06d}") for number in range(SERVICES))
    return all(found) or len(at.store.directory.search("made-up surgery", SERVICES)) == SERVICES


def _backing_up(at: Desk) -> Callable[[], object]:
    at.package = at.folder / "stick.intake-backup"
    return lambda: at.store.back_up(at.package)


def _backed_up(at: Desk) -> bool:
    left = [one.name for one in at.folder.iterdir() if one.name.startswith("stick")]
    return left == [at.package.name] and any(one.act == "backed_up" for one in at.store.audit.all())


def _restoring(at: Desk) -> Callable[[], object]:
    package = at.store.back_up(at.beside / "before.intake-backup")
    target = at.folder / "restored"

    def act() -> None:
        restore(
            package,
            target,
            recovery_code=at.mine.recovery_code,
            clock=at.mine.clock,
            ids=at.mine.ids,
            keyring=at.mine.keyring,
        )

    return act


def _restored(at: Desk) -> bool:
    target = at.folder / "restored"
    with open_store(target, clock=at.mine.clock, ids=at.mine.ids, keyring=at.mine.keyring) as store:
        whole = store.check().whole and store.records.get(at.record).id == at.record
    shutil.rmtree(target)
    return whole


def _erased(at: Desk) -> bool:
    return not at.mine.rows("SELECT 1 FROM version WHERE document = ?", at.record)


def _joining(at: Desk) -> Callable[[], object]:
    at.store.sync.leave_hub()
    organisation = at.hub.new_organisation("Another")
    code = at.hub.code(organisation=organisation)

    def act() -> None:
        joined = join(at.store.sync, at.hub.url, code, at.store.device, open_http=at.mine.http)
        send_earlier(at.store.sync, joined.enrolment)
        at.round(at.mine)

    return act


def _migrating(at: Desk) -> Callable[[], object]:
    at.store.close()
    at.stack.enter_context(extra_steps.registered())
    return at.mine.open


def _migrated(at: Desk) -> bool:
    return not at.mine.rows("SELECT 1 FROM version WHERE proof <> sha256")


def _adding_staff(at: Desk) -> Callable[[], object]:
    return lambda: at.store.staff.add("Robin", "a passphrase of Robin's")


def _added_staff(at: Desk) -> bool:
    members = [one for one in at.store.staff.all() if one.name == "Robin"]
    return bool(members) and members[-1].has_passphrase


DEEDS = (
    Deed("type", _typing, _typed),
    Deed("finish", _finishing, _is_finished),
    Deed("edit", _editing, _edited),
    Deed("withdraw", lambda at: lambda: at.store.records.withdraw(at.record, "asked"),
         lambda at: at.store.records.get(at.record).state is RecordState.WITHDRAWN),
    Deed("tell who it was", _telling_who, _told_who),
    Deed("push", _pushing, _nothing_waits),
    Deed("pull", _pulling, _all_is_here),
    Deed("import services", _importing, _imported),
    Deed("back up", _backing_up, _backed_up),
    Deed("restore", _restoring, _restored),
    Deed("erase", lambda at: lambda: at.store.erase(at.record, "asked"), _erased),
    Deed("join another hub", _joining, _nothing_waits),
    Deed("add staff", _adding_staff, _added_staff),
    Deed("migrate", _migrating, _migrated),
)  # fmt: skip
