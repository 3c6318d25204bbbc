"""A whole call by keyboard and ear: story, confidentiality, service, questions, permissions, finish."""

from harness.journey import Journey

STORY = "The receptionist listened and found an appointment the same day."


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open("--new", "phone")
    journey.expect("What they said", within=30)
    journey.ready()
    journey.expect_focus("narrative")
    journey.type(STORY)
    journey.key("F11")
    journey.expect("Confidentiality: said. We keep this private unless")
    journey.key("F2")
    journey.expect("Which service is it about")
    journey.type("rosebank")
    journey.expect("1 match")
    journey.key("Down")
    journey.expect("Rosebank Surgery.*Exampleton")
    journey.key("Return")
    journey.expect("Rosebank Surgery chosen")
    journey.picture("call_service")
    answer(journey, "health or social care", "2")
    answer(journey, "What kind of experience", "2")
    journey.key("ctrl+Return")
    journey.expect("What is it about")
    journey.picture("call_what_happened")
    journey.key("ctrl+5")
    journey.expect("May the service know.*May we tell the service")
    journey.key("2")
    journey.expect("No.*selected")
    answer(journey, "May we contact", "2")
    answer(journey, "May we use their words", "2")
    journey.key("F8")
    journey.expect("What is written down.*The receptionist listened")
    journey.picture("call_read_back")
    journey.key("F4")
    journey.expect("What they said")
    journey.expect_text("narrative", STORY)
    journey.key("F12")
    journey.expect("problem.*needs? attention.*F12 finishes")
    journey.picture("call_wrap_up")
    journey.key("Tab")
    journey.expect("Danger asked.*link")
    journey.key("Return")
    journey.expect("Is anyone in danger right now.*required")
    journey.key("2")
    journey.key("1")
    journey.key("F12")
    journey.expect(r"Finished, .*\d{3} \d{3} \d{3}.*Ready for a new record")
    journey.expect_focus("narrative")
    journey.expect_text("narrative", "")


def answer(journey: Journey, question: str, choice: str) -> None:
    """To the next question without an answer, hear it, and choose by its number."""
    journey.key("ctrl+Return")
    journey.expect(question)
    journey.key(choice)
    journey.expect("selected")
