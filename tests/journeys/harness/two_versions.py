"""What the journeys about two versions of one record do alike, up to the page where they are settled."""

from .journey import Journey


def finish(journey: Journey) -> None:
    journey.key("F12")
    journey.expect("need attention|needs attention|Wrap up")
    journey.key("F12")
    journey.expect("Finished")


def sent(journey: Journey) -> None:
    journey.check("the hub has it", lambda: '"waiting": 0' in journey.intake("status", "--json"), within=60)


def to_settling(journey: Journey) -> None:
    """From the record page to the page where the two versions are settled."""
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
