"""A file of 50 MB into the encrypted store and out again, in steps between which drafts are saved."""

import hashlib
import io
import os
import time
from collections.abc import Iterator
from typing import Any

from big_store import MovingClock, new_store, say
from rows import Row, median, milliseconds

from intake_app.attachments import MOST_BYTES
from intake_app.times import IdMaker


def rows(options: Any) -> Iterator[Row]:
    clock = MovingClock()
    store, _keyring = new_store(options.folder / "files", clock, IdMaker(clock))
    plain = options.folder / "plain"
    with store:
        say(f"files, {options.rounds} rounds")
        whole, longest, beside, read, largest = [], [], [], [], []
        for number in range(options.rounds):
            content = os.urandom(MOST_BYTES)
            took = steps(store.attachments.taking_in(f"draft {number}", io.BytesIO(content)))
            whole.append(sum(took))
            longest.append(max(took))
            beside.append(milliseconds(lambda content=content: copied(content, plain)))
            chunks = steps(store.attachments.chunks(hashlib.sha256(content).hexdigest()))
            read.append(sum(chunks))
            largest.append(max(chunks))
        what = "hashed and written to the disk, not encrypted"
        yield Row("50 MB attached, encrypted", median(whole), what, median(beside))
        yield Row("its longest step", median(longest), "", 0, at_most=50)
        yield Row("50 MB read again", median(read), what, median(beside))
        yield Row("its longest step", median(largest), "", 0, at_most=50)


def steps(work: Iterator[object]) -> list[float]:
    """Milliseconds of each."""
    took = []
    while True:
        began = time.perf_counter()
        try:
            next(work)
        except StopIteration:
            took.append((time.perf_counter() - began) * 1000)
            return took
        took.append((time.perf_counter() - began) * 1000)


def copied(content: bytes, path: Any) -> None:
    hashlib.sha256(content).hexdigest()
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
