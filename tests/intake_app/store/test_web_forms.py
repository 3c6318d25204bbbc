"""How forms are read is kept by their name; a response has one id wherever it is brought in."""

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.online import OnlineResponse
from intake_app.store.store import Store
from intake_app.store.web_forms import Whereabouts
from intake_app.times import Clock, IdMaker


def test_a_form_is_kept_once_whatever_its_capitals(store: Store) -> None:
    store.web_forms.keep("Our form", {"name": "Our form"})
    store.web_forms.keep("Café", {"name": "Café"})
    store.web_forms.keep("OUR FORM", {"name": "OUR FORM"})
    assert store.web_forms.forms() == {"Café": {"name": "Café"}, "OUR FORM": {"name": "OUR FORM"}}


def test_a_response_is_new_then_a_draft_then_a_record_then_erased(
    store: Store, clock: Clock, ids: IdMaker
) -> None:
    library = Library.shipped()
    new = store.web_forms.look("Our form", "Mind", "101")
    assert new.where is Whereabouts.NEW
    draft = taking_down.new_draft(library, ids, clock(), store.device, channel="web_form")
    draft = drafting.with_narrative(draft, "Words", ids)
    draft = drafting.with_record(draft, id=new.id, online=OnlineResponse(form="Our form", digest="abc"))
    store.drafts.keep(draft)
    there = store.web_forms.look("OUR FORM ", "mind", "101")
    assert (there.id, there.where, there.digest) == (new.id, Whereabouts.DRAFT, "abc")
    store.records.save(taking_down.finish(draft, library, clock()))
    assert store.web_forms.look("Our form", "Mind", "101").where is Whereabouts.RECORD
    store.erase(new.id, "asked for")
    assert store.web_forms.look("Our form", "Mind", "101").where is Whereabouts.ERASED


def test_another_form_partner_or_response_is_another_record(store: Store) -> None:
    told = {
        store.web_forms.look(*one).id
        for one in (("a", "", "1"), ("a", "", "2"), ("b", "", "1"), ("a", "b", "1"), ("ab", "", "1"))
    }
    assert len(told) == 5
