"""What is remembered for the next paper: how to reach the organisation, and the next form's number."""

from intake_app.store.store import Store


def test_the_address_and_the_next_number_are_kept_apart(store: Store) -> None:
    assert store.paper.known() == ("", 1)
    store.paper.keep(" 0300 000 0000\r\nhello@example.org \n", 21)
    assert store.paper.known() == ("0300 000 0000\nhello@example.org", 21)
    store.paper.keep("0300 000 0001")
    assert store.paper.known() == ("0300 000 0001", 21)
