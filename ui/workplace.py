"""What a page is given to work with, made once in ``ui/start.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.times import Clock, IdMaker
from ui.background import Background

if TYPE_CHECKING:
    from intake_app.forms.library import Library
    from intake_app.settings import Settings
    from intake_app.store.store import Store


@dataclass(slots=True)
class Workplace:
    """The open store and its surroundings.

    ``background`` serves what staff wait for; ``sync_background`` the rounds with the hub, so that a
    long round never keeps a draft waiting. ``announce`` shows and speaks one sentence in the status
    line. ``settings`` is replaced as a whole when preferences are saved.
    """

    folder: Path
    store: Store
    library: Library
    background: Background
    sync_background: Background
    settings: Settings
    clock: Clock
    ids: IdMaker
    announce: Callable[[str], None]
