"""A letter by post: scanned, attached, named, dated, looked at, typed beside and finished, by keys alone."""

import struct
import zlib
from pathlib import Path

from harness.journey import Journey


def scanned_page(path: Path) -> None:
    """A white page with a grey line, as a scanner makes it."""
    width, height = 600, 800
    line = b"\x00" + b"\xff" * width
    grey = b"\x00" + b"\xff" * 60 + b"\x60" * 400 + b"\xff" * (width - 460)
    rows = b"".join(grey if 80 <= row < 90 else line for row in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    made = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + made)


def play(journey: Journey) -> None:
    journey.prepare()
    page = journey.screen.folder / "scan0001.png"
    scanned_page(page)
    journey.open("--new", "post")
    journey.ready()
    journey.key("ctrl+shift+f")
    journey.expect("Attach files")
    journey.expect_focus("files_add")
    journey.key("space")
    journey.expect("File name")
    journey.type(str(page))
    journey.key("Return")
    journey.expect("Attached: .*scan0001.png.*, .* kB", within=20)
    journey.tab_to("files_rows", most=20, back=True)
    journey.expect("Letters, photos and documents of this record")
    journey.expect("scan0001.png.*, picture.*On this computer, encrypted")
    journey.picture("files")
    journey.tab_to("files_rename", most=6)
    journey.key("space")
    journey.expect("Rename the file.*Name")
    journey.type("Letter of 9 November")
    journey.key("Return")
    journey.expect("Renamed: .*Letter of 9 November.png")
    journey.tab_to("received", most=12)
    journey.expect("Day on which it reached you")
    journey.expect("Reports count by this day")
    journey.type("12 11 2026")
    journey.key("shift+Tab")
    journey.expect("Received: Thursday 12 November 2026")
    journey.tab_to("files_rows", most=12, back=True)
    journey.key("Return")
    journey.expect("Picture, .*Letter of 9 November.png.*, page 1 of 1")
    journey.expect("Plus and minus zoom")
    journey.expect_focus("picture_view")
    journey.key("plus")
    journey.expect("per cent|%")
    journey.key("F4")
    journey.expect("What they said")
    journey.type("The ward was cold and nobody came when I rang.")
    journey.picture("letter_beside_words")
    journey.key("F4")
    journey.expect_focus("picture_view")
    journey.key("Escape")
    journey.expect_focus("files_rows")
    journey.key("Escape")
    journey.key("F12")
    journey.key("F12")
    journey.expect("Finished")
    journey.key("ctrl+f")
    journey.type("nobody came")
    journey.key("Return")
    journey.tab_to("record_list", most=12)
    journey.expect("Finished.*12 Nov 2026.*Post")
    journey.key("Return")
    journey.check(
        "the day it came", lambda: "Received: Thursday 12 November 2026" in journey.text("record_text")
    )
    journey.check("and when it was typed", lambda: "Typed " in journey.text("record_text"))
    journey.tab_to("record_files", most=8)
    journey.expect("Letter of 9 November.png.*, picture")
    journey.close()
