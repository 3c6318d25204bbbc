"""One response as a record: the story, the answers, who told us, and everything else as it was written."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from intake_app import drafting, taking_down
from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.answers import AnswerReader, Unread
from intake_app.channels.webform.mapping import ColumnUse, FormMapping, Target, plain
from intake_app.channels.webform.moments import moment_of
from intake_app.channels.webform.table import Row
from intake_app.drafting import EQUALITY, FRAME, PERSON, Draft, item_key
from intake_app.forms.library import Library
from intake_app.forms.model import Kind
from intake_app.online import KeptAnswer, OnlineResponse
from intake_app.records import Answer, AnswerState, ServiceMention, Source
from intake_app.services.model import Service
from intake_app.times import Instant

WEB_FORM = "web_form"
"""Code of ``channels.csv``."""
_NOBODY = frozenset({"anonymous", "n a", "none"})
"""What a form writes where it does not know who answered."""
_NO = frozenset({"no", "none", "n a", "false", "0"})
_NO_BEGINS = ("no ", "nobody", "not at ")

FindService = Callable[[str], Service | None]
"""By the code that its register gave it."""


@dataclass(frozen=True, slots=True)
class Response:
    """What makes a response the same one again: its id, or everything in it where the form gave none.

    ``digest`` is of all that was answered, so that one that was changed is told from one that was not.
    """

    row: int
    id: str
    digest: str
    partner: str


@dataclass(slots=True)
class _Gathered:
    """What the columns of one row come to, before a draft is made of it."""

    stories: list[tuple[str, str]] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    place: str = ""
    service_id: str = ""
    received: str = ""
    dangers: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, list[tuple[ColumnUse, str]]] = field(default_factory=dict)
    kept: list[KeptAnswer] = field(default_factory=list)


class ResponseReader:
    """Reads the rows of one form. ``by`` is the staff member who brings them in; ``partner`` of the file."""

    def __init__(
        self,
        library: Library,
        mapping: FormMapping,
        day_first: bool,
        find_service: FindService,
        device: str,
        by: str = "",
        partner: str = "",
    ) -> None:
        self._library = library
        self._mapping = mapping
        self._day_first = day_first
        self._find_service = find_service
        self._device = device
        self._by = by
        self._partner = partner or mapping.partner
        self._targets = uses.targets(library)
        self._answers = AnswerReader(library, day_first)
        self._uses: dict[str, ColumnUse] = {}

    def response(self, row: Row) -> Response:
        said = {self._use(title).target: cell for title, cell in row.cells.items()}
        digest = _digest(
            (title, cell)
            for title, cell in row.cells.items()
            if self._use(title).target not in (uses.RESPONSE, uses.RECEIVED)
        )
        partner = said.get(uses.PARTNER, "") or self._partner
        return Response(row.number, said.get(uses.RESPONSE, ""), digest, partner)

    def is_shifted(self, row: Row) -> bool:
        """Whether the row lacks cells in the middle: then id and date are not where they belong."""
        if not row.short:
            return False
        wanted = {use.target for use in self._mapping.columns} & {uses.RESPONSE, uses.RECEIVED}
        said = {self._use(title).target for title in row.cells}
        return not wanted or not wanted <= said

    def says_nothing(self, row: Row) -> bool:
        """Somebody opened the form and left it again: there is no more than an id and a time."""
        targets = {self._use(title).target for title in row.cells}
        return targets <= {uses.RESPONSE, uses.RECEIVED, uses.PARTNER, uses.LEAVE_OUT}

    def received_text(self, row: Row) -> str:
        """As the file has it."""
        found = (cell for title, cell in row.cells.items() if self._use(title).target == uses.RECEIVED)
        return next(found, "")

    def draft(self, row: Row, response: Response, ids: Callable[[], str], now: Instant) -> Draft:
        """The record, nothing of it finished; ``online.unread`` is what somebody has to look at."""
        found = self._gather(row)
        draft = taking_down.new_draft(self._library, ids, now, self._device, self._by, WEB_FORM)
        channel = draft.record.frame.answers["channel"].model_copy(update={"source": Source.IMPORTED})
        draft = drafting.with_answer(draft, FRAME, "channel", channel)
        draft = _with_story(draft, _story(found.stories))
        draft = self._with_received(draft, found, now)
        draft = self._with_services(draft, found)
        draft = self._with_answers(draft, found, ids, now)
        draft = self._with_danger(draft, found, now)
        online = OnlineResponse(
            form=self._mapping.name,
            response=response.id,
            partner=response.partner,
            digest=response.digest,
            kept=tuple(found.kept),
        )
        return taking_down.settled(drafting.with_record(draft, online=online), self._library)

    def _use(self, title: str) -> ColumnUse:
        if title not in self._uses:
            use = self._mapping.use_of(title)
            known = use.target in uses.OWN or use.target in self._targets
            # A question that another set asked, and this one does not, keeps its answers beside.
            self._uses[title] = use if known else use.model_copy(update={"target": uses.BESIDE})
        return self._uses[title]

    def _gather(self, row: Row) -> _Gathered:
        found = _Gathered()
        for title, cell in row.cells.items():
            use = self._use(title)
            match use.target:
                case uses.STORY:
                    found.stories.append((title, cell))
                case uses.SERVICE:
                    found.services.append(cell)
                case uses.PLACE:
                    found.place = " ".join((found.place, cell)).strip()
                case uses.SERVICE_ID:
                    found.service_id = cell
                case uses.RECEIVED:
                    found.received = cell
                case uses.DANGER:
                    found.dangers.append((title, cell))
                case uses.BESIDE:
                    found.kept.append(KeptAnswer(title=title, text=cell))
                case uses.RESPONSE | uses.PARTNER | uses.LEAVE_OUT:
                    pass
                case target:
                    found.answers.setdefault(target, []).append(
                        (use.model_copy(update={"title": title}), cell)
                    )
        return found

    def _with_received(self, draft: Draft, found: _Gathered, now: Instant) -> Draft:
        titles = [one.title for one in self._mapping.columns if one.target == uses.RECEIVED]
        if not titles:
            return draft
        moment = moment_of(found.received, self._day_first, now.civil) if found.received else None
        if moment is not None and moment.utc_ms <= now.utc_ms:
            return drafting.with_record(draft, received=moment)
        reason = Unread.DATE if moment is None else Unread.FUTURE
        found.kept.append(
            KeptAnswer(title=titles[0], text=found.received, question=uses.RECEIVED, reason=reason)
        )
        return draft

    def _with_services(self, draft: Draft, found: _Gathered) -> Draft:
        item = item_key(draft.record.items[0].id)
        known = self._find_service(found.service_id) if found.service_id else None
        mentions = [ServiceMention(name=name, place=found.place) for name in found.services]
        if known is not None:
            mentions = [
                ServiceMention(id=known.id, name=known.name, place=known.place, provider=known.provider)
            ]
            # What they called it themselves may say more, such as a ward.
            found.kept += [
                KeptAnswer(title=_title(self._mapping, uses.SERVICE), text=name)
                for name in found.services
                if plain(name) != plain(known.name)
            ]
        elif found.service_id:
            found.kept.append(
                KeptAnswer(
                    title=_title(self._mapping, uses.SERVICE_ID),
                    text=found.service_id,
                    question=uses.SERVICE_ID,
                    reason=Unread.SERVICE,
                )
            )
        if not mentions:
            if found.place:
                found.kept.append(KeptAnswer(title=_title(self._mapping, uses.PLACE), text=found.place))
            return draft
        value = [one.model_dump(exclude_defaults=True) for one in mentions]
        return drafting.with_answer(draft, item, "services", Answer(value=value, source=Source.IMPORTED))

    def _with_answers(self, draft: Draft, found: _Gathered, ids: Callable[[], str], now: Instant) -> Draft:
        item = item_key(draft.record.items[0].id)
        for key, cells in found.answers.items():
            target = self._targets[key]
            if target.sheet == PERSON:
                cells = [(use, cell) for use, cell in cells if plain(cell) not in _NOBODY]
            answer = self._joined(target, cells, found, now)
            if answer is None:
                continue
            sheet = target.sheet if target.sheet in (FRAME, PERSON, EQUALITY) else item
            draft = taking_down.opened(draft, sheet, self._library, ids)
            draft = drafting.with_answer(draft, sheet, target.question.id, answer)
        return draft

    def _joined(
        self, target: Target, cells: list[tuple[ColumnUse, str]], found: _Gathered, now: Instant
    ) -> Answer | None:
        """Of several columns for one question: every choice, or the words one after another."""
        question = target.question
        if question.kind is Kind.TEXT:
            between = "\n" if "multiline" in question.appearance else " "
            text = between.join(cell for _use, cell in cells)
            return Answer(value=text, source=Source.IMPORTED) if text else None
        joined: Answer | None = None
        for use, cell in cells:
            read = self._answers.read(question, use.title, cell, _chosen(use), now.civil)
            left, reason = read.left, read.reason
            if joined is None or question.kind in (Kind.SELECT_MULTIPLE, Kind.TOPICS):
                joined = _with(joined, read.answer)
            elif read.answer is not None:
                # The question has one answer, and the form gave two.
                left = cell
            if left and target.sheet in (PERSON, EQUALITY):
                # Beside the story it would be read by everybody: it stays where such answers are kept.
                joined = _with_words(joined, left)
                left = ""
            if left or reason:
                found.kept.append(KeptAnswer(title=use.title, text=left, question=target.key, reason=reason))
        return joined

    def _with_danger(self, draft: Draft, found: _Gathered, now: Instant) -> Draft:
        """Anything but a plain no is taken for danger: somebody looks at it, and closes the card."""
        for title, cell in found.dangers:
            words = plain(cell)
            said = not (words in _NO or words.startswith(_NO_BEGINS))
            if said:
                draft = taking_down.mark_danger(draft, self._library, now)
            if words != "yes":
                # Whether anybody asked is a question of conversations; a form's own words say what it was.
                found.kept.append(KeptAnswer(title=title, text=cell, question=uses.DANGER))
        return draft


def _chosen(use: ColumnUse) -> dict[str, str]:
    return {plain(words): code for words, code in use.choices.items()}


def _with(before: Answer | None, more: Answer | None) -> Answer | None:
    """Both answers to a question with several choices."""
    if before is None or more is None or before.state is not AnswerState.ANSWERED:
        return more if before is None else before
    if more.state is not AnswerState.ANSWERED:
        return before
    value = [*before.value, *(one for one in more.value if one not in before.value)]
    label = "; ".join(dict.fromkeys(one for one in (before.label, more.label) if one))
    return before.model_copy(update={"value": value, "label": label})


def _with_words(before: Answer | None, words: str) -> Answer:
    """An answer that tells, in the words that are shown, what is none of the choices."""
    if before is None:
        return Answer(value=words, label=words, source=Source.IMPORTED)
    label = "; ".join(one for one in (before.label, words) if one)
    return before.model_copy(update={"label": label})


def _with_story(draft: Draft, text: str) -> Draft:
    """In the person's own writing: nobody here wrote it down."""
    (empty,) = draft.record.narratives
    return drafting.with_record(draft, narratives=(empty.model_copy(update={"text": text, "by": ""}),))


def _story(stories: list[tuple[str, str]]) -> str:
    """Of several columns each with its question above it: they answer different ones."""
    if len(stories) == 1:
        return stories[0][1]
    return "\n\n".join(f"{title}\n{text}" for title, text in stories)


def _title(mapping: FormMapping, target: str) -> str:
    return next((one.title for one in mapping.columns if one.target == target), "")


def _digest(cells: Iterable[tuple[str, str]]) -> str:
    told = sorted([plain(title), cell] for title, cell in cells)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
