"""What is quoted is told from what was written, in many programs' ways, and not a word of either is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.email.quoting import unquoted

REAL = Path(__file__).parents[5] / "shared" / "data" / "email"


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    "header",
    [
        "On Wed, 4 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:",
        "From: Healthwatch <feedback@healthwatch.example>\nSent: 04 November 2026 09:00\nTo: Zofia",
        "W dniu śr., 4 lis 2026 o 09:00 Healthwatch <feedback@healthwatch.example> napisał(a):",
    ],
)
def test_what_follows_the_header_of_a_reply_is_quoted(header: str) -> None:
    own, quoted = unquoted(f"Nobody rang back.\n\n{header}\n\n> How was it?\n")
    assert own == "Nobody rang back."
    assert "How was it?" in quoted


@given(st.text(alphabet="abc >\n:@<-", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    own, quoted = unquoted(text)
    assert words(own) + words(quoted) == words(text)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real messages are not on this computer")
def test_of_real_replies_no_word_is_lost_and_many_are_told_apart() -> None:
    texts = [path.read_text("utf-8", "replace") for path in REAL.rglob("*-replies/**/*.txt")]
    apart = [unquoted(text) for text in texts]
    for text, (own, quoted) in zip(texts, apart, strict=True):
        assert words(own) + words(quoted) == words(text)
    assert len(texts) > 100
    assert sum(1 for _own, quoted in apart if quoted) > 40
