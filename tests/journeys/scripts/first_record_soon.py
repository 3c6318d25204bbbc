"""From the very first opening to the first record that is saved: how few keys it takes, and how soon."""

import time

from harness.journey import PASSPHRASE, Journey

MOST_PRESSES = 14
MOST_SECONDS = 90


def play(journey: Journey) -> None:
    began = time.monotonic()
    journey.open()
    journey.expect("Welcome to Intake")
    journey.tab_to("passphrase", most=5)
    journey.type(PASSPHRASE)
    journey.key("Tab")
    journey.type(PASSPHRASE)
    journey.key("Return")
    journey.expect("Your recovery code", within=20)
    journey.tab_to("recovery_later", most=6)
    journey.key("Return")
    journey.expect("What they said", within=20)
    journey.expect_focus("narrative")
    journey.type("The nurse was kind.")
    journey.key("F12")
    journey.expect("needs? attention")
    journey.key("F12")
    journey.expect("Finished")
    took = time.monotonic() - began
    presses = journey.presses
    journey.check(f"at most {MOST_PRESSES} keys, not {presses}", lambda: presses <= MOST_PRESSES, 0)
    journey.check(f"within {MOST_SECONDS} s, not {took:.0f}", lambda: took <= MOST_SECONDS, 0)
    print(f"first opening to first record: {presses} keys besides the words, {took:.0f} s")
