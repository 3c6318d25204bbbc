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
    rest = text.lstrip()[len(own) :]
    if own and text.lstrip().startswith(own) and rest.strip() and not _answers_between(rest):
        return own, rest.strip("\n")
    return _at_the_end(text)


def _at_the_end(text: str) -> tuple[str, str]:
    """However a program says who wrote: a line with an address and a colon, then marked lines to the end."""
    lines = text.split("\n")
    first = len(lines)
    while first and (not lines[first - 1].strip() or lines[first - 1].startswith(">")):
        first -= 1
    if not first or not any(line.startswith(">") for line in lines[first:]):
        return text, ""
    says_who = lines[first - 1].rstrip()
    if "@" not in says_who or not says_who.endswith(":"):
        return text, ""
    own = "\n".join(lines[: first - 1]).strip()
    return (own, "\n".join(lines[first - 1 :]).strip("\n")) if own else (text, "")


def _answers_between(rest: str) -> bool:
    """Somebody's words below a quoted line are no quotation."""
    seen_quote = False
    for line in rest.splitlines():
        if line.startswith(">"):
            seen_quote = True
        elif line.strip() and seen_quote:
            return True
    return False
