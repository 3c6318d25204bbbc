"""A whole call with Urdu words beside the English: service, questions, agreement, read-back, finish."""

from harness.journey import Journey

STORY = "The surgery had no interpreter, so her son had to speak for her."
LETTERS_OF_URDU = set("ابپتسلمنہیے")


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open("--new", "phone")
    journey.expect("What they said", within=30)
    journey.ready()
    journey.type(STORY)
    journey.key("ctrl+shift+w")
    journey.expect("Language of the person")
    journey.type("urdu")
    journey.expect("1 match")
    journey.key("Down", "Return")
    journey.expect("Questions in Urdu beside the English: a draft")
    journey.key("F2")
    journey.expect("Which service is it about")
    journey.type("rosebank")
    journey.expect("1 match")
    journey.key("Down")
    journey.expect("Rosebank Surgery.*Exampleton")
    journey.key("Return")
    journey.expect("Rosebank Surgery chosen")
    answer(journey, "health or social care", "2")
    answer(journey, "What kind of experience", "1")
    journey.picture("urdu_what_happened")
    journey.key("ctrl+Return")
    journey.expect("What is it about")
    journey.key("ctrl+5")
    journey.expect("May the service know")
    journey.picture("urdu_agreement")
    journey.key("ctrl+shift+e")
    journey.expect("For the person to read.*Urdu: ask for an interpreter")
    journey.picture("urdu_agreement_large")
    journey.key("Escape")
    journey.key("2")
    journey.expect("No.*selected")
    answer(journey, "May we contact", "2")
    answer(journey, "May we use their words", "1")
    journey.key("F8")
    journey.expect("What is written down.*no interpreter")
    journey.key("F4")
    journey.expect("What they said")
    journey.expect_text("narrative", STORY)
    journey.key("F12")
    journey.expect("needs? attention.*F12 finishes")
    journey.picture("urdu_wrap_up")
    journey.key("F12")
    journey.expect(r"Finished, .*\d{3} \d{3} \d{3}.*Ready for a new record")
    journey.key("ctrl+l")
    journey.expect("Records")
    for step in journey.steps:
        if LETTERS_OF_URDU & set(step.words()):
            journey.fault(f"an English voice read Urdu after {step.did}: {step.words()}")
    journey.close()


def answer(journey: Journey, question: str, choice: str) -> None:
    """To the next question without an answer, hear it, and choose by its number."""
    journey.key("ctrl+Return")
    journey.expect(question)
    journey.key(choice)
    journey.expect("selected|chosen")
