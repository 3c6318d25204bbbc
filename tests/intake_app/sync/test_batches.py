"""What waits is cut into requests without losing, repeating or moving anything."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.documents import Document
from intake_app.sync.batches import batches


@given(st.lists(st.text(max_size=40), max_size=30), st.integers(1, 7), st.integers(1, 100))
def test_every_document_goes_once_in_order_and_within_the_limits(
    bodies: list[str], most: int, max_bytes: int
) -> None:
    documents = [Document("o", "record", f"{n}", f"{n}", body) for n, body in enumerate(bodies)]
    cut = list(batches(documents, most, max_bytes))
    assert [one for batch in cut for one in batch] == documents
    for batch in cut:
        assert 1 <= len(batch) <= most
        assert len(batch) == 1 or sum(len(one.body.encode()) for one in batch) <= max_bytes


def test_as_much_as_fits_goes_together() -> None:
    documents = [Document("o", "record", f"{n}", f"{n}", "x" * 10) for n in range(6)]
    assert [len(batch) for batch in batches(documents, 500, 40)] == [4, 2]
    assert [len(batch) for batch in batches(documents, 5, 1_000)] == [5, 1]
