"""What a hub is started with; one frozen value, passed down from ``create_app``."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from intake_app.sync.protocol import BATCH_DOCUMENTS, BODY_BYTES, PAGE_BYTES, PAGE_DOCUMENTS, REQUEST_BYTES
from intake_app.times import Clock, system_clock

DATABASE_VARIABLE = "INTAKE_HUB_DATABASE"
"""Names the database where the command line does not."""


@dataclass(frozen=True)
class HubSettings:
    """``database`` is an SQLAlchemy URL: ``sqlite:///…`` or ``postgresql+psycopg://…``.

    ``wait`` and ``jitter`` are the pause between two tries of a transaction that lost against another one,
    in seconds; they are arguments so that a test need not wait. ``lock_seconds`` bounds the wait for another
    transaction, ``statement_seconds`` one statement: both below what a device waits for an answer.
    ``quiet_seconds`` without a push let the projection follow (``following``).
    """

    database: str
    clock: Clock = system_clock
    batch_documents: int = BATCH_DOCUMENTS
    body_bytes: int = BODY_BYTES
    request_bytes: int = REQUEST_BYTES
    page_documents: int = PAGE_DOCUMENTS
    page_bytes: int = PAGE_BYTES
    tries: int = 8
    wait: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    lock_seconds: float = 10.0
    statement_seconds: float = 20.0
    quiet_seconds: float = 2.0
