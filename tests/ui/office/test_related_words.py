"""Links and offers in words, from both sides, with whatever is not known left out."""

import pytest

from intake_app.store.links import Linked
from intake_app.store.related import LinkedRecord, Offer, Related
from intake_app.store.summaries import RecordSummary, Whereabouts
from intake_app.text import without_isolates
from intake_app.times import Instant
from ui.record_list.related_words import linked_words, offer_words, relation_words, summary_words

AT = Instant.parse("2026-11-20T10:14:00.000Z")
RECORD = RecordSummary(
    "r", "482913760", AT, "phone", ("Rose Lodge",), "She waited.", "finished", False, 1, Whereabouts("alone")
)  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "first", "words"),
    [
        ("same_story", True, "same story"),
        ("same_person", False, "same person"),
        ("follow_up", True, "this record follows on from it"),
        ("follow_up", False, "it follows on from this record"),
        ("same_household", True, "same_household"),
    ],
)
def test_each_relation_has_its_words(relation: str, first: bool, words: str) -> None:
    assert relation_words(relation, first) == words


def test_a_link_tells_the_other_record_and_who_linked() -> None:
    link = Linked("r", "same_story", True, "sam", AT, ("l",))
    words = without_isolates(linked_words(LinkedRecord(link, RECORD), "Sam"))
    assert words.startswith("Linked, same story: 482 913 760, 20 Nov 2026, 10:14, Rose Lodge, “She waited.”.")
    assert words.endswith("Linked 20 Nov 2026, 10:14 by Sam")
    away = without_isolates(linked_words(LinkedRecord(link, None), ""))
    assert away == "Linked, same story: a record that is not on this computer. Linked 20 Nov 2026, 10:14"


def test_an_offer_says_why_first() -> None:
    offer = Offer(RECORD, False, True, 2, ("corridor", "trolley"))
    words = without_isolates(offer_words(offer))
    start = (
        "Maybe the same story, same service, 2 days apart, words in both: corridor and trolley: 482 913 760"
    )
    assert words.startswith(start)
    assert "1 day apart" in offer_words(Offer(RECORD, False, False, 1, ("corridor",)))
    assert offer_words(Offer(RECORD, same_person=True)).startswith("Same number or email: ")
    both = Offer(RECORD, same_person=True, same_exchange=True)
    assert offer_words(both).startswith("Same email exchange: ")


def test_the_heading_counts_links_and_offers_and_names_nobody() -> None:
    assert summary_words(Related(people=3)) == "Related records: none known"
    link = LinkedRecord(Linked("r", "same_story", True, "", AT, ("l",)), RECORD)
    both = Related((link,), (Offer(RECORD), Offer(RECORD)))
    assert summary_words(both) == "Related records: 1 linked and 2 offered"
