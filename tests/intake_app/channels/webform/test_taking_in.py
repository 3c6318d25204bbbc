"""A file is brought in once, changed responses are told and left alone, and erased ones stay erased."""

from itertools import count
from pathlib import Path

import pytest

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.lines import Broken
from intake_app.channels.webform.mapping import FormMapping
from intake_app.channels.webform.table import read_table
from intake_app.channels.webform.taking_in import Left, TakenIn, Wish, take_in
from intake_app.errors import Cancelled, ResponsesRefused
from intake_app.forms.library import Library
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from tests.fakes import HandClock
from tests.intake_app.channels.webform.forms import FIRST, SECOND, TARGETS, TITLES, csv_file, form, workbook

ODD = ("103", "2026-03-11", "It was all right.", "Somewhere in between", "")


class Office:
    def __init__(self, store: Store, library: Library, clock: HandClock, folder: Path) -> None:
        self.store = store
        self._library = library
        self._clock = clock
        self._folder = folder

    def bring(
        self,
        *rows: tuple[str, ...],
        made: FormMapping | None = None,
        titles: tuple[str, ...] = TITLES,
        **wish: object,
    ) -> TakenIn:
        table = read_table(csv_file(self._folder / "it.csv", [titles, *rows]))
        asked = Wish(**wish)  # type: ignore[arg-type]
        return take_in(self.store, self._library, table, made or form(), asked, self._clock)

    def stories(self) -> list[str]:
        page = self.store.records.find(RecordQuery(include_drafts=False))
        return [one.first_words for one in (*page.danger, *page.rows)]


@pytest.fixture
def office(store: Store, library: Library, clock: HandClock, tmp_path: Path) -> Office:
    return Office(store, library, clock, tmp_path)


def counts(report: TakenIn) -> tuple[int, ...]:
    return (report.added, report.to_check, report.known, report.changed, report.erased, report.refused)


def test_each_response_comes_once(office: Office) -> None:
    assert counts(office.bring(FIRST, SECOND)) == (2, 0, 0, 0, 0, 0)
    assert counts(office.bring(FIRST, SECOND)) == (0, 0, 2, 0, 0, 0)
    assert sorted(office.stories()) == ["Nobody rang back.", "The nurse was kind."]


def test_the_same_response_in_another_file_and_order_is_the_same(
    office: Office, library: Library, clock: HandClock, tmp_path: Path
) -> None:
    office.bring(FIRST)
    turned = workbook(tmp_path / "b.xlsx", [tuple(reversed(TITLES)), tuple(reversed(FIRST))])
    report = take_in(office.store, library, read_table(turned), form(), Wish(), clock)
    assert counts(report) == (0, 0, 1, 0, 0, 0)


def test_a_changed_response_is_told_and_the_record_stays(office: Office) -> None:
    office.bring(FIRST)
    report = office.bring((*FIRST[:2], "The nurse was very kind.", *FIRST[3:]))
    assert counts(report) == (0, 0, 0, 1, 0, 0)
    (told,) = report.left_out
    assert (told.row, told.reason) == (2, Left.CHANGED)
    (found,) = office.store.records.by_reference(told.reference)
    assert found.first_words == "The nurse was kind."


def test_what_needs_a_look_waits_as_a_draft_and_comes_once_too(office: Office) -> None:
    assert counts(office.bring(ODD, FIRST)) == (1, 1, 0, 0, 0, 0)
    assert counts(office.bring(ODD, FIRST)) == (0, 0, 2, 0, 0, 0)
    (draft,) = office.store.drafts.all()
    assert draft.parked is not None
    office.store.drafts.discard(draft.id)
    assert counts(office.bring(ODD)) == (0, 1, 0, 0, 0, 0)


def test_every_response_can_be_looked_through_first(office: Office) -> None:
    assert counts(office.bring(FIRST, SECOND, made=form(to_check=True))) == (0, 2, 0, 0, 0, 0)


def test_a_response_that_was_erased_is_never_brought_in_again(office: Office) -> None:
    office.bring(FIRST)
    (row,) = office.store.records.find(RecordQuery()).rows
    office.store.erase(row.id, "asked for by the person")
    report = office.bring(FIRST)
    assert counts(report) == (0, 0, 0, 0, 1, 0)
    assert report.left_out[0].reason == Left.ERASED
    assert office.stories() == []


def test_responses_without_an_id_are_known_by_what_they_say(office: Office) -> None:
    titles, made = ("Story",), form(("Story",), (uses.STORY,))
    # Two people said the same word.
    rows = [("Good",), ("Good",), ("Bad",)]
    assert counts(office.bring(*rows, made=made, titles=titles)) == (3, 0, 0, 0, 0, 0)
    assert counts(office.bring(*rows, made=made, titles=titles)) == (0, 0, 3, 0, 0, 0)
    assert counts(office.bring(*rows, ("Good",), made=made, titles=titles)) == (1, 0, 3, 0, 0, 0)


def test_an_id_twice_in_one_file_is_told(office: Office) -> None:
    report = office.bring(FIRST, FIRST, ("101", *SECOND[1:]), dry=True)
    assert counts(report) == (1, 0, 1, 1, 0, 0)
    assert counts(office.bring(FIRST, FIRST, ("101", *SECOND[1:]))) == (1, 0, 1, 1, 0, 0)


def test_forms_of_two_partners_number_their_responses_alike(office: Office) -> None:
    assert counts(office.bring(FIRST, partner="Mind")) == (1, 0, 0, 0, 0, 0)
    assert counts(office.bring(FIRST, partner="Carers UK")) == (1, 0, 0, 0, 0, 0)
    assert counts(office.bring(FIRST, partner="MIND")) == (0, 0, 1, 0, 0, 0)
    partners = {
        one.online.partner
        for row in office.store.records.find(RecordQuery()).rows
        if (one := office.store.records.get(row.id)).online
    }
    assert partners == {"Mind", "Carers UK"}


def test_a_dry_run_shows_the_first_records_and_keeps_nothing(office: Office) -> None:
    report = office.bring(FIRST, ODD, SECOND, dry=True, shown=2)
    assert counts(report) == (2, 1, 0, 0, 0, 0)
    assert [(row, draft.record.narratives[0].text) for row, draft in report.first] == [
        (2, "The nurse was kind."), (3, "It was all right.")
    ]  # fmt: skip
    assert office.stories() == []
    assert office.store.drafts.all() == ()


def test_rows_that_are_no_response_are_told_and_the_others_come(office: Office) -> None:
    report = office.bring(
        FIRST,
        (*SECOND, "one cell more"),
        ("104", "2026-03-12"),
        ("2026-03-12",),
        ("105", "2026-03-12", "", "", ""),
    )
    assert counts(report) == (1, 0, 0, 0, 0, 4)
    assert [(one.row, one.reason) for one in report.left_out] == [
        (3, Broken.TOO_MANY), (4, Left.NOTHING), (5, Left.SHIFTED), (6, Left.NOTHING)
    ]  # fmt: skip


def test_danger_is_counted_and_stands_on_top(office: Office) -> None:
    made = form(
        targets=(*(uses.RESPONSE, uses.RECEIVED, uses.STORY), "feedback:experience_kind", uses.DANGER)
    )
    report = office.bring(FIRST, SECOND, made=made)
    assert (report.added, report.danger) == (2, 1)
    assert [one.first_words for one in office.store.records.find(RecordQuery()).danger] == [
        "Nobody rang back."
    ]


def test_a_file_that_lacks_a_column_is_refused_as_a_whole(office: Office) -> None:
    with pytest.raises(ResponsesRefused) as raised:
        office.bring(FIRST[:2], titles=TITLES[:2])
    assert raised.value.details["reason"] == "other_columns"
    assert raised.value.details["titles"] == TITLES[2:]


def test_dates_that_can_be_read_both_ways_are_never_guessed(office: Office) -> None:
    row = ("101", "3/9/2026", *FIRST[2:])
    with pytest.raises(ResponsesRefused) as raised:
        office.bring(row)
    assert raised.value.details["reason"] == "date_order"
    office.bring(row, made=form(day_first=False))
    (found,) = office.store.records.find(RecordQuery()).rows
    assert found.received.civil.isoformat() == "2026-03-09"
    # Another one in the same file tells how they are to be read.
    assert counts(office.bring(("102", "3/9/2026", *FIRST[2:]), ("104", "30/9/2026", *FIRST[2:])))[0] == 2


def test_stopped_it_keeps_what_came_and_goes_on_the_next_time(
    office: Office, library: Library, clock: HandClock, tmp_path: Path
) -> None:
    rows = [(str(one), *FIRST[1:2], f"Story {one}", "", "") for one in range(6)]
    table = read_table(csv_file(tmp_path / "a.csv", [TITLES, *rows]))
    looks = count()
    with pytest.raises(Cancelled):
        take_in(office.store, library, table, form(), Wish(), clock, cancelled=lambda: next(looks) == 4)
    assert len(office.stories()) == 3
    told: list[tuple[int, int]] = []
    report = take_in(office.store, library, table, form(), Wish(), clock, lambda *now: told.append(now))
    assert counts(report) == (3, 0, 3, 0, 0, 0)
    assert told[-1] == (6, 6)


def test_it_is_found_by_what_stands_beside_the_story(office: Office) -> None:
    targets = (*TARGETS[:3], uses.BESIDE, uses.BESIDE)
    made = form(targets=targets, partner="Carers UK")
    office.bring((*FIRST[:3], "Zebra crossing", ""), made=made)
    for words in ("zebra", "carers uk"):
        assert [one.first_words for one in office.store.records.find(RecordQuery(words=words)).rows] == [
            "The nurse was kind."
        ]
