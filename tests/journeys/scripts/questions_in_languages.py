"""The office's questions in other languages by ear: how far each is checked, a workbook, a reviewer."""

import re

from harness.journey import Journey

URDU_LETTERS = "[\u0600-\u06ff]"


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.key("alt+o")
    journey.expect("Preferences")
    journey.key("q")
    journey.expect("Questions in other languages.*Language")
    journey.expect_focus("wording_language")
    journey.picture("wordings")
    journey.type("urd")
    journey.expect("Urdu.*draft, not checked")
    workbook = journey.screen.folder / "intake-ur.xlsx"
    journey.tab_to("wording_write", most=8)
    journey.expect("For a translator")
    journey.key("space")
    journey.expect("A workbook for the translator")
    journey.picture("wordings_save")
    journey.key("ctrl+a")
    journey.type(str(workbook))
    journey.key("Return")
    journey.expect(r"\d+ texts written to")
    journey.check("the workbook is there", workbook.exists)
    journey.expect_focus("wording_write")
    journey.elsewhere("translate", words="بہت اچھا", file=workbook)
    journey.key("Tab")
    journey.expect("Take in a translation")
    journey.key("space")
    journey.expect("Take in a translation")
    journey.type(str(workbook))
    journey.key("Return")
    journey.expect(r"Urdu: \d+ texts? taken in")
    journey.expect_focus("wording_take_in")
    journey.tab_to("wording_reviewer", most=8, back=True)
    journey.expect("Checked by.*has read every question")
    journey.type("Nadia Khan")
    journey.key("Return")
    journey.expect("Urdu: kept, checked")
    journey.picture("wordings_checked")
    journey.tab_to("wording_language", most=4, back=True)
    journey.expect("Urdu.*checked")
    journey.key("Escape")
    journey.expect("What they said")
    journey.expect_focus("narrative")
    journey.close()
    for step in journey.steps:
        if re.search(URDU_LETTERS, step.words()):
            step.faults.append("an English voice reads Urdu")
