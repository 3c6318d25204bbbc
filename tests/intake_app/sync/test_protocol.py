"""Messages survive the way there and back, and nothing else is taken for one."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.documents import Attachment, Document, Pulled, Receipt, ReceiptStatus
from intake_app.sync.fields import MessageUnreadable
from intake_app.sync.protocol import (
    EnrolAnswer,
    EnrolRequest,
    PullAnswer,
    PushAnswer,
    Refusal,
    Refused,
    document_of,
    enrol_answer_of,
    enrol_answer_text,
    enrol_request_of,
    enrol_text,
    envelope_of,
    pull_answer_of,
    pull_page_text,
    pulled_text,
    push_answer_of,
    push_answer_text,
    push_text,
    pushed_values,
    refused_of,
    refused_text,
)
from intake_app.times import Instant

quickly = settings(deadline=None, max_examples=50)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
keys = st.text(min_size=1, max_size=100)
numbers = st.integers(0, 2**53 - 1)
KNOWN = set(envelope_of(Document("o", "k", "i", "m", "b"))) | {"body"}
extras = st.dictionaries(st.text().filter(lambda name: name not in KNOWN), anything, max_size=3)
documents = st.builds(
    Document,
    organisation=keys,
    kind=keys,
    id=keys,
    mutation=keys,
    body=st.text(),
    base=numbers,
    parents=st.lists(numbers, max_size=3).map(tuple),
    format=numbers,
    audience=st.text(),
    attachments=st.lists(st.builds(Attachment, st.text(), numbers, st.text(), st.text()), max_size=2).map(
        tuple
    ),
    deleted=st.booleans(),
    after=st.text(),
    extra=extras.map(lambda values: json.dumps(values, ensure_ascii=False) if values else ""),
)
instants = st.integers(0, 4_000_000_000_000).map(Instant)


@quickly
@given(st.lists(documents, max_size=3))
def test_documents_arrive_as_they_were_sent(sent: list[Document]) -> None:
    assert [document_of(one) for one in pushed_values(push_text(sent))] == sent


@quickly
@given(
    st.lists(
        st.tuples(documents, numbers, st.lists(numbers, max_size=2), st.booleans(), instants), max_size=3
    )
)
def test_a_page_hands_out_what_was_sent_without_parsing_it(rows: list[tuple]) -> None:
    texts = [
        pulled_text(json.dumps(envelope_of(document)), document.body, revision, parents, head, at, "device")
        for document, revision, parents, head, at in rows
    ]
    answer = pull_answer_of(pull_page_text("scope", texts, 7, more=False))
    assert answer == PullAnswer(
        "scope",
        tuple(
            Pulled(document, revision, tuple(parents), head, at, "device")
            for document, revision, parents, head, at in rows
        ),
        7,
        False,
    )


@quickly
@given(anything)
def test_a_document_is_read_or_refused_whatever_it_is(value: object) -> None:
    with suppress(MessageUnreadable):
        document_of(value)


@quickly
@given(st.text() | anything.map(json.dumps))
def test_an_answer_is_read_or_refused_whatever_it_is(text: str) -> None:
    for read in (
        push_answer_of,
        pull_answer_of,
        enrol_answer_of,
        enrol_request_of,
        refused_of,
        pushed_values,
    ):
        with suppress(MessageUnreadable):
            read(text)


@quickly
@given(documents, st.data())
def test_one_wrong_field_is_named(document: Document, data: st.DataObject) -> None:
    values = {**envelope_of(document), "body": document.body}
    name = data.draw(st.sampled_from(["organisation", "kind", "id", "mutation", "body", "base", "parents"]))
    with pytest.raises(MessageUnreadable) as refused:
        document_of({**values, name: {"x": 1}})
    assert refused.value.field == name


def test_answers_survive() -> None:
    at = Instant.parse("2026-03-09T10:14:00Z")
    push = PushAnswer(
        (Receipt("i", "m", 3, "ab", at, ReceiptStatus.CONFLICT, "7F3A21"),),
        (Refusal(2, "hash", {"x": 1}),),
        2,
        3,
        "scope",
    )
    assert push_answer_of(push_answer_text(push)) == push
    enrolled = EnrolAnswer("o", "Name", "Area", "ab" * 32, "d", "office", "o.token")
    assert enrol_answer_of(enrol_answer_text(enrolled)) == enrolled
    with pytest.raises(MessageUnreadable):
        enrol_answer_of(enrol_answer_text(replace(enrolled, organisation_key="short")))
    asked = EnrolRequest("1234", "d", "Front desk")
    assert enrol_request_of(enrol_text(asked)) == asked
    assert refused_of(refused_text(Refused("busy", {"x": 1}))) == Refused("busy", {"x": 1})


def test_a_pulled_body_that_was_changed_on_the_way_is_noticed() -> None:
    document = Document("o", "k", "i", "m", "as sent")
    text = pulled_text(json.dumps(envelope_of(document)), "as changed", 1, (), True, Instant(0), "d")
    with pytest.raises(MessageUnreadable) as refused:
        pull_answer_of(pull_page_text("s", [text], 1, more=False))
    assert refused.value.field == "sha256"


def test_extra_fields_cannot_take_the_place_of_known_ones() -> None:
    document = Document("o", "k", "i", "m", "b", extra='{"body": "other", "deleted": true, "lane": 1}')
    envelope = envelope_of(document)
    assert (envelope["deleted"], envelope["lane"], "body" in envelope) == (False, 1, False)
