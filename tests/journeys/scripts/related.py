"""One story told twice: offered with the reason, linked, opened, come back from and unlinked, all heard."""

from harness.journey import Journey

STORIES = (
    "My husband lay on a trolley in the corridor without insulin.",
    "No insulin, on a trolley, in that corridor: my husband.",
)


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    for story in STORIES:
        journey.type(story)
        journey.key("F2")
        journey.type("general hosp")
        journey.expect("1 match")
        journey.key("Down", "Return")
        journey.expect("chosen")
        journey.key("F12")
        journey.expect("needs? attention")
        journey.key("F12")
        journey.expect("Finished")
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("record_list", most=12)
    journey.key("Return")
    journey.expect("Record .*")
    journey.key("F6", "F6")
    journey.expect("Related records: 1 offered")
    journey.expect("Maybe the same story, same service, same day, words in both.*corridor")
    journey.picture("related_offered")
    journey.key("Tab")
    journey.expect("Link")
    journey.key("space")
    journey.expect("How do they belong together.*The same story")
    journey.picture("related_dialog")
    journey.key("Return")
    journey.expect("Linked: same story")
    journey.expect("Linked, same story.*trolley.*by .?Sam")
    journey.key("Return")
    journey.expect("Record .*")
    journey.check("the first story is shown", lambda: STORIES[0] in journey.text("record_text"))
    journey.key("Escape")
    journey.expect("Linked, same story")
    journey.check("back at the second story", lambda: STORIES[1] in journey.text("record_text"))
    journey.tab_to("related_unlink", most=4)
    journey.key("space")
    journey.expect("Unlinked. Both records stay as they are")
    journey.key("Escape")
    journey.expect("table|Finished")
    journey.close()
