"""What is said of the bytes of files is read whole or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.attachments import CHUNK_BYTES, MOST_BYTES, MOST_FILES
from intake_app.documents import Attachment
from intake_app.sync.attachments_protocol import (
    FileAnswer,
    chunk_count,
    chunk_length,
    file_of,
    file_text,
    sendable,
)
from intake_app.sync.fields import MessageUnreadable

SIZES = st.integers(1, MOST_BYTES)


@given(SIZES, st.booleans(), st.data())
def test_an_answer_is_read_as_it_was_written(size: int, whole: bool, data: st.DataObject) -> None:
    numbers = st.integers(0, chunk_count(size) - 1)
    answer = FileAnswer(size, whole, tuple(data.draw(st.lists(numbers, max_size=5))))
    assert file_of(file_text(answer)) == answer


@given(SIZES)
def test_the_pieces_together_are_the_file(size: int) -> None:
    lengths = [chunk_length(size, number) for number in range(chunk_count(size))]
    assert sum(lengths) == size
    assert all(0 < length <= CHUNK_BYTES for length in lengths)
    assert chunk_length(size, chunk_count(size)) == chunk_length(size, -1) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"whole": true}',
        '{"size": 0, "whole": true}',
        '{"size": 50000001, "whole": false}',
        '{"size": 10, "whole": "yes"}',
        '{"size": 10, "whole": false, "missing": [1]}',
        '{"size": 10, "whole": false, "missing": ["0"]}',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MessageUnreadable):
        file_of(text)


@given(st.lists(st.builds(Attachment, st.text(), st.integers(), st.text(), st.text()), max_size=5))
def test_no_manifest_makes_the_hub_stumble(files: list[Attachment]) -> None:
    assert all(
        len(sha256) == 64 and 0 < size <= MOST_BYTES for sha256, size in sendable(tuple(files)).items()
    )


def test_each_file_is_taken_once_and_not_too_many() -> None:
    many = [Attachment(f"{number:064x}", 12, "", "x") for number in range(MOST_FILES + 5)]
    assert len(sendable((many[0], *many))) == MOST_FILES
