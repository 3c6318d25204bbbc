"""A caller in Urdu whose daughter of eleven interprets: why, could she speak alone, when do we come back."""

import re

from harness.journey import Journey

FIRST = "They told her there was no interpreter."
REST = " Her daughter had to say it all."
URDU_LETTERS = "[\u0600-\u06ff]"


def next_question(journey: Journey, expected: str) -> None:
    journey.key("ctrl+Return")
    journey.expect(expected)


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.type(FIRST)
    journey.key("F5")
    journey.expect("Who or what helps")
    journey.type("spoken")
    journey.expect("1 match")
    journey.key("Down", "Return")
    journey.expect("Spoken-language interpreter.?: added. Escape goes back")
    journey.type("urdu")
    journey.expect("match")
    journey.key("Down", "Return")
    journey.expect("Urdu chosen.*Ctrl.Shift.W shows the questions in Urdu")
    who_and_why(journey)
    her_words(journey)
    come_back(journey)
    in_the_list(journey)
    journey.close()
    for step in journey.steps:
        if re.search(URDU_LETTERS, step.words()):
            step.faults.append("an English voice reads Urdu")


def who_and_why(journey: Journey) -> None:
    next_question(journey, "Dialect")
    next_question(journey, "In person, by phone or by video")
    journey.key("2")
    journey.expect("By phone.*selected")
    next_question(journey, "What came of it")
    journey.key("6")
    journey.expect("Family or a friend interpreted instead.*selected")
    journey.expect("3 new questions below")
    next_question(journey, "Who interpreted instead.*The relation only, never a name")
    journey.key("3")
    journey.expect("A child under 18.*selected")
    next_question(journey, "Why")
    journey.key("3")
    journey.expect("Nobody offered an interpreter.*selected.*New section: What was missing. F5 goes there")
    journey.key("F1")
    journey.expect("It shows whether it was the person.s wish or our lack")
    next_question(journey, "Could the person speak alone.*without the one who interpreted")
    journey.key("2")
    journey.expect("No.*selected")
    journey.picture("daughter")


def her_words(journey: Journey) -> None:
    """Back in the story, whose words are noted as interpreted, through the daughter."""
    journey.key("F4")
    journey.expect_text("narrative", FIRST)
    journey.type(REST)
    journey.key("ctrl+shift+g")
    journey.expect("Language of these words")
    journey.tab_to("story_kind.verbatim")
    journey.key("Down")
    journey.expect("As the interpreter said it, not word for word.*selected")
    journey.key("Escape")
    journey.expect_text("narrative", FIRST + REST)


def come_back(journey: Journey) -> None:
    """She could not speak freely: when we ring her again, with an interpreter and not with the child."""
    journey.key("F5")
    journey.type("missing")
    journey.expect("1 match")
    journey.key("Down", "Return")
    journey.expect("What was asked for")
    next_question(journey, "What was offered instead")
    journey.key("2")
    journey.expect("An interpreter on another day.*selected")
    next_question(journey, "When and how do we come back")
    journey.key("2")
    journey.expect("Tomorrow, by phone or video, with that support.*selected")
    next_question(journey, "Day and time")
    journey.type("at ten, while the children are at school")
    journey.picture("daughter_missing")


def in_the_list(journey: Journey) -> None:
    journey.key("F12")
    journey.expect("needs? attention|Wrap up")
    journey.key("F12")
    journey.expect("Finished")
    journey.key("ctrl+l")
    journey.tab_to("record_list", most=16)
    journey.key("Return")
    journey.expect("Record")
    journey.key("Tab")
    journey.expect("The record.*read only")
    text = "A child under 18"
    journey.check("who interpreted is told", lambda: text in journey.text("record_text"))
    journey.check(
        "her words are told to have come through her",
        lambda: "Through: Spoken-language interpreter, Urdu" in journey.text("record_text"),
    )
    journey.picture("daughter_record")
