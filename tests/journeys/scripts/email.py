"""An email is brought in, read, taken down beside the form, answered and finished, by keys and by ear."""

from harness.journey import Journey

LETTER = """\
From: Zofia Example <zofia@example.org>
Subject: Nobody rang back
Date: Wed, 04 Nov 2026 09:00:00 +0000
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Nobody rang back for three weeks.
Ring me after six in the evening.

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
    journey.expect("The email stands beside the form", within=20)
    journey.expect_focus("narrative")
    journey.check("the story", lambda: journey.text("narrative").startswith("Nobody rang back for three"))
    journey.picture("email_record")
    _answer_beside_it(journey)
    _reply(journey)
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


def _answer_beside_it(journey: Journey) -> None:
    """Words are selected in the email, used as an answer, and found again from the answer."""
    journey.key("F6")
    journey.expect("The email.*read only.*Subject: .?Nobody rang back")
    journey.key("Down")
    journey.key("Home")
    journey.key("shift+End")
    journey.expect("Ring me after six in the evening.*selected")
    journey.key("ctrl+shift+u")
    journey.expect("What they said")
    journey.key("g")
    journey.expect("Good time")
    journey.key("Return")
    journey.expect("used for .?Good time")
    journey.key("ctrl+6")
    journey.tab_to("best_time", most=8)
    journey.expect("Ring me after six")
    journey.key("ctrl+shift+m")
    journey.expect("Taken from these words of the email")
    journey.expect_focus("email_beside")
    journey.picture("email_source")
    journey.key("ctrl+shift+m")
    journey.expect_focus("best_time")


def _reply(journey: Journey) -> None:
    """From a template, saved as a draft; nothing is sent."""
    journey.key("F4")
    journey.expect_focus("narrative")
    journey.key("F6")
    journey.expect("The email")
    journey.tab_to("email_reply", most=4)
    journey.expect("Reply")
    journey.key("space")
    journey.expect("Reply to the email dialog.*What the reply is for.*We have it")
    journey.key("Down")
    journey.expect("We ask for more")
    journey.key("Up")
    journey.expect("We have it")
    journey.tab_to("reply_to", most=4)
    journey.expect("To .required.*zofia@example")
    journey.tab_to("reply_text", most=4)
    journey.check("the template", lambda: "Thank you for telling us." in journey.text("reply_text"))
    journey.picture("email_reply")
    journey.key("Escape")
    journey.expect("The email|Reply")
