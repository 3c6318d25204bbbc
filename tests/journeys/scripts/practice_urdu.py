"""A whole practice call in Urdu with an interpreter: three voices, and no Urdu in an English voice."""

import re

from harness.journey import Journey

URDU_LETTERS = "[\u0600-\u06ff]"
STORY = "They told me there was no interpreter. My daughter of eleven came. I left half unsaid."
NEXT = "ctrl+shift+l"


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open("--practise")
    journey.ready()
    journey.key("ctrl+shift+p")
    journey.type("urdu, with")
    journey.expect("A caller in Urdu, with an interpreter")
    journey.key("Return")
    journey.expect("She speaks Urdu.*what the caller says next")
    journey.key(NEXT)
    journey.expect("Interpreter: .?Good morning.*Hint")
    journey.key("F5")
    journey.type("spoken")
    journey.expect("1 match")
    journey.key("Down", "Return")
    journey.expect("Spoken-language interpreter.?: added")
    journey.type("urdu")
    journey.expect("match")
    journey.key("Down", "Return")
    journey.expect("Urdu chosen.*Ctrl.Shift.W shows the questions in Urdu")
    journey.key(NEXT)
    journey.expect("Caller: in Urdu. In English: .?Peace be upon you")
    journey.picture("practice_urdu")
    journey.key("F4")
    for expected in (
        "She says that it is about", "Caller: in Urdu", "If you ask me", "I was ashamed",
        "I left half of it unsaid", "Do not tell them my name", "with a woman to interpret",
    ):  # fmt: skip
        journey.key(NEXT)
        journey.expect(expected)
    journey.type(STORY)
    journey.key(NEXT)
    journey.expect("Thank you for listening.*The same key now compares")
    journey.key(NEXT)
    journey.expect("What a good record of this call holds, beside yours")
    journey.expect_focus("comparison_rows")
    journey.key("Down", "Down", "Down", "Down")
    journey.expect("In your record. Support, F5: .?Spoken-language interpreter")
    journey.close()
    for step in journey.steps:
        if re.search(URDU_LETTERS, step.words()):
            step.faults.append("an English voice reads Urdu")
