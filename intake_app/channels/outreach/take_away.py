"""The slip that a person takes away: how to find again what they told us. Others may find the slip.

It is made of the reference and the day alone. Story, services and names cannot stand on it: whoever makes it
does not have them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake_app.channels.outreach.paper import Block, Paper, Piece, Role, Speaker, own_words, size_of
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH
from intake_app.people import PersonDetails
from intake_app.records import Record, RecordState, spaced_reference
from intake_app.text import clean_text
from intake_app.times import Instant


class Slip(StrEnum):
    """Whether a slip may be given. UNSURE: staff decide, with the person."""

    OFFERED = "offered"
    UNSURE = "unsure"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Offer:
    """``reasons`` are codes, of which each has its sentence on the screen."""

    slip: Slip
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipOptions:
    language: str = ENGLISH
    english_beside: bool = True
    size: int = 12
    organisation: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class SlipFor:
    """All that may be known of a record where its slip is made."""

    reference: str
    received: Instant
    language: str
    offer: Offer


NO_RECORD = SlipFor("", Instant(0), "", Offer(Slip.REFUSED, ("no_record",)))


def slip_for(record: Record, person: PersonDetails | None = None, practice: bool = False) -> SlipFor:
    found = Offer(Slip.REFUSED, ("practice",)) if practice else offer(record, person)
    return SlipFor(record.reference, record.received, record.asked_in, found)


def offer(record: Record, person: PersonDetails | None = None) -> Offer:
    """A paper in a bag can tell somebody at home that they spoke to us.

    Refused while danger is marked. Unsure where danger was marked once, where they want no contact or no
    message, work for the service, or told it as somebody whom nobody may know.
    """
    if record.state is RecordState.WITHDRAWN:
        return Offer(Slip.REFUSED, ("withdrawn",))
    if record.in_danger or record.frame.value("danger_asked") == "danger_said":
        # A closed card has had its look by somebody; what the person said still stands in the answer.
        closed = record.danger is not None and record.danger.closed is not None
        return Offer(Slip.UNSURE, ("danger_closed",)) if closed else Offer(Slip.REFUSED, ("danger",))
    reasons = []
    if record.danger is not None:
        reasons.append("danger_closed")
    if record.frame.value("may_contact") == "no":
        reasons.append("no_contact")
    if person is not None and person.value("message_safe") == "no":
        reasons.append("no_message")
    if any(item.value("worked_there") == "yes" for item in record.items):
        reasons.append("worked_there")
    if record.frame.value("service_may_know") == "no":
        reasons.append("unknown_to_service")
    return Offer(Slip.UNSURE if reasons else Slip.OFFERED, tuple(reasons))


def make_slip(library: Library, reference: str, received: date, options: SlipOptions) -> Paper:
    """``reference`` is the nine digits. Raises PaperRefused where an option is none."""
    speaker = Speaker(library, options.language, options.english_beside)
    organisation = clean_text(options.organisation).strip()
    reach = [line.strip() for line in clean_text(options.reach).splitlines() if line.strip()]
    head = [own_words(Role.TEXT, organisation)] if organisation else []
    head += [
        speaker.phrase("your_reference", Role.TITLE),
        own_words(Role.REFERENCE, spaced_reference(reference)),
        speaker.phrase_with_day("received_on", Role.TEXT, received),
        *speaker.draft_notice(),
    ]
    blocks: list[tuple[Piece, ...]] = [
        (speaker.phrase(code, Role.HEADING), speaker.phrase(f"{code}_text", Role.TEXT))
        for code in ("what_next", "who_sees", "change_or_withdraw")
    ]
    if reach:
        blocks.append(
            (speaker.phrase("contact_us", Role.HEADING), *(own_words(Role.TEXT, line) for line in reach))
        )
    blocks += [(speaker.phrase(code, Role.TEXT),) for code in ("large_print", "in_danger", "keep_safe")]
    if speaker.fell_back:
        head.append(speaker.ask_interpreter())
    return Paper(
        title=speaker.phrase("your_reference", Role.TITLE).text,
        language=speaker.language,
        size=size_of(options.size),
        blocks=tuple(Block(one, symbol=speaker.easy_read) for one in (tuple(head), *blocks)),
        page_words=speaker.template("page_of"),
        form_words=speaker.template("form_number"),
    )


def to_read_aloud(paper: Paper) -> str:
    """A paragraph for each thought, the reference figure by figure in groups of three."""
    paragraphs = []
    for block in paper.blocks:
        lines = []
        for piece in block.pieces:
            text = piece.text
            if piece.role is Role.REFERENCE:
                text = ", ".join(" ".join(group) for group in text.split())
            lines.append(text)
            if piece.english:
                lines.append(piece.english)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
