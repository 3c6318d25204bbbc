"""Tells what somebody wrote from what they quote of earlier messages; both are kept, none is thrown away."""

from mailparser_reply import EmailReplyParser

_LANGUAGES = ["en", "de", "fr", "pl", "es", "it", "nl", "pt"]
_MOST_LETTERS = 200_000
"""Longer texts are not taken apart: the patterns take too long."""


def unquoted(text: str) -> tuple[str, str]:
    """(the sender's own words, the quoted rest). Answers written between quoted lines: nothing is split off.

    The two together are ``text``, but for blank lines between them.
    """
    if len(text) > _MOST_LETTERS:
        return text, ""
    own = (EmailReplyParser(languages=_LANGUAGES).parse_reply(text=text) or "").strip()
    if not own or not text.lstrip().startswith(own):
        return text, ""
    rest = text.lstrip()[len(own) :]
    if not rest.strip() or _answers_between(rest):
        return text, ""
    return own, rest.strip("\n")


def _answers_between(rest: str) -> bool:
    """Somebody's words below a quoted line are no quotation."""
    seen_quote = False
    for line in rest.splitlines():
        if line.startswith(">"):
            seen_quote = True
        elif line.strip() and seen_quote:
            return True
    return False
