"""The words of an HTML message as plain text: no tag, no script, no picture, no request to anywhere."""

from html.parser import HTMLParser

_LINES = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "table",
        "ul",
        "ol",
        "hr",
    }
)
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})


def text_of_html(html: str) -> str:
    """Lines as a reader would see them; an address behind other words stands after them in brackets."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.found).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _LINES:
            self.found.append("\n")
        elif tag == "td":
            self.found.append(" ")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.found)))
        elif tag == "img" and (told := dict(attrs).get("alt")):
            self.found.append(f"[{told}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _LINES:
            self.found.append("\n")
        elif tag == "a" and self._links:
            href, since = self._links.pop()
            words = "".join(self.found[since:])
            if href.startswith(("http://", "https://", "mailto:")) and href.partition(":")[2] not in words:
                self.found.append(f" <{href}>")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)
