"""The same file of responses on two computers: each response is one record, and nobody is asked."""

from pathlib import Path

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.mapping import ColumnUse, FormMapping
from intake_app.channels.webform.table import read_table
from intake_app.channels.webform.taking_in import TakenIn, Wish, take_in
from intake_app.store.summaries import RecordQuery
from tests.flow.computers import Computer

FORM = FormMapping(
    name="Our form",
    columns=(
        ColumnUse(title="ID", target=uses.RESPONSE),
        ColumnUse(title="When", target=uses.RECEIVED),
        ColumnUse(title="Story", target=uses.STORY),
        ColumnUse(title="Danger", target=uses.DANGER),
        ColumnUse(title="Name", target="person:person_name"),
        ColumnUse(title="Age", target="equality:age_band"),
    ),
)


def bring(computer: Computer, file: Path) -> TakenIn:
    return take_in(computer.store, computer.library, read_table(file), FORM, Wish(), computer.clock)


def test_brought_in_on_two_computers_before_they_met_it_is_one_record(
    pair: list[Computer], tmp_path: Path
) -> None:
    here, other = pair
    file = tmp_path / "march.csv"
    file.write_text(
        "ID,When,Story,Danger,Name,Age\n1,2026-01-09,Kind.,No,Jo Example,25 to 49\n2,2026-01-10,Slow.,Yes,,\n"
    )
    for computer in pair:
        assert bring(computer, file).added == 2
    for computer in (here, other, here, other, here):
        computer.round()
    for computer in pair:
        page = computer.store.records.find(RecordQuery())
        assert [one.first_words for one in (*page.danger, *page.rows)] == ["Slow.", "Kind."]
        assert computer.store.sync.counts().conflicts == 0
        assert bring(computer, file).known == 2
    page = here.store.records.find(RecordQuery())
    ids = [one.id for one in (*page.danger, *page.rows)]
    assert [here.store.records.get(one) for one in ids] == [other.store.records.get(one) for one in ids]


def test_what_one_computer_brought_in_and_sent_is_known_on_the_other(
    pair: list[Computer], tmp_path: Path
) -> None:
    here, other = pair
    file = tmp_path / "march.csv"
    file.write_text("ID,When,Story,Danger,Name,Age\n1,2026-01-09,Kind.,No,Jo Example,25 to 49\n")
    bring(here, file)
    here.round()
    other.round()
    assert (bring(other, file).added, bring(other, file).known) == (0, 1)
    here.store.erase(here.listed()[0].id, "asked for by the person")
    here.round()
    other.round()
    assert bring(other, file).erased == 1
