"""What is read back to the person: each answer in a sentence, in the order of the conversation."""

from dataclasses import dataclass, replace

from intake_app import drafting, sessions, taking_down
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.i18n import _, ngettext
from intake_app.narratives import spoken_pieces
from intake_app.records import AnswerState, Narrative
from intake_app.taking_down import Section
from intake_app.text import fsi
from ui import online_words
from ui.form.words import unmarked
from ui.languages import Languages
from ui.narrative_words import title
from ui.record import words

STORY, BESIDE = "narrative", "narrative_beside"


@dataclass(frozen=True, slots=True)
class ReadBackRow:
    """One row, and where it is changed; ``question`` is empty for a whole section."""

    section: str
    question: str
    text: str

    @property
    def key(self) -> str:
        return f"{self.section}|{self.question}"


def rows(draft: Draft, library: Library) -> tuple[ReadBackRow, ...]:
    """The story, then every answer and mark, then what has neither, section by section."""
    found: list[ReadBackRow] = []
    languages = Languages(library)
    through = sessions.interpreter(draft.record)
    for key, story in ((STORY, drafting.story(draft)), (BESIDE, drafting.beside(draft))):
        if story is not None and story.text.strip():
            found += _told(key, story, languages, through is not None)
    # Changed where the story is: what no question holds can only be told there, or put into an answer.
    found += [
        ReadBackRow(STORY, f"online {number}", text)
        for number, text in enumerate(online_words.kept(draft.record.online))
    ]
    pieces = [drafting.item_key(one.id) for one in draft.record.items]
    sections = (*taking_down.all_sections(draft, library), *taking_down.danger_sections(draft, library))
    for section in sections:
        where = ""
        if len(pieces) > 1 and section.sheet_key in pieces:
            place = pieces.index(section.sheet_key)
            kind = words.kind_words(draft.record.items[place].kind)
            where = _("Piece {number}, {kind}, ").format(number=place + 1, kind=kind)
        found += [replace(one, text=where + one.text) for one in _section(draft, library, section)]
    return tuple(found)


def _told(key: str, story: Narrative, languages: Languages, interpreted: bool) -> list[ReadBackRow]:
    """Its beginning; to an interpreter all of it, a sentence a row, with a pause after each."""
    whose = title(story, languages)
    if not interpreted:
        text = _("{title}: {story}").format(title=whose, story=words.quoted(story.text))
        return [ReadBackRow(key, "", text)]
    first, *others = spoken_pieces(story.text)
    rows = [ReadBackRow(key, "", _("{title}: {story}").format(title=whose, story=fsi(first)))]
    return rows + [ReadBackRow(key, str(number), fsi(one)) for number, one in enumerate(others, 2)]


def answers(shown: tuple[ReadBackRow, ...]) -> int:
    """How many rows are answers rather than what is left."""
    of_stories = {one.section for one in shown if one.section in (STORY, BESIDE)}
    return len(of_stories) + sum(1 for one in shown if one.question and one.section not in of_stories)


def _section(draft: Draft, library: Library, section: Section) -> list[ReadBackRow]:
    sheet = drafting.sheet(draft, section.sheet_key)
    if sheet is None:
        return []
    found = []
    for question in section.question_set.in_group(section.group):
        answer = sheet.answers.get(question.id)
        if answer is None or not answer.relevant or not question.kind.asks:
            continue
        if answer.state is AnswerState.ANSWERED and answer.value in (None, "", [], ()):
            continue
        text = _("{question}: {answer}").format(
            question=unmarked(words.short_name(section.question_set, question)),
            answer=words.answer_words(section.question_set, question, answer, library),
        )
        found.append(ReadBackRow(section.key, question.id, text))
    left = len(taking_down.open_questions(draft, library, section))
    if left:
        text = ngettext(
            "{section}: {count} question not answered", "{section}: {count} questions not answered", left
        ).format(section=words.section_title(section), count=left)
        found.append(ReadBackRow(section.key, "", text))
    return found
