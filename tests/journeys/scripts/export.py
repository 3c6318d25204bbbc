"""An export from the window: encrypted, without names, to a file."""

from harness.journey import Journey


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open()
    journey.ready()
    journey.type("The dentist was patient with my son.")
    journey.key("F12")
    journey.expect("needs? attention")
    journey.key("F12")
    journey.expect("Finished")
    journey.key("alt+o")
    journey.expect("Preferences")
    journey.key("e")
    journey.expect("Export")
    if journey.focused() != "export_file" and not journey.shown("export_file"):
        journey.key("Return")
    journey.expect("Export records")
    journey.picture("export")
    journey.tab_to("export_file", most=6)
    journey.expect(r"File to write \(required\)")
    target = journey.screen.folder / "records.csv"
    journey.type(str(target))
    journey.tab_to("export_passphrase", most=6)
    journey.expect("Passphrase of the file")
    journey.type("brisk otter lantern")
    journey.key("Return")
    journey.expect("1 record written", within=60)
    journey.check("the file is there", target.with_name("records.csv.intake-export").exists)
