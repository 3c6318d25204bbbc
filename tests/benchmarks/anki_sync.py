"""Runs in Anki's environment: syncs notes from one collection over Anki's own server to another.

Usage: anki_sync.py NARRATIVES.json FOLDER; prints one line of JSON, milliseconds.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from anki.collection import AddNoteRequest, Collection
from anki.decks import DeckId

NAME, SECRET = "bench", "bench"
NO_CHANGE_ROUNDS = 15


def main() -> None:
    narratives = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    environment = os.environ | {
        "SYNC_USER1": f"{NAME}:{SECRET}",
        "SYNC_BASE": str(folder / "server"),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
        "RUST_LOG": "error",
    }
    server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=environment, stdout=sys.stderr)
    try:
        wait_for(port)
        print(json.dumps(measured(folder, f"http://127.0.0.1:{port}/", narratives)))
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("Anki's server does not answer")


def measured(folder: Path, address: str, narratives: list[str]) -> dict[str, float]:
    here, there = Collection(str(folder / "here.anki2")), Collection(str(folder / "there.anki2"))
    auth = here.sync_login(NAME, SECRET, address)
    here.full_upload_or_download(auth=auth, server_usn=None, upload=True)
    there.full_upload_or_download(auth=auth, server_usn=None, upload=False)
    notes = []
    for words in narratives:
        note = here.new_note(here.models.by_name("Basic"))
        note.fields = [words[:40], words]
        notes.append(AddNoteRequest(note=note, deck_id=DeckId(1)))
    here.add_notes(notes)
    push = milliseconds(lambda: here.sync_collection(auth, False))
    pull = milliseconds(lambda: there.sync_collection(auth, False))
    if there.note_count() != len(narratives):
        raise SystemExit(f"{there.note_count()} notes arrived of {len(narratives)}")
    kept = [milliseconds(lambda: there.sync_collection(auth, False)) for _ in range(NO_CHANGE_ROUNDS)]
    opened = []
    for _ in range(NO_CHANGE_ROUNDS):
        there.close()
        there = Collection(str(folder / "there.anki2"))
        opened.append(milliseconds(partial(there.sync_collection, auth, False)))
    return {
        "push": push,
        "pull": pull,
        "no_change": statistics.median(opened),
        "kept": statistics.median(kept),
    }


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
