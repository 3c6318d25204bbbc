"""What the hub refused is heard with its reason, mended by keys and sent."""

from harness.journey import Journey

ORGANISATION = "Healthwatch Exampleton"


def play(journey: Journey) -> None:
    journey.prepare()
    address, code = journey.start_hub(ORGANISATION)
    journey.join(address, code)
    journey.elsewhere("refused", words="Nobody told her the results.")
    journey.open()
    journey.ready()
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("sync_now", most=16)
    journey.key("space")
    journey.expect("1 refused|Up to date|under way", within=40)
    journey.check(
        "it was refused", lambda: '"quarantined": 1' in journey.intake("status", "--json"), within=60
    )
    journey.tab_to("record_list", most=16)
    journey.expect("Refused by the hub: needs mending")
    journey.key("alt+o")
    journey.expect("Preferences")
    journey.key("r")
    journey.expect("Refused by the hub", within=20)
    journey.picture("quarantine")
    journey.tab_to("quarantine_list", most=6)
    journey.expect("belongs to another organisation")
    journey.key("Return")
    journey.expect("Mend and send")
    journey.key("space")
    journey.expect("Mended. It is sent at the next round. 0 left", within=20)
    journey.tab_to("quarantine_close", most=6)
    journey.key("space")
    journey.check("the hub has it", lambda: '"waiting": 0' in journey.intake("status", "--json"), within=60)
    journey.check("none is refused", lambda: '"quarantined": 0' in journey.intake("status", "--json"))
    journey.tab_to("record_list", most=16)
    journey.expect("Received by the hub", within=20)
