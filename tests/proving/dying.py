"""What a program does until it is killed: types, finishes, syncs, migrates, or is the hub.

Run as a process. For each line of JSON on its standard input it forks a worker, says its process id, and says
``gone`` when it has ended. Workers tell on the same pipe what they are about to do and what was acknowledged,
a line each, stamped with the monotonic clock that all processes share. Forking saves a second of imports.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from intake_app import drafting, taking_down
from intake_app.drafting import PERSON, Draft
from intake_app.errors import IntakeError
from intake_app.forms.library import Library
from intake_app.records import Answer
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, system_clock
from tests.proving import extra_steps

KEYS_BETWEEN_S = (0.03, 0.15)
LONG_PAUSE_S = (0.9, 2.5)


def main() -> None:
    import uvicorn  # noqa: F401

    import intake_app.hub.app  # noqa: F401  # loaded once, before the forks
    import ui.form.autosave  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        worker = os.fork()
        if worker == 0:
            say("pid", os.getpid())
            ACTS[asked["act"]](asked)
            os._exit(0)
        os.waitpid(worker, 0)
        say("gone")


def say(*words: object) -> None:
    """One line, whole: shorter than what a pipe writes at once."""
    os.write(1, (" ".join(map(str, (f"{time.monotonic():.6f}", *words))) + "\n").encode())


def _opened(asked: dict[str, Any]) -> tuple[Store, IdMaker, random.Random]:
    ids = IdMaker(system_clock)
    store = open_store(Path(asked["folder"]), key_hex=asked["key"], clock=system_clock, ids=ids)
    return store, ids, random.Random(asked["seed"])


def typing(asked: dict[str, Any]) -> None:
    """Keys at the speed of fingers, in a new record or an edit of one, kept by the window's own autosave."""
    from PySide6.QtCore import QCoreApplication, QTimer

    from ui.form.autosave import Autosave

    store, ids, chance = _opened(asked)
    records = asked["records"]
    if records and chance.random() < 0.4:
        draft = store.records.draft_for_edit(chance.choice(records))
        draft = drafting.with_narrative(draft, "", ids)
    else:
        draft = taking_down.new_draft(Library.shipped(), ids, system_clock(), store.device)
    app = QCoreApplication([])
    text = ""

    def keep() -> None:
        store.drafts.keep(drafting.with_narrative(draft, text, ids))
        say("kept", draft.id, len(text))

    autosave = Autosave(keep)

    def key() -> None:
        nonlocal text
        text += chance.choice("abcdefghij klmnop qrstu vwxyz ") * chance.randint(1, 3)
        autosave.touched()
        say("typed", draft.id, len(text), text[-1].replace(" ", "_"))
        pause = LONG_PAUSE_S if chance.random() < 0.06 else KEYS_BETWEEN_S
        QTimer.singleShot(int(chance.uniform(*pause) * 1000), key)

    say("ready", draft.id)
    key()
    app.exec()


def finishing(asked: dict[str, Any]) -> None:
    """Takes down, finishes, edits, withdraws and erases as fast as the disk allows."""
    store, ids, chance = _opened(asked)
    say("ready")
    mine: list[str] = []
    for words in _numbered(chance):
        act = chance.choice(("new", "new", "new", "edit", "withdraw", "erase"))
        if act == "new" or not mine:
            draft = _whole(store, ids, chance, words)
            say("keeping", draft.id, _number(words))
            store.drafts.keep(draft)
            say("kept", draft.id, _number(words))
            if chance.random() < 0.8:
                say("saving", draft.id, _number(words))
                store.records.save(draft)
                say("saved", draft.id, _number(words))
                mine.append(draft.id)
        elif act == "edit":
            chosen = chance.choice(mine)
            draft = drafting.with_narrative(store.records.draft_for_edit(chosen), words, ids)
            say("saving", chosen, _number(words))
            store.records.save(draft)
            say("saved", chosen, _number(words))
        elif act == "withdraw":
            chosen = chance.choice(mine)
            store.records.withdraw(chosen, "asked")
            say("withdrawn", chosen, 0)
        else:
            chosen = mine.pop(chance.randrange(len(mine)))
            say("erasing", chosen, 0)
            store.erase(chosen, "asked")
            say("erased", chosen, 0)


def syncing(asked: dict[str, Any]) -> None:
    """Saves a little, runs a round, again; the hub may be killed meanwhile."""
    store, ids, chance = _opened(asked)
    folder = Path(asked["folder"])
    say("ready")
    for words in _numbered(chance):
        for _ in range(chance.randint(1, 6)):
            draft = _whole(store, ids, chance, words)
            store.records.save(draft)
            say("saved", draft.id, _number(words))
        try:
            report = run_round(store.sync, folder)
            say("sent", report.pushed + report.already, 0)
        except IntakeError as error:
            say("failed", type(error).__name__, 0)
            time.sleep(0.02)


def migrating(asked: dict[str, Any]) -> None:
    """Opens a store that two steps of this proof alone bring to another schema."""
    extra_steps.register()
    say("ready")
    store, _ids, _chance = _opened(asked)
    say("migrated")
    store.close()
    time.sleep(60)


def hub(asked: dict[str, Any]) -> None:
    """A hub of its own process on a port of this computer."""
    import uvicorn

    from intake_app.hub.app import create_app
    from intake_app.hub.following import FollowingProcess
    from intake_app.hub.settings import HubSettings

    settings = HubSettings(asked["database"])
    app = create_app(settings)

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            say("ready")

    config = uvicorn.Config(app, host="127.0.0.1", port=asked["port"], log_config=None, access_log=False)
    with FollowingProcess(settings):
        Announcing(config).run()


def _numbered(chance: random.Random) -> Iterator[str]:
    for _ in count():
        yield f"number {chance.randrange(10**9)} " + "words " * chance.randrange(300)


def _number(words: str) -> str:
    return words.split()[1]


def _whole(store: Store, ids: IdMaker, chance: random.Random, words: str) -> Draft:
    draft = taking_down.new_draft(Library.shipped(), ids, system_clock(), store.device)
    draft = drafting.with_narrative(draft, words, ids)
    if chance.random() < 0.3:
        draft = taking_down.opened(draft, PERSON, Library.shipped(), ids)
        draft = drafting.with_answer(draft, PERSON, "person_name", Answer(value="Nadia Example"))
    return draft


ACTS: dict[str, Callable[[dict[str, Any]], None]] = {
    "typing": typing,
    "finishing": finishing,
    "syncing": syncing,
    "migrating": migrating,
    "hub": hub,
}

if __name__ == "__main__":
    main()
