"""A call by text relay, from "this is Relay UK" to SK SK: a hold, a park, a garbled turn put right."""

from harness.journey import Journey


def turn(journey: Journey, words: str, heard: str = "Your turn") -> None:
    journey.type(words)
    journey.key("Return")
    journey.expect(heard)


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.type("Somebody types to us.")
    journey.key("F5")
    journey.expect("What was used besides")
    journey.key("space")
    journey.expect("Text relay is on. F6 goes to the turns")
    journey.key("F6", "F6", "F6", "F6", "F6")
    journey.picture("relay_empty")
