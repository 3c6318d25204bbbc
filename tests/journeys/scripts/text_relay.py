"""A call by text relay, from "this is Relay UK" to SK SK: a hold, a park, a garbled turn put right."""

from harness.journey import Journey


def turn(journey: Journey, words: str, heard: str = "Your turn") -> None:
    """While it is typed nothing talks; Enter says whose turn it is."""
    journey.type(words)
    journey.expect_not("[Tt]urn|[Nn]oted|Saved")
    journey.key("Return")
    journey.expect(heard)


def to_the_turns(journey: Journey) -> None:
    """F6 until the pane of the turns, the last part of the window."""
    for _press in range(6):
        journey.key("F6")
        if journey.focused().startswith("relay"):
            break
    journey.expect_focus("relay_typed")


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.type("Somebody types to us.")
    journey.key("F5")
    journey.expect("What was used besides")
    journey.type("text relay")
    journey.key("Down", "Return")
    journey.expect("Text relay is on. F6 goes to the turns")
    to_the_turns(journey)
    journey.expect_focus("relay_typed")
    journey.expect("What the relay assistant reads to you.*Enter ends their turn, with GA")
    journey.type("this is relay uk with a caller who types")
    journey.tab_to("relay_assistant")
    journey.key("Return")
    journey.expect("Noted as said by the relay assistant")
    journey.expect_focus("relay_typed")
    turn(journey, "hello i want to tell about my gp ga")
    journey.key("F3")
    journey.expect("Your turn. End with .*go ahead")
    journey.key("ctrl+Return")
    journey.expect("Which service")
    journey.key("ctrl+shift+y")
    journey.expect("Noted: you asked .*service.*Their turn")
    to_the_turns(journey)
    turn(journey, "the doctpr was latr ga")
    journey.key("F9")
    journey.expect("Not parked.*please hold, GA")
    journey.tab_to("relay_correct")
    journey.key("Return")
    journey.expect("The turn as it should read.*Enter keeps the correction")
    journey.key("ctrl+a")
    journey.type("the doctor was late")
    journey.key("Return")
    journey.expect("Corrected. What was heard first is kept too")
    journey.tab_to("relay_log", back=True)
    journey.expect("the doctor was late.? GA. Corrected; it was first heard as .{1,3}the doctpr was latr")
    journey.key("Return")
    journey.expect("Copied to what they said: .{1,3}the doctor was late")
    journey.picture("text_relay")
    journey.key("ctrl+shift+h")
    journey.expect("Noted: please hold, GA. F9 parks now")
    journey.key("F9")
    journey.expect("Parked and saved")
    journey.key("shift+F9")
    journey.key("Return")
    journey.expect("Back in")
    journey.expect_text("narrative", "Somebody types to us.\nthe doctor was late")
    to_the_turns(journey)
    turn(journey, "that is all thank you bye sk sk", "They said goodbye: SK")
    journey.tab_to("relay_end")
    journey.key("Return")
    journey.expect("Noted: goodbye, SK SK. Let them hang up first")
    journey.key("F12")
    journey.key("F12")
    journey.expect("Finished")
    status = journey.intake("status")
    journey.check("the call is a record", lambda: "records: 1" in status, 0)
