"""Cuts what waits for the hub into requests."""

from collections.abc import Iterator, Sequence

from intake_app.documents import Document


def batches(documents: Sequence[Document], most: int, max_bytes: int) -> Iterator[Sequence[Document]]:
    """In their order, each with at least one document, however long it is; nothing for none.

    ``max_bytes`` counts the bodies in UTF-8.
    """
    batch: list[Document] = []
    size = 0
    for one in documents:
        length = len(one.body.encode("utf-8", "surrogatepass"))
        if batch and (len(batch) == most or size + length > max_bytes):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch
