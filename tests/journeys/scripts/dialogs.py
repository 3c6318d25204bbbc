"""The office's dialogs and deeds, one after the other, from a locked program to a restored backup."""

import os

from harness.journey import PASSPHRASE, Journey

STORY = "The dentist was patient with my son."


def play(journey: Journey) -> None:
    journey.prepare()
    os.environ.pop("INTAKE_PASSPHRASE_FILE")
    unlock(journey)
    preferences(journey)
    staff(journey)
    services(journey)
    topic_and_wrap_up(journey)
    deeds(journey)
    back_up(journey)
    journey.close()
    restore(journey)


def office(journey: Journey, letter: str, title: str) -> None:
    journey.key("alt+o")
    journey.expect("Preferences")
    journey.key(letter)
    journey.expect(title)


def unlock(journey: Journey) -> None:
    journey.open()
    journey.expect("Passphrase.*It opens the records")
    journey.type("cvx")
    journey.expect_not("c|v|x")
    journey.key("Return")
    journey.expect("Error: .*Try again")
    journey.type(PASSPHRASE)
    journey.key("Return")
    journey.ready()
    journey.expect("Ready")


def preferences(journey: Journey) -> None:
    office(journey, "p", "How it looks and which language.*Language of the screens")
    journey.key("Tab")
    journey.expect("Colours.*As the computer")
    journey.key("Down")
    journey.expect("Light")
    journey.key("Tab")
    journey.expect("Size of the text.*100")
    journey.key("Escape")
    journey.expect("What they said")


def staff(journey: Journey) -> None:
    office(journey, "w", "Who is at the keyboard")
    journey.expect("At the keyboard.*Sam.*selected")
    journey.key("Tab")
    journey.expect("Somebody else's name")
    journey.type("Ada")
    journey.key("Tab")
    journey.type("cvx")
    journey.expect_not("c|v|x")
    journey.key("Return")
    journey.expect("Error: The passphrase needs at least 10 characters")
    journey.key("ctrl+a", "BackSpace", "Return")
    journey.expect("Ada.* added")
    journey.key("Escape")
    journey.expect("What they said")


def services(journey: Journey) -> None:
    office(journey, "i", "Import services")
    journey.expect(r"Files with services \(required\)")
    journey.type("/nowhere.csv")
    journey.key("Return")
    journey.expect("Error:", within=30)
    journey.key("Escape")
    journey.expect("What they said")


def topic_and_wrap_up(journey: Journey) -> None:
    journey.type(STORY)
    journey.key("ctrl+3", "1")
    journey.expect("Good experience.*selected")
    journey.key("ctrl+Return")
    journey.expect("What is it about.*Each topic has its own feeling")
    journey.type("wait")
    journey.expect("match")
    journey.key("Down")
    journey.key("Return")
    journey.key("1")
    journey.key("F12")
    journey.expect("needs? attention")
    journey.key("F12")
    journey.expect("Finished")


def deeds(journey: Journey) -> None:
    journey.key("ctrl+l")
    journey.tab_to("record_list", most=12)
    journey.expect("On this computer, encrypted, not backed up yet")
    journey.key("Return")
    journey.expect("Record")
    journey.tab_to("record_versions", most=4)
    journey.expect("Versions of this record.*Saved")
    journey.tab_to("record_withdraw", most=6)
    journey.key("space")
    journey.expect("Withdraw the record.*Reason.*left out of counts")
    journey.type("Taken down twice")
    journey.key("Return")
    journey.expect("Withdrawn.*Record")
    journey.key("Escape")
    journey.expect("Records.*Withdrawn")


def back_up(journey: Journey) -> None:
    office(journey, "b", "Back up")
    journey.type(str(journey.screen.folder))
    journey.key("Return")
    journey.expect("Backed up to", within=60)
    journey.key("Escape")
    journey.expect("encrypted, backed up")


def restore(journey: Journey) -> None:
    (backup,) = journey.screen.folder.glob("*.intake*")
    journey.data = journey.screen.folder / "other"
    journey.open()
    journey.expect("Welcome to Intake")
    journey.tab_to("first_run_restore", most=9)
    journey.key("space")
    journey.expect("Restore from a backup")
    journey.key("Tab")
    journey.expect(r"Backup file \(required\)")
    journey.type(str(backup))
    journey.key("Return")
    journey.expect("Recovery code.*Error: Type the recovery code, or a passphrase")
    journey.key("Tab")
    journey.type(PASSPHRASE)
    journey.key("Return")
    journey.ready()
    journey.expect("Ready", within=60)
    journey.close()
