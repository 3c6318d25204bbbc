"""An email is brought in from a file, read, taken down as a record and finished, by keys and by ear."""

from harness.journey import Journey

LETTER = """\
From: Zofia Example <zofia@example.org>
Subject: Nobody rang back
Date: Wed, 04 Nov 2026 09:00:00 +0000
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Nobody rang back for three weeks.

On Tue, 3 Nov 2026 at 09:00, Healthwatch <feedback@healthwatch.example> wrote:

> How was your visit?
"""


def play(journey: Journey) -> None:
    journey.prepare()
    letter = journey.screen.folder / "letter.eml"
    letter.write_text(LETTER)
    journey.open()
    journey.ready()
    journey.key("alt+o")
    journey.expect("Preferences")
    journey.key("m")
    journey.expect("Emails dialog.*No email")
    journey.tab_to("messages_import", most=8)
    journey.key("space")
    journey.expect("Bring emails in.*Files or folders with emails")
    journey.type(str(letter))
    journey.key("Return")
    journey.expect("1 new email", within=30)
    journey.tab_to("close", most=4)
    journey.key("space")
    journey.expect("Emails")
    journey.tab_to("messages_filter", most=10)
    journey.tab_to("messages_list", most=4)
    journey.expect("Zofia Example.*Nobody rang back.*4 Nov 2026")
    journey.key("Tab")
    journey.expect("The email.*read only")
    journey.check("the words", lambda: "three weeks" in journey.text("message_text"))
    journey.check("not what it quotes", lambda: "How was your visit" not in journey.text("message_text"))
    journey.picture("email")
    journey.tab_to("message_quoted", most=2)
    journey.expect("Show what is quoted.*not checked")
    journey.key("space")
    journey.expect("checked")
    journey.check("what it quotes", lambda: "How was your visit" in journey.text("message_text"))
    journey.tab_to("message_take", most=2)
    journey.key("space")
    journey.expect("What they said", within=20)
    journey.expect_focus("narrative")
    journey.check("the story", lambda: journey.text("narrative").startswith("Nobody rang back for three"))
    journey.picture("email_record")
    journey.key("ctrl+6")
    journey.tab_to("person_name", most=2, back=True)
    journey.expect("Name.*Zofia Exampl")
    journey.expect_text("person_name", "Zofia Example")
    journey.key("F12")
    journey.expect("needs? attention")
    journey.key("F12")
    journey.expect("Finished")
    journey.key("ctrl+l")
    journey.expect("Records")
    journey.tab_to("record_list", most=8)
    journey.expect("Email")
    journey.close()
