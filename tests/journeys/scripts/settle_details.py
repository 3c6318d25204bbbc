"""Two people write down another number for one person: opened with a reason, heard, decided, sealed again."""

from harness.journey import Journey

ORGANISATION = "Healthwatch Exampleton"
MINE, AMINAS = "07700 900125", "07700 900124"


def finish(journey: Journey) -> None:
    journey.key("F12")
    journey.expect("need attention|needs attention|Wrap up")
    journey.key("F12")
    journey.expect("Finished")


def sent(journey: Journey) -> None:
    journey.check("the hub has it", lambda: '"waiting": 0' in journey.intake("status", "--json"), within=60)


def number(journey: Journey, digits: str) -> None:
    journey.key("ctrl+6")
    journey.tab_to("phone", most=8)
    journey.key("ctrl+a")
    journey.type(digits)


def play(journey: Journey) -> None:
    journey.prepare()
    address, code = journey.start_hub(ORGANISATION)
    journey.join(address, code)
    journey.open()
    journey.ready()
    journey.type("Nobody rang back.")
    number(journey, "07700 900123")
    finish(journey)
    sent(journey)
    journey.elsewhere("number", address, AMINAS)
    journey.key("shift+F12")
    journey.expect("Editing")
    number(journey, MINE)
    finish(journey)
    sent(journey)
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("sync_now", most=16)
    journey.key("space")
    journey.expect("Up to date|under way", within=40)
    journey.tab_to("record_list", most=16)
    journey.expect("Two versions")
    journey.tab_to("list_settle", most=6)
    journey.key("space")
    journey.expect("Versions of who told us.*opened with a reason only", within=20)
    journey.tab_to("settle_open", most=3)
    journey.expect("Open them with a reason")
    journey.key("space")
    journey.expect("Why do you open these details")
    journey.type("She rang")
    journey.key("Return")
    journey.expect("1 of 1. Phone", within=20)
    journey.picture("settle_opened")
    journey.key("Tab")
    journey.expect("What was written.*read only")
    journey.check("both numbers", lambda: {MINE, AMINAS} <= numbers(journey))
    journey.key("Tab")
    journey.expect("Ask later")
    journey.key("Down")
    journey.expect("What .* wrote")
    journey.tab_to("settle_finish", most=6)
    journey.key("space")
    journey.expect("Settled. The details have one version again", within=20)
    sent(journey)
    journey.close()


def numbers(journey: Journey) -> set[str]:
    """Those that stand among what both wrote."""
    return {one for one in (MINE, AMINAS) if one in journey.text("settle_versions")}
