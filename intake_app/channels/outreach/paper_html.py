"""A paper as a web page: real headings, lists and languages, its letters inside, nothing from elsewhere.

A browser prints it too, but numbers no pages form by form; the window's own printing does.
"""

import base64
import html
from collections.abc import Iterator

from intake_app import i18n
from intake_app.assets import asset
from intake_app.channels.outreach.paper import Block, Paper, Piece, Role, direction
from intake_app.i18n import _

_LETTERS = {
    "ar": "NotoSansArabic", "fa": "NotoSansArabic", "ckb": "NotoSansArabic", "ps": "NotoSansArabic",
    "prs": "NotoSansArabic", "ur": "NotoNastaliqUrdu", "pnb": "NotoNastaliqUrdu", "pa": "NotoSansGurmukhi",
    "bn": "NotoSansBengali", "gu": "NotoSansGujarati", "hi": "NotoSansDevanagari", "ta": "NotoSansTamil",
    "am": "NotoSansEthiopic", "ti": "NotoSansEthiopic",
}  # fmt: skip
_STYLE = """
@page { size: A4; margin: 15mm }
body { font: %(size)dpt/1.4 %(family)ssans-serif; color: #000; background: #fff }
body { max-width: 48em; margin: auto }
h1 { font-size: 1.4em } h2 { font-size: 1.15em; margin-block: 0 .3em }
.block { break-inside: avoid; margin-block: 0 1em }
.picture { display: flex; gap: 1em } .picture > div { flex: 1 }
.picture::before { content: ""; flex: none; border: 1px dashed #767676; width: 6em; height: 6em }
.copy + .copy { break-before: page }
p { margin-block: .2em } ul { list-style: none; padding: 0; margin-block: .3em }
li { display: flex; gap: .5em; margin-block: .35em }
.box { flex: none; width: .9em; height: .9em; border: 2px solid #000; margin-top: .2em }
.key, .english { font-size: max(10pt, .75em); display: block }
.key { flex: none; min-width: 1.2em; direction: ltr }
.reference { font-size: 1.8em; letter-spacing: .05em; direction: ltr; unicode-bidi: isolate }
.line { border-bottom: 1px solid #000; height: %(line)dpt }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%) }
"""
_LINE_FACTOR = 1.9
_LEAST_LINE_POINTS = 28


def write_html(paper: Paper) -> str:
    """Each copy is an article of its own, named by its number."""
    return "".join(_whole(paper))


def letters_of(language: str) -> str:
    """The font file's name that a language needs; empty where every computer has its letters."""
    if language.endswith("-Arab"):
        return "NotoNastaliqUrdu"
    return _LETTERS.get(language.partition("-")[0], "")


def line_points(size: int) -> float:
    """Room for handwriting: more for those who need large letters."""
    return max(_LEAST_LINE_POINTS, size * _LINE_FACTOR)


def _whole(paper: Paper) -> Iterator[str]:
    needed = letters_of(paper.shown_in)
    family = f'"{needed}", ' if needed else ""
    yield (
        f'<!DOCTYPE html>\n<html lang="{_tag(paper.shown_in)}" dir="{paper.direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(paper.title)}</title>\n<style>"
    )
    if needed:
        data = base64.b64encode((asset("resources/fonts") / f"{needed}-Regular.ttf").read_bytes()).decode()
        yield f'@font-face {{ font-family: "{needed}"; src: url(data:font/ttf;base64,{data}) }}'
    yield _STYLE % {"size": paper.size, "family": family, "line": line_points(paper.size)}
    yield "</style>\n</head>\n<body>\n<main>\n"
    for number in paper.numbers or (None,):
        yield from _copy(paper, number)
    yield "</main>\n</body>\n</html>\n"


def _copy(paper: Paper, number: int | None) -> Iterator[str]:
    name = paper.form_name(number) if number is not None else paper.title
    yield f'<article class="copy" aria-label="{html.escape(name)}">\n'
    if number is not None:
        head = html.escape(name)
        if paper.event:
            head += f' · <span dir="auto">{html.escape(paper.event)}</span>'
        yield f'<p lang="{_tag(paper.form_words.language)}">{head}</p>\n'
    for place, block in enumerate(paper.blocks):
        yield from _block(block, f"{number or 0}-{place}")
    yield "</article>\n"


def _block(block: Block, name: str) -> Iterator[str]:
    question = next((one for one in block.pieces if one.role is Role.QUESTION), None)
    group = f' role="group" aria-labelledby="q{name}"' if question is not None else ""
    yield f'<div class="block{" picture" if block.symbol else ""}"{group}>\n<div>\n'
    listed = False
    for piece in block.pieces:
        if (piece.role is Role.CHOICE) != listed:
            listed = not listed
            yield "<ul>\n" if listed else "</ul>\n"
        yield _piece(piece, f"q{name}" if piece is question else "")
    if listed:
        yield "</ul>\n"
    yield '<div class="line"></div>\n' * block.lines
    if block.lines:
        # What a screen reader meets where others see empty lines.
        words = html.escape(_("Lines to write on"))
        yield f'<p class="heard" lang="{_tag(i18n.language())}">{words}</p>\n'
    yield "</div>\n</div>\n"


def _piece(piece: Piece, name: str) -> str:
    words = html.escape(piece.text).replace("\n", "<br>")
    if piece.english:
        words += f'<span class="english" lang="en" dir="ltr">{html.escape(piece.english)}</span>'
    marks = f'lang="{_tag(piece.language)}" dir="{direction(piece.language)}"'
    key = f'<span class="key" lang="en">{html.escape(piece.key)}</span>' if piece.key else ""
    match piece.role:
        case Role.TITLE:
            return f"<h1 {marks}>{words}</h1>\n"
        case Role.HEADING:
            return f"<h2 {marks}>{words}</h2>\n"
        case Role.QUESTION:
            return f'<h3 id="{name}" {marks}>{html.escape(piece.key)} {words}</h3>\n'
        case Role.CHOICE:
            return f'<li><span class="box"></span>{key}<span {marks}>{words}</span></li>\n'
        case Role.REFERENCE:
            return f'<p class="reference">{words}</p>\n'
        case Role.NOTE:
            return f"<p {marks}><small>{words}</small></p>\n"
        case Role.TEXT:
            return f"<p {marks}>{words}</p>\n"


def _tag(language: str) -> str:
    return html.escape(language)
