"""Seeded rounds of two devices with saves, edits, lost answers and changed scopes, against a model."""

import random

import pytest

from intake_app.documents import Document
from intake_app.errors import HubTimedOut
from intake_app.hub import tables
from intake_app.hub.scopes import DeviceKind
from intake_app.sync.engine import SyncEngine
from tests.hub.hub_fixtures import RunningHub
from tests.intake_app.sync.flaky import Flaky
from tests.intake_app.sync.memory_store import MemoryStore

STEPS = 300
KINDS = (DeviceKind.OFFICE, DeviceKind.MANAGER, DeviceKind.OUTREACH)


class Device:
    def __init__(self, hub: RunningHub, name: str, dice: random.Random) -> None:
        self.hub, self.name, self.dice = hub, name, dice
        self.store = MemoryStore()
        self.way = Flaky(hub.device(name=name), dice)
        self.saved: set[str] = set()

    def save(self) -> None:
        self._keep(self.hub.document(f'{{"by": "{self.name}", "n": {self.dice.random()}}}'))

    def edit(self) -> None:
        """As the real store does: from the version shown, on its revision or after its mutation."""
        if not self.store.versions:
            return
        document = self.dice.choice(sorted({kept.document.id for kept in self.store.versions.values()}))
        shown = self.store.latest(document)
        lineage = {"base": shown.revision} if shown.revision else {"after": shown.document.mutation}
        deleted = self.dice.random() < 0.1
        body = f'{{"edit": {self.dice.random()}}}'
        self._keep(
            self.hub.edit(shown.document, body, **{"base": 0, "after": "", **lineage}, deleted=deleted)
        )

    def settle(self) -> None:
        heads = {name: found for name, found in self.store.heads().items() if len(found) > 1}
        if heads:
            document = self.dice.choice(sorted(heads))
            shown = self.store.latest(document)
            parents = tuple(sorted(heads[document]))
            self._keep(
                self.hub.edit(shown.document, '{"settled": true}', parents[-1], parents=parents, after="")
            )

    def spoil(self) -> None:
        self._keep(self.hub.document(organisation="another"))

    def round(self, loss: float) -> None:
        self.way.loss = loss
        engine = SyncEngine(self.store, self.way, max_documents=self.dice.choice([1, 3, 500]))
        try:
            engine.run()
        except HubTimedOut:
            assert loss

    def _keep(self, document: Document) -> None:
        self.store.save(document)
        self.saved.add(document.mutation)


@pytest.mark.parametrize("seed", range(2))
def test_devices_agree_in_the_end_and_nothing_saved_is_lost(
    hub: RunningHub, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 5)
    devices = [Device(hub, f"{name}-{hub.organisation}", dice) for name in ("here", "there")]

    def rescope(device: Device) -> None:
        kind = dice.choice(KINDS)
        hub.set_place(device.name, kind=kind)

    for _ in range(STEPS):
        device = dice.choice(devices)
        act = dice.choices(
            [Device.save, Device.edit, Device.settle, Device.spoil, lambda one: one.round(0.3), rescope],
            weights=[20, 30, 5, 2, 25, 2],
        )[0]
        act(device)
    for device in devices:
        hub.set_place(device.name, kind=KINDS[1])
    for device in devices * 3:
        device.round(0)

    here, there = devices
    assert here.store.heads() == there.store.heads()
    assert not here.store.outbox
    assert not there.store.outbox
    everything = {kept.document.mutation for kept in here.store.versions.values() if kept.revision}
    # Edits of a refused document are refused as well, and each is kept aside where it was made.
    refused = here.store.refused.keys() | there.store.refused.keys()
    assert here.saved | there.saved == everything | refused
    assert not everything & refused
    assert _hub_heads(hub) == here.store.heads()


def _hub_heads(hub: RunningHub) -> dict[str, dict[int, str]]:
    table = tables.VERSIONS.c
    found: dict[str, dict[int, str]] = {}
    rows = hub.database.read(
        lambda connection: connection.execute(
            tables.VERSIONS.select().where(table.organisation == hub.organisation, table.head.is_(True))
        ).all()
    )
    for row in rows:
        found.setdefault(row.document, {})[row.revision] = row.sha256
    return found
