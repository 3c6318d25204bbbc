"""Two people change one story at once: both versions are heard, settled by keys, and who decided is kept."""

from harness.journey import Journey

ORGANISATION = "Healthwatch Exampleton"
STORY = "The ward was cold."


def finish(journey: Journey) -> None:
    journey.key("F12")
    journey.expect("need attention|needs attention|Wrap up")
    journey.key("F12")
    journey.expect("Finished")


def sent(journey: Journey) -> None:
    journey.check("the hub has it", lambda: '"waiting": 0' in journey.intake("status", "--json"), within=60)


def play(journey: Journey) -> None:
    journey.prepare()
    address, code = journey.start_hub(ORGANISATION)
    journey.join(address, code)
    journey.open()
    journey.ready()
    journey.type(STORY)
    finish(journey)
    sent(journey)
    journey.elsewhere("change", address, f"{STORY} She rang twice.")
    journey.key("shift+F12")
    journey.expect("Editing")
    journey.key("ctrl+End")
    journey.type(" He had no blanket.")
    finish(journey)
    sent(journey)
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("sync_now", most=16)
    journey.key("space")
    journey.expect("Up to date|under way", within=40)
    journey.tab_to("record_list", most=16)
    journey.expect("Two versions at the hub")
    journey.tab_to("list_settle", most=6)
    journey.expect("Settle or mend")
    journey.key("space")
    journey.expect("1 of 1. What they said", within=20)
    journey.expect("0 of 1 difference decided")
    journey.picture("settle")
    journey.key("Tab")
    journey.expect("What was written.*read only")
    journey.check("who wrote what", lambda: "Amina" in journey.text("settle_versions"))
    journey.key("Tab")
    journey.expect("Ask later")
    journey.key("Down")
    journey.expect("What .* wrote")
    journey.key("Down")
    journey.expect("What .* wrote")
    journey.key("Down")
    journey.expect("Both")
    journey.key("Down")
    journey.expect("A text of my own")
    journey.key("Tab")
    journey.expect("A text written from both")
    journey.picture("settle_own_text")
    journey.key("ctrl+a")
    journey.type("The ward was cold. He had no blanket. She rang twice.")
    journey.tab_to("settle_finish", most=4)
    journey.expect("Finish settling")
    journey.key("space")
    journey.expect("Settled. The record has one version again", within=20)
    sent(journey)
    journey.key("Return")
    journey.expect("Record .*", within=20)
    journey.tab_to("record_versions", most=3)
    journey.expect("Versions of this record")
    journey.check("who decided is kept", lambda: "Settled by" in journey.text("record_versions"))
    journey.picture("settled_versions")
