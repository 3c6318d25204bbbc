"""A whole call with Urdu words beside the English, by keyboard and ear: no Urdu in an English voice.

The organisation shows drafts to people, so that it is heard which are never shown: those on agreement.
"""

import re

from harness.journey import Journey

STORY = "She waited six hours on a trolley."
URDU_LETTERS = "[\u0600-\u06ff]"


def play(journey: Journey) -> None:
    journey.prepare()
    journey.elsewhere("show_drafts", words="ur")
    journey.open("--new", "phone")
    journey.ready()
    journey.expect_focus("narrative")
    language(journey)
    journey.type(STORY)
    journey.key("F11")
    journey.expect("Confidentiality: said")
    service(journey)
    what_happened(journey)
    who_is_telling(journey)
    permissions(journey)
    wrap_up(journey)
    in_the_list(journey)
    journey.close()
    for step in journey.steps:
        if re.search(URDU_LETTERS, step.words()):
            step.faults.append("an English voice reads Urdu")


def language(journey: Journey) -> None:
    journey.key("ctrl+shift+w")
    journey.expect("Language of the person")
    journey.type("urdu")
    journey.expect("1 match")
    journey.key("Down")
    journey.expect("Urdu.*draft, not checked")
    journey.key("Return")
    journey.expect("Questions in Urdu beside the English: a draft")
    journey.expect_focus("narrative")


def service(journey: Journey) -> None:
    journey.key("F2")
    journey.expect("Which service is it about")
    journey.type("general")
    journey.expect("1 match")
    journey.key("Down")
    journey.expect("Exampleton General Hospital")
    journey.key("Return")
    journey.expect("Exampleton General Hospital chosen")


def what_happened(journey: Journey) -> None:
    journey.key("ctrl+3")
    journey.expect("What kind of experience is it.*Was it a good experience")
    journey.key("F1")
    journey.expect("You may say.*Urdu: draft, not checked")
    journey.key("2")
    journey.expect("Bad experience.*selected")
    journey.picture("urdu_words")
    journey.key("ctrl+shift+e")
    journey.expect("Shown in Urdu, marked as a draft. Esc goes back")
    journey.expect("For the person to read dialog.*Was it a good experience.*Answer 2: Bad experience")
    journey.picture("urdu_large")
    journey.key("Next")
    journey.expect("When did this happen")
    journey.expect("Shown in Urdu, marked as a draft")
    journey.key("Escape")
    journey.expect_focus("experience_kind.bad")
    journey.key("ctrl+Return", "ctrl+Return")
    journey.expect("When did this happen")
    journey.type("last week")
    journey.key("Tab")
    journey.expect_focus("worked_there.yes")


def who_is_telling(journey: Journey) -> None:
    journey.key("ctrl+1")
    journey.expect("Is anyone in danger right now")
    journey.key("1")
    journey.expect("nobody is in danger chosen")
    journey.key("ctrl+Return")
    journey.expect("What was used besides")
    journey.key("ctrl+Return")
    journey.expect("Whose care is it about")
    journey.key("2")
    journey.expect("Someone else.*selected")
    journey.key("ctrl+Return")
    journey.expect("Who is telling us")
    journey.type("parent")
    journey.expect("match.*Down arrow")
    journey.key("Down")
    journey.expect("parent")
    journey.key("Return")
    journey.expect("chosen")
    journey.picture("urdu_who")


def permissions(journey: Journey) -> None:
    journey.key("ctrl+5")
    journey.expect("May the service know.*May we tell the service")
    journey.key("2")
    journey.expect("No.*selected")
    journey.key("ctrl+Return")
    journey.expect("May we contact them")
    journey.picture("urdu_agreement")
    journey.key("F1")
    journey.expect("Urdu: draft, not checked")
    journey.key("ctrl+shift+e")
    journey.expect("Shown in English only")
    journey.expect("Urdu: ask for an interpreter.*May we contact you again")
    journey.picture("urdu_agreement_large")
    journey.key("Escape")
    journey.expect_focus("may_contact.yes")
    journey.key("2")
    journey.expect("No.*selected")
    journey.key("ctrl+Return")
    journey.expect("May we use their words")
    journey.key("2")
    journey.expect("No.*selected")


def wrap_up(journey: Journey) -> None:
    journey.key("F8")
    journey.expect("What is written down")
    journey.expect("She waited six hours")
    journey.picture("urdu_read_back")
    journey.key("F4")
    journey.expect_focus("narrative")
    journey.expect_text("narrative", STORY)
    journey.key("F12")
    journey.expect("needs? attention|Wrap up")
    journey.key("F12")
    journey.expect(r"Finished, .*\d{3} \d{3} \d{3}.*Ready for a new record")
    journey.expect_focus("narrative")


def in_the_list(journey: Journey) -> None:
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("record_list", most=16)
    journey.expect("She waited six hours")
    journey.key("Return")
    journey.expect("Record .*")
    journey.key("Tab")
    journey.expect("The record.*read only.*Reference")
    journey.expect_focus("record_text")
    journey.check("the story is there", lambda: STORY in journey.text("record_text"))
    journey.picture("urdu_record")
