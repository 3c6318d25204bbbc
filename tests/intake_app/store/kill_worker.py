"""Types and finishes records until it is killed; every act the store acknowledged is written to a file.

Run as a process: reads ``FOLDER KEY``, then for each ``SEED ACKNOWLEDGED`` line forks a worker and prints its
process id. Importing once and forking keeps thirty kills under a minute.
"""

import os
import random
import sys
from pathlib import Path

from intake_app.drafting import Draft
from intake_app.records import Answer, Item, Narrative, Record, SetRef, Sheet
from intake_app.store.opening import open_store
from intake_app.times import IdMaker, system_clock


def main() -> None:
    folder, key = sys.stdin.readline().split()
    for line in sys.stdin:
        seed, acknowledged = line.split()
        worker = os.fork()
        if worker == 0:
            _type_until_killed(Path(folder), key, int(seed), Path(acknowledged))
        _say(worker)
        os.waitpid(worker, 0)
        _say("gone")


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _type_until_killed(folder: Path, key: str, seed: int, acknowledged: Path) -> None:
    chance, ids = random.Random(seed), IdMaker(system_clock)
    told = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store = open_store(folder, key_hex=key, clock=system_clock, ids=ids)
    os.write(told, b"open\n")
    while True:
        words = f"seed {seed} number {chance.randrange(10**9)} " + "words " * chance.randrange(400)
        draft = _draft(ids, words)
        for typed in range(chance.randrange(1, 4)):
            store.drafts.keep(draft.model_copy(update={"based_on": ""}))
            os.write(told, f"kept {draft.id} {typed}\n".encode())
        if chance.random() < 0.7:
            store.records.save(draft)
            os.write(told, f"saved {draft.id} {words.split()[3]}\n".encode())


def _draft(ids: IdMaker, words: str) -> Draft:
    story = Narrative(id=ids(), text=words)
    feedback, frame = SetRef(id="feedback", version="0"), SetRef(id="frame", version="0")
    record = Record(
        id=ids(),
        device="device",
        started=system_clock(),
        received=system_clock(),
        frame=Sheet(question_set=frame, answers={"channel": Answer(value="phone", label="Phone")}),
        items=(Item(id=ids(), question_set=feedback, narratives=(story.id,)),),
        narratives=(story,),
    )
    return Draft(record=record)


if __name__ == "__main__":
    main()
