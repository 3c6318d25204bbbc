"""What else people call a command, so that it is found by the word that comes to mind."""

from intake_app.i18n import N_, _

# By the name of the action: that of its key (``ui/actions.py``), or the English words of its menu row.
_WORDS = {
    "help": N_("help guidance hint what is this question why"),
    "palette": N_("search command menu"),
    "service": N_("organisation provider surgery hospital care home find who about"),
    "narrative": N_("story words text verbatim write type"),
    "story_language": N_("urdu polish arabic translation foreign verbatim interpreted script spoken"),
    "beside": N_("second text row original interpreter bilingual two languages translation"),
    "support": N_("interpreter relay bsl sign language carer advocate helper no interpreter brief unmet"),
    "files": N_("attach attachment scan letter photo picture document post hand-in date received enclosure"),
    "whose_turn": N_("relay text typetalk turn go ahead"),
    "relay_said": N_("relay text go ahead spoke asked question turn"),
    "relay_hold": N_("relay text please hold wait"),
    "use_selection": N_("relay turn copy selection answer quote"),
    "next_pane": N_("move part pane region"),
    "previous_pane": N_("move back part pane region"),
    "danger": N_("safeguarding risk emergency 999 abuse suicide harm urgent"),
    "read_back": N_("review check summary read aloud repeat"),
    "park": N_("hold pause wait set aside later break"),
    "parked_list": N_("waiting drafts unfinished held recover resume continue"),
    "confidentiality": N_("private privacy secret anonymous said"),
    "wrap_up": N_("finish end done complete submit close save"),
    "not_feedback": N_("silent abusive nuisance hoax wrong number wales scotland ireland complaint"),
    "reopen": N_("edit last undo finished correct again"),
    "new_record": N_("call start begin next caller add second"),
    "rang_off": N_("hung up line dead disconnected gone dropped"),
    "add_item": N_("second service another story item piece enquiry"),
    "next_item": N_("piece item other"),
    "next_unanswered": N_("skip missing open question left"),
    "quick_codes": N_("shortcut abbreviation phrase snippet"),
    "time_stamp": N_("clock minute now note"),
    "call_time": N_("duration how long timer clock"),
    "saved": N_("save store keep safe disk"),
    "find": N_("search look for record reference"),
    "list": N_("all records overview table browse"),
    "count_people": N_("counter tally plus one visitor"),
    "count_leaflet": N_("counter tally plus one flyer"),
    "lend_screen": N_("respondent self-completion tablet kiosk give turn person answers alone lock back"),
    "change_over": N_("switch user staff volunteer colleague shift sign in take over who writes"),
    "E&vents …": N_("stall fair talk drop-in outreach today place partners visit"),
    "&Call-backs …": N_("ring back phone again follow up task overdue promised reminder no answer quiet"),
    "&Preferences …": N_("settings language colours dark contrast text size font large"),
    "&Who writes here …": N_("staff user name passphrase sign in switch volunteer"),
    "Prin&t forms …": N_("paper form event drop-in outreach large print easy read pdf"),
    "S&lip to take away …": N_("receipt leaflet reference number paper print give"),
    "&Import services …": N_("directory cqc ods update csv"),
    "&Back up …": N_("backup copy safe archive"),
    "&Export records …": N_("csv excel spreadsheet report download take out"),
    "&Join a hub …": N_("sync server enrol connect code"),
    "&Manual": N_("help guide how to documentation book learn"),
    "&Practise …": N_("training learn exercise try demo test caller"),
}


def synonyms(name: str) -> str:
    """In the language of the screens; empty where nobody calls it otherwise."""
    words = _WORDS.get(name)
    return _(words) if words else ""
