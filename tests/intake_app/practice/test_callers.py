"""The callers that ship: their services, topics and questions exist, and their hints name real keys."""

import re
from pathlib import Path

import pytest

from intake_app import demo, taking_down
from intake_app.assets import asset
from intake_app.errors import FileRefused
from intake_app.folding import fold
from intake_app.forms.library import Library
from intake_app.forms.translations import Catalogues
from intake_app.practice import callers
from intake_app.practice.callers import Caller
from intake_app.store.opening import create_store
from intake_app.times import IdMaker
from intake_app.translating.texts import template
from tests.fakes import DictionaryKeyring, HandClock
from ui.actions import KEYS

SHIPPED = callers.shipped()
KEY = re.compile(r"\b(?:Ctrl\+|Shift\+)*(?:F\d+|(?<=\+)[A-Z0-9])\b")

RELAY_AND_URDU = """
title = "By text relay, in Urdu"
about = "What comes later."
support = ["text_relay"]

[[turn]]
by = "relay_assistant"
says = "HELLO THIS IS RELAY UK GA"

[[turn]]
language = "ur"
says = "میں چھ گھنٹے انتظار کرتی رہی"
meaning = "I waited for six hours"
hint = "Write down both."

[good_record]
topics = [["access_waiting_on_day"]]
"""


def test_the_six_callers_ship_and_each_has_a_way_of_its_own() -> None:
    assert [one.id for one in SHIPPED] == [
        "good_only", "distressed", "in_a_hurry", "rings_off", "text_relay", "urdu_interpreter",
    ]  # fmt: skip
    hints = {one.id: " ".join(turn.hint for turn in one.turns) for one in SHIPPED}
    assert "F7" in hints["distressed"]
    assert "F9" in hints["in_a_hurry"]
    assert "Ctrl+R" in hints["rings_off"]


@pytest.mark.parametrize("caller", SHIPPED, ids=lambda one: one.id)
def test_every_code_of_a_good_record_is_in_the_shipped_sets(caller: Caller) -> None:
    library, good = Library.shipped(), caller.good_record
    frame, feedback, person = (library.latest(one) for one in ("frame", "feedback", "person"))
    for group in good.topics:
        assert group
        assert set(group) <= set(library.code_list("topics").by_code)
    for question, code in good.answers.items():
        asked = (frame if question in frame.by_id else feedback).question(question)
        assert code in asked.codes or (asked.kind == "acknowledge" and code == "OK")
    assert set(good.details) <= set(person.by_id)
    assert caller.channel in library.code_list("channels").by_code
    sets = [library.latest(taking_down.session_set(library, one)) for one in caller.support]
    for question, code in good.session.items():
        assert code in sets[0].question(question).codes


def test_every_service_is_among_the_made_up_ones(tmp_path: Path) -> None:
    clock = HandClock()
    made = create_store(
        tmp_path / "x", clock=clock, ids=IdMaker(clock), keyring=DictionaryKeyring(), practice=True
    )
    with made.store as store:
        demo.bring_services(store, tmp_path)
        for caller in SHIPPED:
            name, town = (fold(part.strip()) for part in caller.good_record.service.split(","))
            hits = store.directory.search(f"{name} {town}")
            assert [fold(hit.name) for hit in hits][:1] == [name]


@pytest.mark.parametrize("caller", SHIPPED, ids=lambda one: one.id)
def test_hints_name_only_keys_that_there_are(caller: Caller) -> None:
    known = {sequence for key in KEYS for sequence in key.keys}
    for turn in caller.turns:
        named = set(KEY.findall(turn.hint))
        assert named <= known, turn.hint


@pytest.mark.parametrize("caller", SHIPPED, ids=lambda one: one.id)
def test_nobody_and_nothing_is_real(caller: Caller) -> None:
    said = " ".join(turn.says for turn in caller.turns)
    assert not re.search(r"\b0(?!7700 900)\d{3,}", said)
    assert "@" not in said


def test_the_layout_holds_relay_calls_and_other_languages(tmp_path: Path) -> None:
    (tmp_path / "5_relay_urdu.toml").write_text(RELAY_AND_URDU, "utf-8")
    caller = callers.load(tmp_path / "5_relay_urdu.toml")
    assert (caller.id, caller.support) == ("relay_urdu", ("text_relay",))
    assert [turn.by for turn in caller.turns] == ["relay_assistant", "caller"]
    texts = dict(callers.messages(caller))
    assert texts["practice.relay_urdu.2.says"] == "I waited for six hours"
    shown = callers.in_language(caller, "en-XA", Catalogues())
    assert shown.turns[1].says == caller.turns[1].says
    assert shown.turns[1].meaning != caller.turns[1].meaning
    assert shown.turns[0].says != caller.turns[0].says


def test_english_is_as_it_was_written() -> None:
    for caller in SHIPPED:
        assert callers.in_language(caller, "en", Catalogues()) == caller


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("", "turn"),
        ('[[turn]]\nsays = "a"\nby = "robot"\n', "robot"),
        ('[[turn]]\nsays = "a"\nshout = "b"\n', "shout"),
        ("[[turn]]\nsays = 3\n", "3 is no text"),
        ('[[turn]]\nsays = "ا"\nlanguage = "ur"\n', "without meaning"),
        ('[[turn]]\nsays = "a"\n[good_record]\ndanger = "perhaps"\n', "danger"),
        ('[[turn]]\nsays = "a"\n[good_record]\ntopics = ["one"]\n', "no list"),
        ("[[turn]\n", "line"),
    ],
)
def test_a_file_that_is_no_caller_says_what_is_wrong_in_it(tmp_path: Path, line: str, detail: str) -> None:
    path = tmp_path / "caller.toml"
    good = "" if "[good_record]" in line else "[good_record]\n"
    path.write_text(f'title = "A"\nabout = "B"\n{line}{good}', "utf-8")
    with pytest.raises(FileRefused) as refused:
        callers.load(path)
    assert detail in str(refused.value.details["detail"])


def test_translators_see_every_line_with_the_context_under_which_it_is_looked_up() -> None:
    catalogue = template(asset("locales").parent, "questions")
    found = {(message.context, message.id) for message in catalogue if message.id}
    for caller in SHIPPED:
        assert set(callers.messages(caller)) <= found
