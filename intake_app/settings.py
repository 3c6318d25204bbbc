"""What can be set before the store is unlocked: language, theme, text size; and where the data lies."""

# What reads and writes the file is imported where it is used: the window reads its settings before it is
# painted, and these libraries cost a tenth of a bare start.
import contextlib
import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

FILE_NAME = "settings.toml"
DATA_FOLDER_VARIABLE = "INTAKE_DATA_DIR"
HUB_URL_VARIABLE = "INTAKE_HUB_URL"
PASSPHRASE_FILE_VARIABLE = "INTAKE_PASSPHRASE_FILE"

PRACTICE_SUFFIX = "-practice"

THEMES = ("system", "light", "dark", "high_contrast")
SMALLEST_TEXT_PERCENT = 100
LARGEST_TEXT_PERCENT = 250


class Settings(NamedTuple):
    """Nothing here is personal: the file is readable by whoever can read the folder.

    ``language`` is a BCP 47 tag, empty for the system's. ``theme`` is one of ``THEMES``. ``text_size`` is in
    percent. ``unknown`` holds what a newer program wrote, and is written back. ``damaged`` tells that the
    file could not be read and these are the defaults.
    """

    language: str = ""
    theme: str = "system"
    text_size: int = SMALLEST_TEXT_PERCENT
    unknown: Mapping[str, Any] = MappingProxyType({})
    damaged: bool = False

    def with_text_size(self, percent: int) -> "Settings":
        """Held within what the layouts were made for."""
        return self._replace(text_size=min(max(percent, SMALLEST_TEXT_PERCENT), LARGEST_TEXT_PERCENT))


def default_data_folder() -> Path:
    """Where this system keeps a program's data for the person who is signed in to it."""
    import platformdirs

    return platformdirs.user_data_path("intake", appauthor=False)


def data_folder(argument: str | None = None) -> Path:
    """The folder named on the command line, else in INTAKE_DATA_DIR, else the system's; it need not exist."""
    named = argument or os.environ.get(DATA_FOLDER_VARIABLE, "")
    return Path(named).expanduser().absolute() if named else default_data_folder()


def demo_folder(argument: str | None = None) -> Path:
    """Beside the data folder, never in it: fictitious records must not mix with real ones."""
    folder = data_folder(argument)
    return folder.with_name(folder.name + "-demo")


def practice_folder(argument: str | None = None) -> Path:
    """Beside the data folder, never in it: what is only practised must not mix with real records."""
    folder = data_folder(argument)
    return folder.with_name(folder.name + PRACTICE_SUFFIX)


def real_folder(practice: Path) -> Path:
    """The folder beside which this one for practice lies; the default where that cannot be told."""
    if practice.name.endswith(PRACTICE_SUFFIX) and practice.name != PRACTICE_SUFFIX:
        return practice.with_name(practice.name.removesuffix(PRACTICE_SUFFIX))
    return data_folder()


def load(folder: Path) -> Settings:
    """The settings in ``folder``; the defaults where there is no file or it cannot be read.

    A value of the wrong kind counts as not set: settings never keep anybody from a call.
    """
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        return Settings(damaged=True)
    import tomllib

    try:
        found = tomllib.loads(text)
    except ValueError:
        return Settings(damaged=True)
    language, theme, text_size = (found.pop(key, None) for key in ("language", "theme", "text_size"))
    settings = Settings(
        language=language if isinstance(language, str) else "",
        theme=theme if theme in THEMES else "system",
        unknown=found,
    )
    return settings.with_text_size(text_size) if type(text_size) is int else settings


def save(settings: Settings, folder: Path) -> None:
    """Writes them whole or not at all. Raises DiskFull or StoreReadOnly; makes the folder."""
    import tomli_w

    from intake_app.errors import DiskFull, StoreReadOnly

    path = folder / FILE_NAME
    values = dict(settings.unknown) | {
        "language": settings.language,
        "theme": settings.theme,
        "text_size": settings.text_size,
    }
    fresh = path.with_name(f"{FILE_NAME}.{os.getpid()}.new")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text(tomli_w.dumps(values), encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise (DiskFull if error.errno == errno.ENOSPC else StoreReadOnly)(path=str(path)) from error
