"""A file that belongs to a record: what the record says of it, and what may be told from its name and start.

The bytes lie apart, in the encrypted store, and are found by their hash.
"""

import mimetypes
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

from intake_app.bodies import Body, StoredInstant
from intake_app.text import clean_text

MOST_BYTES = 50_000_000
"""Of one file. A larger one is refused in words, and everything beside it goes on."""
CHUNK_BYTES = 256 * 1024
MOST_FILES = 100
"""Of one record."""
START_BYTES = 512
"""So much of a file tells its kind."""

_LONGEST_NAME = 120
_UNKNOWN = "application/octet-stream"
# Read from no file of the system: the same name is of the same type on every computer.
_TYPES = mimetypes.MimeTypes(filenames=())
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"#!", "text/x-shellscript"),
)
_SHOWN = ("image/png", "image/jpeg")
_RUNNING_TYPES = ("application/x-msdownload", "application/x-executable", "text/x-shellscript")
_ENDINGS = """
ade adp app appinstaller application appref-ms appx apk asp bas bash bat bin cab chm cmd com command cpl crt
csh deb desktop dll dmg doc docm dot dotm exe gadget hlp hta htm html img inf iqy iso jar jnlp js jse ksh lnk
accda accdb accde mdb mde mht mhtml msc msh msi msix msp mst ocx one pif pkg pl potm ppa ppam pps ppsm ppt
pptm ps1 psd1 psm1 py pyc pyw rb reg rpm run scf scr sct search-ms settingcontent-ms sh shtml sldm slk svg
svgz sys url vb vbe vbs vhd vhdx webloc website ws wsc wsf wsh xbap xht xhtml xla xlam xll xls xlsb xlsm xlt
xltm xml xsl xslt zsh
"""
"""Endings of what a system runs, or opens with a program that runs what is in it: programs, scripts, pages,
documents with macros, links to elsewhere, discs."""
_RUNNING = frozenset(_ENDINGS.split())
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{one}{number}" for one in ("com", "lpt") for number in range(1, 10)))
)
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')


class Origin(StrEnum):
    """Where a file came from."""

    FILE = "file"
    PASTED = "pasted"
    EMAIL = "email"


class AttachedFile(Body):
    """What a record says of one file. ``by`` is the staff member who attached it, ``added`` when.

    ``name`` is what people call it, never a path; ``media_type`` is read from the file itself where its
    start tells, else from its name.
    """

    id: str
    name: str
    media_type: str = ""
    size: int
    sha256: str
    origin: str = Origin.FILE
    by: str = ""
    added: StoredInstant | None = None

    @property
    def runs(self) -> bool:
        """Whether a system might run it, or what is in it: never opened, only saved on explicit wish."""
        return self.media_type in _RUNNING_TYPES or ending(self.name) in _RUNNING

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at inside the window."""
        return self.media_type in _SHOWN


def ending(name: str) -> str:
    """What stands behind the last dot, in small letters; Windows sees no dots and spaces at the end."""
    return PurePosixPath(name.rstrip(". ").lower()).suffix.removeprefix(".")


def media_type_of(name: str, start: bytes) -> str:
    """By how the file starts, else by its name."""
    for known, media_type in _STARTS:
        if start.startswith(known):
            return media_type
    guessed, _encoding = _TYPES.guess_type(f"a.{ending(name)}")
    # A name that promises a picture proves none.
    return guessed if guessed is not None and guessed not in _SHOWN else _UNKNOWN


def safe_name(name: str) -> str:
    """As people may read it and as every system may store it; empty where nothing of it is left.

    No path, no control characters, and none that turn the direction of writing: ``"photo\\u202egnp.exe"``
    reads as a picture.
    """
    last = clean_text(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        "_" if one in _NOT_IN_NAMES else one for one in last if unicodedata.category(one) not in ("Cc", "Cf")
    )
    kept = " ".join(kept.split()).strip(". ")
    stem, dot, end = kept.rpartition(".")
    if not dot:
        stem, end = kept, ""
    if stem.casefold() in _RESERVED:
        stem = f"_{stem}"
    return _shortened(stem, f".{end}" if dot else "")


def _shortened(stem: str, end: str) -> str:
    if len(end) > _LONGEST_NAME // 2:
        stem, end = f"{stem}{end}", ""
    return f"{stem[: _LONGEST_NAME - len(end)].strip()}{end}"
