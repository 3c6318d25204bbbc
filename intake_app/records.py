"""A record is one conversation as taken down: frame, items, narratives, who helped, and any danger card."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pydantic import Field

from intake_app.attachments import AttachedFile
from intake_app.bodies import Body, StoredInstant
from intake_app.online import OnlineResponse
from intake_app.passages import MessageRef, Passage, Reply
from intake_app.relay_turns import Turn

REFERENCE_DIGITS = 9
FEEDBACK = "feedback"
ENQUIRY = "enquiry"


class AnswerState(StrEnum):
    """What became of a question. The last three are different facts."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    DONT_KNOW = "dont_know"


class Source(StrEnum):
    ASKED = "asked"
    NARRATIVE = "narrative"
    PAPER = "paper"
    IMPORTED = "imported"
    PERSON = "person"
    """They answered it by themselves, on our screen."""


class Answer(Body):
    """One answer.

    ``value`` by the question's kind: text → str; integer, decimal → number; date → ISO text (see
    ``forms.dates``); select_one → code; select_multiple → list of codes; services → list of
    ServiceMention as dicts; topics → list of TopicMention as dicts. None unless ``state`` is answered.
    ``label`` is the choice as shown, ``wording`` the hash of the wording document that was shown.
    ``relevant`` is false for an answer kept although its question no longer applies. ``taken_from`` is where
    its words stood, in a message or in relay turns.
    """

    value: Any = None
    state: AnswerState = AnswerState.ANSWERED
    label: str = ""
    language: str = ""
    wording: str = ""
    code_list: str = ""
    source: Source = Source.ASKED
    relevant: bool = True
    taken_from: tuple[Passage, ...] = ()


class ServiceMention(Body):
    """A service as the person named it; ``id`` is empty for one that no directory lists.

    Several in one item are a journey, in order. ``gap`` is how long after the one before, in the words that
    were used, and ``gap_is`` what was read out of them: an ISO 8601 duration or date, empty for neither.
    """

    id: str = ""
    name: str
    place: str = ""
    provider: str = ""
    gap: str = ""
    gap_is: str = ""


class TopicMention(Body):
    """A topic of the topic list and how the person felt about it (code of ``sentiments.csv``)."""

    code: str
    sentiment: str = ""
    label: str = ""


class SetRef(Body):
    """Which question set a sheet answers: ``version`` is the structure's hash, ``label`` its public name."""

    id: str
    version: str
    label: str = ""


class Sheet(Body):
    """Answers to one question set, by question id."""

    question_set: SetRef
    answers: dict[str, Answer] = Field(default_factory=dict)

    def value(self, question_id: str) -> Any:
        """The value of a relevant, answered question; None otherwise."""
        answer = self.answers.get(question_id)
        if answer is None or answer.state is not AnswerState.ANSWERED or not answer.relevant:
            return None
        return answer.value


class Item(Sheet):
    """One piece in a record: feedback or an enquiry (``kind``), citing narratives by id.

    ``outside`` holds what its question set takes from elsewhere, such as whether the chosen services ask
    for a part, as it was when the questions were asked.
    """

    id: str
    kind: str = FEEDBACK
    narratives: tuple[str, ...] = ()
    outside: dict[str, str] = Field(default_factory=dict)

    @property
    def services(self) -> tuple[ServiceMention, ...]:
        return tuple(ServiceMention.model_validate(one) for one in _listed(self.value("services")))

    @property
    def topics(self) -> tuple[TopicMention, ...]:
        return tuple(TopicMention.model_validate(one) for one in _listed(self.value("topics")))


def _listed(value: Any) -> Sequence[Any]:
    """What is no list was written by another program: nothing is to be read in it."""
    return value if isinstance(value, list | tuple) else ()


class NarrativeKind(StrEnum):
    VERBATIM = "verbatim"
    INTERPRETED = "interpreted"
    TRANSLATION = "translation"
    SUMMARY = "summary"
    REDACTED = "redacted"


class Method(StrEnum):
    """How a translation was made."""

    STAFF = "staff"
    PROFESSIONAL = "professional"
    MACHINE = "machine"


class Narrative(Body):
    """Words of one speaker in one language; a translation is another narrative, never a replacement.

    ``language`` is that of the written words, ``spoken`` the one in which they were said where that is
    another, such as one that is not written. ``by`` is the staff member who wrote them down here.
    ``own_hand``: the person wrote them by themselves on our screen; ``by`` is who changed them afterwards.

    ``session`` is the interpreter's, of words that came through one (see ``Session``). ``taken_from`` is
    where words of it stood, in a message or in relay turns.

    Of a translation: ``translator`` is who made it, a name, ``method`` how (see ``Method``); ``checked_by``,
    a name, and ``checked`` say who compared it with the original, and when; ``of_text`` is the SHA-256 of
    the words that it was made from or last compared with.
    """

    id: str
    text: str
    kind: NarrativeKind = NarrativeKind.VERBATIM
    language: str = "en"
    speaker: str = "person"
    by: str = ""
    own_hand: bool = False
    derived_from: str = ""
    session: str = ""
    spoken: str = ""
    translator: str = ""
    method: str = ""
    checked_by: str = ""
    checked: StoredInstant | None = None
    of_text: str = ""
    taken_from: tuple[Passage, ...] = ()


class Danger(Sheet):
    """The danger card. ``closed`` is set by a person; until then the record stays on top of every list."""

    marked: StoredInstant
    closed: StoredInstant | None = None
    closed_by: str = ""


class Session(Sheet):
    """One helper or relay in the conversation, with a small question set of its own.

    ``support`` is a code of ``supports.csv``; several of one code are one after another, such as an
    interpreter who was cut off and the next one. ``started`` is when it was added.
    """

    id: str
    support: str = ""
    started: StoredInstant | None = None


class Decided(StrEnum):
    """How a difference between two versions was settled."""

    SIDE = "side"
    BEFORE = "before"
    BOTH = "both"
    COMBINED = "combined"


class Decision(Body):
    """One difference and what a person made of it.

    ``place`` is the key of the answer, story or item (see ``merging.slots``); ``version`` the mutation whose
    words were kept where one side was chosen.
    """

    place: str
    how: Decided
    version: str = ""


class JoinedVersion(Body):
    """One of the versions that were joined: who wrote it (a staff member's id) and when."""

    mutation: str
    by: str = ""
    at: StoredInstant | None = None


class Joined(Body):
    """What a version was joined from, and how.

    Without ``by`` the program joined it: nothing was in dispute.
    """

    versions: tuple[JoinedVersion, ...]
    by: str = ""
    at: StoredInstant | None = None
    decisions: tuple[Decision, ...] = ()


class PaperCheck(Body):
    """Somebody keyed the paper form a second time: how many answers were compared, and how many differed."""

    by: str
    at: StoredInstant
    compared: int
    differed: int


class RecordState(StrEnum):
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


class Identity(StrEnum):
    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    NAMED = "named"


class Record(Body):
    """One conversation, message or form as taken down.

    ``started`` is when taking down began, ``received`` when the person told us (the date reports use),
    ``finished`` when it was first finished. ``asked_in`` is the language in which the questions were put
    last, empty for English; each answer has its own. ``written_by`` is a staff member's id. ``joined``
    tells what a version that joins others came from; the next edit leaves it behind in the history.
    ``event`` is the id of the event where it was told, ``sequence`` the number on the paper form that it was
    keyed from, 0 for none; ``paper_check`` tells what came of keying that form twice. ``message`` is the
    email that it was made of, ``replies`` are the answers written to it; ``online`` is the response on a form
    of the internet that it was made of.
    """

    id: str
    device: str
    written_by: str = ""
    started: StoredInstant
    received: StoredInstant
    finished: StoredInstant | None = None
    edited: StoredInstant | None = None
    edited_by: str = ""
    frame: Sheet
    items: tuple[Item, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    sessions: tuple[Session, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()
    danger: Danger | None = None
    identity: Identity = Identity.CONFIDENTIAL
    person: str = ""
    equality: str = ""
    state: RecordState = RecordState.FINISHED
    rang_off: bool = False
    asked_in: str = ""
    turns: tuple[Turn, ...] = ()
    message: MessageRef | None = None
    replies: tuple[Reply, ...] = ()
    event: str = ""
    sequence: int = 0
    paper_check: PaperCheck | None = None
    online: OnlineResponse | None = None
    joined: Joined | None = None

    @property
    def channel(self) -> str:
        """Code of ``channels.csv``; empty when not said."""
        return str(self.frame.value("channel") or "")

    @property
    def reference(self) -> str:
        return reference_of(self.id)

    @property
    def in_danger(self) -> bool:
        """An open danger card. False never means "no risk": it means nobody marked one."""
        return self.danger is not None and self.danger.closed is None


def reference_of(record_id: str) -> str:
    """Nine digits to be read aloud: eight from the id's random bits and a check digit (ISO 7064 MOD 11-10).

    Not guaranteed unique: a look-up shows all hits with their dates.
    """
    digits = f"{int(record_id.replace('-', '')[-12:], 16) % 10**8:08d}"
    return digits + _check_digit(digits)


def spaced_reference(reference: str) -> str:
    """In groups of three: ``482 913 760``."""
    return " ".join(reference[start : start + 3] for start in range(0, len(reference), 3))


def parse_reference(text: str) -> str | None:
    """The nine digits if ``text`` is a reference (spaces and hyphens ignored) whose check digit fits."""
    digits = "".join(character for character in text if character not in " -\u00a0")
    if len(digits) != REFERENCE_DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if _check_digit(digits[:-1]) == digits[-1] else None


def _check_digit(digits: str) -> str:
    product = 10
    for digit in digits:
        product = (((int(digit) + product) % 10) or 10) * 2 % 11
    return str((11 - product) % 10)
