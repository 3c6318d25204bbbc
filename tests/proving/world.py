"""One world of the sync fuzz: a hub, two organisations, their computers, and a script that is played."""

import hashlib
import random
import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from intake_app.errors import IntakeError
from intake_app.forms.library import Library
from intake_app.hub import access, tables
from intake_app.hub.scopes import DeviceKind
from intake_app.store.backup import restore
from intake_app.sync.client import HubClient
from intake_app.sync.engine import RoundReport, SyncEngine
from intake_app.sync.enrolment import join, send_earlier
from intake_app.times import IdMaker
from tests.hub.hub_fixtures import RunningHub, running_hub
from tests.proving.acts import Acts
from tests.proving.computers import Computer, new_computer, token_of
from tests.proving.line import Answer, Killed, Line, Request
from tests.proving.model import Model
from tests.proving.scripts import Step

ORGANISATIONS = ("anyshire", "elsewhere")
COMPUTERS = {
    "office": ("anyshire", DeviceKind.OFFICE, 0),
    "manager": ("anyshire", DeviceKind.MANAGER, 7_200),
    "outreach": ("anyshire", DeviceKind.OUTREACH, -86_400),
    "alone": ("anyshire", None, 3_600 * 30),
    "far": ("elsewhere", DeviceKind.OFFICE, -600),
    "farther": ("elsewhere", DeviceKind.MANAGER, 86_400 * 20),
}
"""Organisation, what it joins as (None: some step makes it join), seconds by which its clock is wrong."""
MOST_COMPUTERS = 9
BATCHES = (1, 3, 500)
PAGE_DOCUMENTS = 5
QUIET_PASSES = 12


class Broken(Exception):
    """Something that must hold does not. ``rule`` is which, the same for the same defect."""

    def __init__(self, rule: str, where: str = "") -> None:
        super().__init__(f"{rule}: {where}" if where else rule)
        self.rule = rule


@dataclass
class World:
    """Made by ``open_world``; ``play`` may be called once."""

    seed: str
    folder: Path
    database_url: str
    library: Library
    model: Model = field(default_factory=Model)
    computers: list[Computer] = field(default_factory=list)
    rounds: int = 0
    troubled: int = 0
    _hub: ExitStack = field(default_factory=ExitStack)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.acts = Acts(self.library, lambda document, token: self.model.tokens[document].add(token))
        self.hub = self._started()
        self.ids = IdMaker(self.hub.settings.clock, random.Random(f"{self.seed} hub").getrandbits)
        self.organisations = {name: self.ids() for name in ORGANISATIONS}
        for name, organisation in self.organisations.items():
            self._make_organisation(name, organisation)
        for name, (organisation, kind, skew) in COMPUTERS.items():
            made = new_computer(
                name, self.folder, self.organisations[organisation], self.seed, skew, self._line(name)
            )
            self.computers.append(made)
            if kind is not None:
                self._join(made, kind)

    def close(self) -> None:
        for one in self.computers:
            one.store.close()
        self._hub.close()

    @property
    def digest(self) -> str:
        """Of every byte that went over a line until now, in order."""
        return self._digest.hexdigest()

    def play(self, steps: Iterable[Step]) -> None:
        """Raises whatever a step should not have raised."""
        for step in steps:
            self.do(step)

    def do(self, step: Step) -> None:
        computer = self.computers[step.computer % len(self.computers)]
        dice = random.Random(step.dice)
        before = self._shown(computer)
        # Withdrawing goes on from what is shown, whatever drafts there are.
        edited_from = {} if step.act == "withdraw" else self._edited_from(computer)
        act = getattr(self, f"_{step.act}", None)
        if act is not None:
            act(computer, dice)
        else:
            getattr(self.acts, step.act)(computer, dice, token_of(step.dice))
        if step.act != "restore":
            self.model.take_note(computer, before, edited_from)

    def settle(self) -> None:
        """Rounds over a good line until nothing moves any more. Raises Broken when that never comes."""
        for one in self.computers:
            if not one.joined:
                self._join(one, DeviceKind.OFFICE)
            one.line.trouble = 0
            while one.line.late:
                one.line.deliver_late()
        for _ in range(QUIET_PASSES):
            moved = [self._moved(one) for one in self.computers]
            if not any(moved):
                return
        raise Broken("rounds over a good line never come to an end")

    def _moved(self, computer: Computer) -> bool:
        before = self._shown(computer)
        report = self._run(computer, 500)
        self.model.take_note(computer, before, {})
        return report != RoundReport() or computer.store.sync.counts().waiting > 0

    # ------------------------------------------------------------ acts that need hub or line

    def _round(self, computer: Computer, dice: random.Random) -> None:
        """Half of them over a bad line."""
        if not computer.joined:
            return
        computer.line.dice = dice
        computer.line.trouble = dice.choice((0.0, 0.35))
        self.rounds += 1
        try:
            self._run(computer, dice.choice(BATCHES))
        except Killed:
            self.troubled += 1
            self._restart(computer, dice)
        except IntakeError:
            if not computer.line.trouble:
                raise
            self.troubled += 1

    def _run(self, computer: Computer, batch: int) -> RoundReport:
        kept = computer.store.sync.enrolment()
        assert kept is not None
        # What holds a draft or waits is not dropped when the scope changes.
        held = computer.rows("SELECT id FROM draft UNION SELECT document FROM outbox")
        computer.by_right |= {row.id for row in held}
        with computer.http(kept.hub_url) as http:
            hub = HubClient(kept.hub_url, kept.token, http)
            return SyncEngine(computer.store.sync, hub, max_documents=batch).run()

    def _late(self, computer: Computer, _dice: random.Random) -> None:
        computer.line.deliver_late()

    def _rescope(self, computer: Computer, dice: random.Random) -> None:
        if computer.joined:
            kind = dice.choice(tuple(DeviceKind))
            device = computer.store.device
            self.hub.database.write(
                lambda connection: access.set_place(connection, computer.organisation, device, kind=kind)
            )

    def _restart(self, computer: Computer, _dice: random.Random) -> None:
        computer.store.close()
        computer.open()

    def _hub_restart(self, _computer: Computer, _dice: random.Random) -> None:
        clock = self.hub.settings.clock
        self._hub.close()
        self.hub = self._started()
        self.hub.settings.clock.now = clock.now  # type: ignore[attr-defined]

    def _join(self, computer: Computer, dice: random.Random | DeviceKind) -> None:
        """Joins, and what was taken before may be sent."""
        if computer.joined:
            return
        kind = dice if isinstance(dice, DeviceKind) else DeviceKind.OFFICE
        code = self.hub.code(kind, computer.organisation)
        joined = join(
            computer.store.sync, self.hub.url, code, computer.store.device, open_http=lambda *_: self._plain()
        )
        send_earlier(computer.store.sync, joined.enrolment)
        self._rehomed(computer)
        computer.joined = True

    def _back_up(self, computer: Computer, _dice: random.Random) -> None:
        computer.backup = computer.store.back_up(self.folder / f"{computer.name}-{computer.clock().utc_ms}")

    def _restore(self, computer: Computer, dice: random.Random) -> None:
        """The disk is gone; the backup comes back on another one, as another device."""
        if computer.backup is None or not computer.joined:
            return
        had = self._versions(computer)
        computer.store.close()
        folder = computer.folder.with_name(f"{computer.folder.name}-again")
        restore(
            computer.backup,
            folder,
            recovery_code=computer.recovery_code,
            clock=computer.clock,
            ids=computer.ids,
            keyring=computer.keyring,
        )
        computer.folder, computer.joined, computer.backup, computer.seen = folder, False, None, 0
        computer.open()
        kept = self._versions(computer)
        for other in self.computers:
            kept |= self._versions(other) if other is not computer else set()
        self.model.lost |= had - kept - self.on_hub(computer.organisation)
        rows = computer.rows("SELECT id FROM document")
        computer.by_right |= {row.id for row in rows}
        self.model.take_note(computer, {}, {})
        self._join(computer, dice.choice(tuple(DeviceKind)))

    def _clone(self, computer: Computer, _dice: random.Random) -> None:
        """Somebody copies the whole folder to a second computer: two with one device id."""
        if len(self.computers) >= MOST_COMPUTERS or not computer.joined:
            return
        name = f"{computer.name}-{len(self.computers)}"
        computer.store.close()
        folder = self.folder / name
        shutil.copytree(computer.folder, folder)
        computer.open()
        twin = Computer(
            name,
            folder,
            computer.organisation,
            computer.keyring,
            type(computer.clock)(computer.clock.now),
            random.Random(f"{self.seed} {name}"),
            self._line(name),
            computer.recovery_code,
            devices=set(computer.devices),
            by_right=set(computer.by_right),
            joined=True,
            seen=computer.seen,
        )
        twin.open()
        self.computers.append(twin)

    # ------------------------------------------------------------ how it is looked at

    def on_hub(self, organisation: str) -> set[str]:
        """Mutations that the hub holds, erased ones too."""
        table = tables.VERSIONS.c
        statement = tables.VERSIONS.select().where(table.organisation == organisation)
        return {row.mutation for row in self.hub.database.read(lambda one: one.execute(statement).all())}

    def _versions(self, computer: Computer) -> set[str]:
        return {row.mutation for row in computer.rows("SELECT mutation FROM version")}

    def _shown(self, computer: Computer) -> dict[str, str]:
        return {row.id: row.mutation for row in computer.rows("SELECT id, mutation FROM document")}

    def _edited_from(self, computer: Computer) -> dict[str, str]:
        kept = computer.rows("SELECT id, based_on FROM draft WHERE based_on <> ''")
        memory = {one.id: one.based_on for one in computer.editing.values() if one.based_on}
        return {row.id: row.based_on for row in kept} | memory

    def _rehomed(self, computer: Computer) -> None:
        """The bodies of persons were sealed anew: what was noted of them is noted once more."""
        mine = {row.mutation: row for row in computer.rows("SELECT * FROM version")}
        for mutation, saved in self.model.saved.items():
            if mutation in mine:
                row = mine[mutation]
                self.model.saved[mutation] = saved.rehomed(row.organisation, row.sha256)

    def _started(self) -> RunningHub:
        return self._hub.enter_context(running_hub(self.database_url, page_documents=PAGE_DOCUMENTS))

    def _make_organisation(self, name: str, organisation: str) -> None:
        table = tables.ORGANISATIONS
        key = hashlib.sha256(f"{self.seed} {name}".encode()).hexdigest()

        def make(connection: object) -> None:
            access.create_organisation(connection, organisation, name, "", self.hub.settings.clock())
            # A key by chance would make two runs of one seed differ in every sealed person.
            connection.execute(table.update().where(table.c.organisation == organisation).values(key=key))

        self.hub.database.write(make)

    def _line(self, name: str) -> Line:
        def told(request: Request, answer: Answer) -> None:
            text = f"\n{name} {request.method} {request.url} {answer.status}\n".encode()
            self._digest.update(text + request.body + b"\n" + answer.body)

        return Line(lambda: self.hub.http._transport, told)

    def _plain(self) -> httpx2.Client:
        """A line without faults, and without a trace: codes and tokens are by chance."""
        quiet = Line(lambda: self.hub.http._transport, lambda _request, _answer: None)
        return httpx2.Client(transport=quiet, base_url="http://127.0.0.1")
