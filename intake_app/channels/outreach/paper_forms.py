"""A form of paper from the question sets, in the order of the entry screen, so that keying in is reading on.

On it stands what has words for the person; what only staff answer is not asked on paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake_app.channels.outreach.paper import (
    Block,
    Paper,
    PaperRefused,
    Piece,
    Role,
    Speaker,
    own_words,
    size_of,
)
from intake_app.channels.question_lists import question_list
from intake_app.drafting import EQUALITY, FRAME, PERSON
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH, Choice, Group, Kind, Question, QuestionSet
from intake_app.forms.prompts import Prompt, Prompts, PromptStatus
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.text import clean_text

_SHORT_FORM = "resources/paper/short_form.csv"
MOST_COPIES = 500
MOST_NUMBER = 9_999
_MOST_CHOICES = 24
"""More are searched on the screen; on paper the person writes the answer."""
_MOST_DIGITS = 9
_STORY_LINES = 12
_LONG_LINES = 3
_FOR_STAFF = frozenset({"dont_know"})
"""Choices that say something of the person; who fills the form in leaves the question out instead."""
_SPOKEN = frozenset({"read_back_agreed"})
"""Acts of whoever talks with the person; on paper nobody reads anything back."""


@dataclass(frozen=True, slots=True)
class FormOptions:
    """``kind`` is the question set of the item; ``reach`` the lines that say how to reach us.

    ``short``: of the questions only those of ``resources/paper/short_form.csv``, and equality's where wanted.
    """

    kind: str = FEEDBACK
    language: str = ENGLISH
    english_beside: bool = True
    size: int = 12
    short: bool = False
    equality: bool = True
    organisation: str = ""
    event: str = ""
    reach: str = ""
    count: int = 1
    first: int = 1


@dataclass(frozen=True, slots=True)
class _Part:
    question_set: QuestionSet
    group: Group


def make_form(library: Library, options: FormOptions, today: date) -> Paper:
    """Raises PaperRefused where an option is none, and KeyError for an unknown set."""
    _check(options)
    speaker = Speaker(library, options.language, options.english_beside)
    maker = _Maker(library, speaker, options, today)
    blocks = (*maker.beginning(), *maker.parts(), *maker.ending())
    return Paper(
        title=maker.title,
        language=speaker.language,
        size=size_of(options.size),
        blocks=blocks,
        page_words=speaker.template("page_of"),
        form_words=speaker.template("form_number"),
        numbers=tuple(range(options.first, options.first + options.count)),
        event=clean_text(options.event).strip(),
        asked=maker.asked,
        in_english=maker.in_english,
    )


def _check(options: FormOptions) -> None:
    if not 1 <= options.count <= MOST_COPIES:
        raise PaperRefused(reason="count", value=str(options.count))
    if options.first < 1 or options.first + options.count - 1 > MOST_NUMBER:
        raise PaperRefused(reason="number", value=str(options.first))


class _Maker:
    def __init__(self, library: Library, speaker: Speaker, options: FormOptions, today: date) -> None:
        self._library = library
        self._speaker = speaker
        self._options = options
        self._today = today
        self._numbers: dict[str, int] = {}
        self._prompts: dict[str, Prompts] = {}
        self.asked = 0
        self.in_english = 0
        item = library.latest(options.kind)
        self._outside = {"only_enquiries": "yes" if options.kind == ENQUIRY else "no", "channel": "post"}
        self._title = (
            speaker.phrase("tell_us", Role.TITLE)
            if options.kind == FEEDBACK
            else own_words(Role.TITLE, item.title)
        )
        self._parts = self._all_parts(item)
        self._number()

    @property
    def title(self) -> str:
        return self._title.text

    def beginning(self) -> tuple[Block, ...]:
        speaker = self._speaker
        organisation = clean_text(self._options.organisation).strip()
        first = [own_words(Role.TEXT, organisation)] if organisation else []
        first += [self._title, *speaker.draft_notice()]
        if speaker.is_foreign:
            first.append(speaker.phrase("interpreter_needed", Role.CHOICE))
        codes = ("form_help", "large_print", "in_danger", "form_not_read_now")
        told = [self._block(speaker.phrase(code, Role.TEXT)) for code in codes]
        who = (speaker.phrase("who_sees", Role.HEADING), speaker.phrase("who_sees_text", Role.TEXT))
        if speaker.fell_back:
            first.append(speaker.ask_interpreter())
        return (self._block(*first), *told, self._block(*who))

    def parts(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        told = False
        for number, part in enumerate(self._parts, 1):
            if part.question_set.id == self._options.kind and not told:
                told = True
                blocks.append(self._story())
            asked = [self._question(part.question_set, one) for one in self._printed(part)]
            if not asked:
                continue
            heading = self._speaker.phrase("form_part", Role.HEADING, number=str(number))
            # A heading never stands alone at the foot of a page.
            first, *rest = asked
            blocks.append(Block((heading, *first.pieces), first.lines, first.symbol))
            blocks += rest
        return tuple(blocks)

    def ending(self) -> tuple[Block, ...]:
        speaker = self._speaker
        reach = [line.strip() for line in clean_text(self._options.reach).splitlines() if line.strip()]
        contact = (
            (
                self._block(
                    speaker.phrase("contact_us", Role.HEADING),
                    *(own_words(Role.TEXT, line) for line in reach),
                ),
            )
            if reach
            else ()
        )
        return (
            self._block(
                speaker.phrase("what_next", Role.HEADING), speaker.phrase("what_next_text", Role.TEXT)
            ),
            *contact,
            self._block(speaker.phrase("form_return", Role.TEXT), speaker.phrase("thank_you", Role.TEXT)),
        )

    # Order, and numbers

    def _all_parts(self, item: QuestionSet) -> tuple[_Part, ...]:
        """As ``taking_down.sections`` has them, so that part 3 here is section 3 there."""
        frame = self._library.latest(FRAME)
        before = [_Part(frame, group) for group in frame.groups if group.place == "before"]
        after = [_Part(frame, group) for group in frame.groups if group.place == "after"]
        person, equality = (self._details(one) for one in (PERSON, EQUALITY))
        asked = [_Part(item, group) for group in item.groups]
        last = equality if self._options.equality else []
        return (*before, *asked, *after[:-1], *person, *after[-1:], *last)

    def _details(self, set_id: str) -> list[_Part]:
        if set_id not in self._library.ids():
            return []
        found = self._library.latest(set_id)
        return [_Part(found, group) for group in found.groups]

    def _number(self) -> None:
        for part in self._parts:
            for question in self._printed(part):
                if question.kind.asks and question.kind is not Kind.ACKNOWLEDGE:
                    self._numbers[question.id] = len(self._numbers) + 1

    def _printed(self, part: _Part) -> list[Question]:
        set_id = part.question_set.id
        questions = part.question_set.in_group(part.group.id)
        if self._options.short and set_id != EQUALITY:
            wanted = question_list(_SHORT_FORM)
            questions = tuple(one for one in questions if (set_id, one.id) in wanted)
        return [one for one in questions if self._has_words(one) and self._may_apply(one)]

    @staticmethod
    def _has_words(question: Question) -> bool:
        """Name, address and email have only a label, which is a word that anybody knows."""
        if question.id in _SPOKEN or question.kind in (Kind.CALCULATE, Kind.TOPICS):
            return False
        return bool(question.say or (question.personal and question.kind is Kind.TEXT))

    def _may_apply(self, question: Question) -> bool:
        """False where what is already known, such as that this is an enquiry, leaves it out."""
        condition = question.relevant
        if condition is None or not condition.names or not condition.names <= set(self._outside):
            return True
        return condition.holds(self._outside, today=self._today)

    # Words

    def _block(self, *pieces: Piece, lines: int = 0) -> Block:
        return Block(pieces, lines, symbol=self._speaker.easy_read)

    def _story(self) -> Block:
        speaker = self._speaker
        heading = speaker.phrase("tell_us", Role.HEADING)
        if self._options.kind != FEEDBACK:
            heading = own_words(Role.HEADING, self._library.latest(self._options.kind).title)
        return self._block(heading, speaker.phrase("write_here", Role.NOTE), lines=_STORY_LINES)

    def _question(self, question_set: QuestionSet, question: Question) -> Block:
        speaker = self._speaker
        prompts = self._prompts_of(question_set)
        prompt = prompts.say(question) if question.say else _english_only(question.label)
        theirs = prompts.may_show(prompt, question)
        number = self._numbers.get(question.id)
        worded = theirs and prompt.status is not PromptStatus.ENGLISH_ONLY
        pieces: list[Piece] = []
        if number is None:
            pieces.append(speaker.piece(Role.TEXT, prompt, theirs))
        else:
            self.asked += 1
            said = speaker.piece(Role.QUESTION, prompt, theirs, key=f"{number}.")
            pieces += [said, *self._only_if(question)]
        if speaker.is_foreign and not worded:
            self.in_english += number is not None
            pieces.append(speaker.ask_interpreter())
        choices = self._choices(question)
        if choices:
            several = question.kind is Kind.SELECT_MULTIPLE
            pieces.append(speaker.phrase("choose_several" if several else "choose_one", Role.NOTE))
        for place, choice in enumerate(choices, 1):
            words = prompts.choice(question, choice)
            key = str(place) if len(choices) <= _MOST_DIGITS else choice.code
            shown = theirs and prompts.may_show(words, question)
            pieces.append(speaker.piece(Role.CHOICE, words, shown, key=key))
        lines = 0 if number is None or choices else _lines(question)
        return self._block(*pieces, lines=lines)

    def _only_if(self, question: Question) -> tuple[Piece, ...]:
        """No paper hides a question: it says on which answer this one depends."""
        names = question.relevant.names if question.relevant is not None else frozenset()
        asked = sorted(self._numbers[name] for name in names if name in self._numbers)
        if not asked:
            return ()
        return (self._speaker.phrase("only_if", Role.NOTE, number=str(asked[0])),)

    def _choices(self, question: Question) -> tuple[Choice, ...]:
        if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            return ()
        values: Mapping[str, str] = self._outside
        shown = question.shown_choices(values, self._today)
        found = tuple(one for one in shown if one.code not in _FOR_STAFF)
        return found if len(found) <= _MOST_CHOICES else ()

    def _prompts_of(self, question_set: QuestionSet) -> Prompts:
        if question_set.id not in self._prompts:
            found = self._library.wordings.prompts(question_set, self._speaker.language)
            self._prompts[question_set.id] = found
        return self._prompts[question_set.id]


def _lines(question: Question) -> int:
    return _LONG_LINES if "multiline" in question.appearance or question.kind is Kind.SERVICES else 1


def _english_only(text: str) -> Prompt:
    return Prompt(text, text, PromptStatus.ENGLISH_ONLY, ENGLISH)
