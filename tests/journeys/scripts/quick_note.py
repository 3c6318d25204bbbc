"""A story of a few moments: words, service, F12 F12, and no more than six keys beyond them."""

from harness.journey import Journey

MOST_PRESSES = 6


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.expect_focus("narrative")
    journey.type("Waited two hours with no news.")
    journey.key("F2")
    journey.expect_focus("service_search")
    journey.type("general hosp")
    journey.expect("1 match")
    journey.key("Down")
    journey.expect("Exampleton General Hospital")
    journey.key("Return")
    journey.expect("Exampleton General Hospital chosen")
    journey.key("F12")
    journey.expect("needs? attention")
    journey.expect_focus("error_summary")
    journey.key("F12")
    journey.expect("Finished")
    journey.expect_focus("narrative")
    journey.check(
        f"at most {MOST_PRESSES} keys, not {journey.presses}", lambda: journey.presses <= MOST_PRESSES, 0
    )
