"""What was read of a message comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.email.kept import of_text, to_text
from intake_app.channels.email.message import read


@given(st.binary(max_size=200))
def test_whatever_was_read_comes_back(body: bytes) -> None:
    for head in (
        b"",
        b"From: Zo\xc3\xab <z@example.org>\r\nDate: Wed, 04 Nov 2026 09:00:00 +0000\r\n",
        b"Content-Type: application/pdf; name=x.pdf\r\nAuto-Submitted: auto-replied\r\n",
    ):
        message = read(head + b"\r\n" + body)
        assert of_text(to_text(message)) == message
