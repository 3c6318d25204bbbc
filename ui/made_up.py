"""The folders in which nothing is real, sample data and practice: made before the window opens on them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app import settings

if TYPE_CHECKING:
    from intake_app.times import Clock, IdMaker
    from ui.command_line import WindowOptions


def folder_of(options: WindowOptions) -> Path:
    """The data folder that these options mean."""
    if options.practise:
        return settings.practice_folder(options.data_dir)
    return (settings.demo_folder if options.demo else settings.data_folder)(options.data_dir)


def prepare(folder: Path, options: WindowOptions, clock: Clock, ids: IdMaker) -> None:
    """Nothing for a real folder. Raises StoreError."""
    if options.practise:
        from intake_app.practice import place

        place.prepare(folder, settings.data_folder(options.data_dir), clock, ids)
    elif options.demo:
        from intake_app import demo

        demo.prepare(folder, clock, ids)


def made(folder: Path, options: WindowOptions) -> bool:
    """``prepare`` before there is a window: what went wrong is said on standard error."""
    from intake_app.errors import IntakeError
    from intake_app.times import IdMaker, system_clock
    from ui.messages import sentence

    try:
        prepare(folder, options, system_clock, IdMaker(system_clock))
    except IntakeError as error:
        sys.stderr.write(sentence(error) + "\n")
        return False
    return True
