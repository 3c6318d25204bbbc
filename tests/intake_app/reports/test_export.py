"""What leaves the store: whole, without names by default, harmless to open, plain only for those entitled."""

import csv
import html.parser
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from intake_app import drafting, taking_down
from intake_app.channels.email.draft import draft_of
from intake_app.channels.email.message import read
from intake_app.channels.relay import log
from intake_app.channels.relay.session import switched_on
from intake_app.errors import Cancelled, FileRefused, NotEntitled
from intake_app.forms.library import Library
from intake_app.links import Relation
from intake_app.online import KeptAnswer, OnlineResponse
from intake_app.passages import Reply
from intake_app.records import Answer, Record, Source
from intake_app.reports.export import FORMATS, Asked, Written, export
from intake_app.reports.package import unpack
from intake_app.store.store import Store
from intake_app.sync.enrolment import Enrolment
from intake_app.times import Clock, IdMaker
from tests.fakes import HandClock

TakeDown = Callable[..., Record]
AWKWARD = '=HYPERLINK("http://example.org")\nsecond line; "quoted", <b>bold</b> & مرحبا'


@pytest.fixture
def out(store: Store, library: Library, clock: Clock, tmp_path: Path) -> Callable[..., Written]:
    def run(form: str = "csv", name: str = "", **asked: object) -> Written:
        path = tmp_path / (name or f"out.{form}")
        return export(store, library, Asked(form, path, **asked), clock)  # type: ignore[arg-type]

    return run


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_a_row_for_each_item_and_keeps_every_word(
    take_down: TakeDown, out: Callable[..., Written]
) -> None:
    first = take_down("First words")
    second = take_down("Words\nover two lines, “quoted”", items=2)
    written = out()
    rows = _rows(written.path)
    assert (written.records, written.items) == (2, 3)
    assert [row["reference"] for row in rows] == [first.reference, second.reference, second.reference]
    assert [row["item"] for row in rows] == ["1", "1", "2"]
    assert rows[1]["story"] == "Words\nover two lines, “quoted”"
    assert rows[0]["services"] == "The Example Surgery, Exampleton, ZZ1 1ZZ"
    assert rows[0]["service_ids"] == "ods:A00001"
    assert rows[0]["topics"] == "access_phone:negative"
    assert rows[0]["frame.channel"] == "phone"
    assert rows[0]["received_on"] == "2026-11-20"
    assert written.path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("outcome", ["silent", "abusive", "wales", "about_us"])
def test_what_was_no_feedback_is_taken_out_as_that_and_not_counted(
    store: Store, take_down: TakeDown, out: Callable[..., Written], outcome: str
) -> None:
    told = take_down("Kind staff")
    other = take_down("Words that were no feedback")
    draft = store.records.draft_for_edit(other.id)
    store.records.save(drafting.with_answer(draft, drafting.FRAME, "outcome", Answer(value=outcome)))

    written = out()
    assert (written.records, written.items) == (2, 1)
    kinds = {row["record"]: (row["kind"], row["frame.outcome"]) for row in _rows(written.path)}
    assert kinds == {told.id: ("feedback", ""), other.id: ("not_feedback", outcome)}
    lines = [json.loads(one) for one in out("jsonl").path.read_text("utf-8").splitlines()]
    assert {one["id"]: one["feedback"] for one in lines} == {told.id: True, other.id: False}


def test_feedback_and_enquiry_have_their_own_columns_and_share_the_rest(
    store: Store, library: Library, clock: Clock, ids: IdMaker, out: Callable[..., Written]
) -> None:
    draft = taking_down.new_draft(library, ids, clock(), store.device)
    draft = drafting.with_narrative(draft, "They were rude. How do I complain?", ids)
    draft = taking_down.add_item(draft, library, ids, "enquiry")
    feedback, enquiry = (drafting.item_key(one.id) for one in draft.record.items)
    draft = drafting.with_answer(
        draft, feedback, "experience_kind", Answer(value="bad", label="Bad experience")
    )
    for question, value in (
        ("asked_for", ["advice", "signposting"]), ("given", ["signposting"]), ("signposted_to", ["phso"]),
        ("topics", [{"code": "admin_complaints_handling"}]),
    ):  # fmt: skip
        draft = drafting.with_answer(draft, enquiry, question, Answer(value=value))
    store.records.save(taking_down.finish(draft, library, clock()))
    first, second = _rows(out().path)
    assert [first["kind"], second["kind"]] == ["feedback", "enquiry"]
    assert (first["feedback.experience_kind"], first["enquiry.asked_for"]) == ("bad", "")
    assert (second["feedback.experience_kind"], second["enquiry.asked_for"]) == ("", "advice; signposting")
    assert second["enquiry.signposted_to"] == "phso"
    assert second["topics"] == "admin_complaints_handling"
    assert first["story"] == second["story"] == "They were rude. How do I complain?"
    assert store.records.items_by_kind() == {"feedback": 1, "enquiry": 1}


def test_links_are_taken_out_with_both_records(
    store: Store, take_down: TakeDown, out: Callable[..., Written]
) -> None:
    first, second = take_down("First"), take_down("Second")
    store.links.link(second.id, first.id, Relation.FOLLOW_UP, "sam")
    store.links.link(first.id, second.id, Relation.SAME_STORY)
    rows = {row["record"]: row["links"] for row in _rows(out().path)}
    assert rows[second.id] == f"follow_up_of:{first.id}; same_story:{first.id}"
    assert rows[first.id] == f"followed_up_by:{second.id}; same_story:{second.id}"
    lines = [json.loads(line) for line in out("jsonl").path.read_text("utf-8").splitlines()]
    (link, _other) = lines[1]["links"]
    assert (link["relation"], link["record"], link["by"]) == ("follow_up_of", first.id, "sam")
    for one in store.links.of(first.id):
        store.links.unlink(first.id, one)
    assert {row["links"] for row in _rows(out().path)} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_can_be_run_as_a_formula(
    take_down: TakeDown, out: Callable[..., Written], start: str
) -> None:
    take_down(f"{start}1+2")
    (row,) = _rows(out().path)
    assert row["story"] == f"'{start}1+2"
    book = openpyxl.load_workbook(out("xlsx").path)
    cells = [cell for line in book["Records"].iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert f"{start}1+2" in [cell.value for cell in cells]


def test_a_workbook_opens_with_its_words_and_says_what_it_is(
    take_down: TakeDown, out: Callable[..., Written]
) -> None:
    take_down(AWKWARD)
    take_down("\x0bcontrol\x1f" + "ż" * 40_000)
    book = openpyxl.load_workbook(out("xlsx").path)
    assert book.sheetnames == ["Records", "About"]
    heads, first, second = list(book["Records"].iter_rows(values_only=True))
    story = heads.index("Story")
    assert first[story] == AWKWARD
    assert str(second[story]).startswith("�control�żżż")
    assert len(str(second[story])) <= 32_767
    assert "Records of Healthwatch Exemplar" in [row[0].value for row in book["About"]]
    assert book["Records"].freeze_panes == "A2"


class _Checker(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[str | None] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_can_be_read_by_ear(take_down: TakeDown, out: Callable[..., Written]) -> None:
    take_down(AWKWARD)
    page = _Checker()
    page.feed(out("html").path.read_text("utf-8"))
    names = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"] == {"lang": "en", "dir": "ltr"}
    assert names.count("h1") == names.count("main") == names.count("caption") == names.count("title") == 1
    assert set(page.scopes) == {"col", "row"}
    assert page.scopes.count("row") == 1
    assert AWKWARD in page.text
    assert "b" not in names
    assert {"lang": "en", "dir": "ltr"} in [marks for tag, marks in page.tags if tag == "td"]


def test_jsonl_holds_whole_documents(take_down: TakeDown, out: Callable[..., Written], store: Store) -> None:
    record = take_down(AWKWARD, name="Alex Example")
    (line,) = out("jsonl").path.read_text("utf-8").splitlines()
    assert Record.model_validate(json.loads(line)["body"]) == store.records.get(record.id)


@pytest.mark.parametrize("form", FORMATS)
def test_names_and_equality_answers_stay_here_unless_asked_for(
    take_down: TakeDown, out: Callable[..., Written], store: Store, form: str
) -> None:
    take_down("Words", name="Alex Example", ethnic_group="welsh_etc", danger_notes="Alex lives at number 7")
    plain = out(form).path
    text = _text_of(plain, form)
    assert "Alex Example" not in text
    assert "welsh_etc" not in text
    if form != "jsonl":
        assert "number 7" not in text
    assert [entry.act for entry in store.audit.all()] == []
    asked = out(form, name=f"asked.{form}", with_persons=True, with_equality=True, reason="Subject access")
    text = _text_of(asked.path, form)
    assert "Alex Example" in text
    assert "welsh_etc" in text
    assert {(entry.act, entry.reason) for entry in store.audit.all()} == {
        ("opened_person", "Subject access"), ("opened_equality", "Subject access"),
    }  # fmt: skip


def _text_of(path: Path, form: str) -> str:
    if form != "xlsx":
        return path.read_text("utf-8")
    rows = openpyxl.load_workbook(path)["Records"].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def test_persons_are_never_taken_out_without_a_reason(
    take_down: TakeDown, out: Callable[..., Written]
) -> None:
    take_down("Words", name="Alex Example")
    with pytest.raises(FileRefused) as refused:
        out(with_persons=True, reason="  ")
    assert refused.value.details["reason"] == "reason_missing"


def test_a_redacted_text_stands_for_the_original(take_down: TakeDown, out: Callable[..., Written]) -> None:
    take_down("Nurse Joy was rude", redacted="A nurse was rude")
    assert _rows(out().path)[0]["story"] == "A nurse was rude"


def test_withdrawn_records_say_so_and_drafts_stay(
    take_down: TakeDown, out: Callable[..., Written], store: Store
) -> None:
    record = take_down("Words")
    store.records.withdraw(record.id, "They asked")
    store.drafts.keep(store.records.draft_for_edit(record.id))
    assert [row["state"] for row in _rows(out().path)] == ["withdrawn"]


def test_records_in_danger_are_taken_out_once(take_down: TakeDown, out: Callable[..., Written]) -> None:
    take_down("One", danger_notes="now")
    take_down("Two")
    assert [row["danger"] for row in _rows(out().path)] == ["open", ""]


def _enrolled(kind: str) -> Enrolment:
    return Enrolment("http://127.0.0.1:1", "token", "o", "Organisation", "", "d", kind, "00" * 32)


@pytest.mark.parametrize(("kind", "entitled"), [("outreach", False), ("office", False), ("manager", True)])
def test_only_a_manager_of_a_hubs_organisation_writes_plain_files(
    take_down: TakeDown, out: Callable[..., Written], store: Store, tmp_path: Path, kind: str, entitled: bool
) -> None:
    take_down("Words", name="Alex Example")
    store.sync.save_enrolment(_enrolled(kind))
    if entitled:
        assert out().records == 1
        return
    with pytest.raises(NotEntitled):
        out()
    with pytest.raises(NotEntitled):
        out(passphrase="open sesame", with_persons=True, reason="curious")
    assert list(tmp_path.glob("out*")) == []
    package = out(passphrase="open sesame").path
    assert b"Words" not in package.read_bytes()
    assert _rows(unpack(package, tmp_path, "open sesame"))[0]["story"] == "Words"


@pytest.mark.parametrize("form", FORMATS)
def test_a_package_holds_the_same_file(
    take_down: TakeDown, out: Callable[..., Written], tmp_path: Path, form: str
) -> None:
    take_down(AWKWARD)
    package = out(form, passphrase="open sesame").path
    assert package.name == f"out.{form}.intake-export"
    opened = unpack(package, tmp_path / f"opened.{form}", "open sesame")
    assert AWKWARD.split("\n")[1].split(";")[0] in _text_of(opened, form)


def test_stopping_leaves_no_half_file(
    take_down: TakeDown, store: Store, library: Library, clock: Clock, tmp_path: Path
) -> None:
    take_down("Words")
    for passphrase in ("", "open sesame"):
        with pytest.raises(Cancelled):
            export(
                store, library, Asked("xlsx", tmp_path / "out.xlsx", passphrase=passphrase), clock,
                cancelled=lambda: True,
            )  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_an_empty_store_exports_an_empty_table(out: Callable[..., Written]) -> None:
    assert [out(form).records for form in FORMATS] == [0, 0, 0, 0]


def test_a_folder_that_is_not_there_is_said(out: Callable[..., Written]) -> None:
    with pytest.raises(FileRefused):
        out(name="missing/out.csv")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_words_of_relay_turns_leave_only_with_persons(
    form: str, store: Store, library: Library, clock: Clock, ids: IdMaker, out: Callable[..., Written]
) -> None:
    draft = taking_down.new_draft(library, ids, clock(), store.device)
    draft = switched_on(draft, library, ids, clock())
    draft = log.heard(draft, "MY NAME IS JO BLOGGS GA", log.New(ids(), clock()))
    store.records.save(taking_down.finish(draft, library, clock()))
    assert "BLOGGS" not in out(form).path.read_text("utf-8")
    asked = {"with_persons": True, "reason": "asked for by the person", "passphrase": ""}
    written = out(form, f"whole.{form}", **asked)
    assert "MY NAME IS JO BLOGGS" in written.path.read_text("utf-8")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_emails_id_leaves_only_with_persons_and_a_reply_as_what_it_was_for(
    form: str, store: Store, library: Library, clock: Clock, ids: IdMaker, out: Callable[..., Written]
) -> None:
    letter = read(b"From: jo@example.org\r\nMessage-ID: <jo.bloggs.1@example.org>\r\n\r\nWords\r\n")
    draft = draft_of(letter, library, ids, clock(), store.device)
    reply = Reply(id=ids(), at=clock(), template="received", language="pl", way="file")
    draft = drafting.with_record(draft, replies=(reply,))
    store.records.save(taking_down.finish(draft, library, clock()))
    without = out(form).path.read_text("utf-8")
    assert "bloggs" not in without
    assert "received" in without
    asked = {"with_persons": True, "reason": "asked for by the person", "passphrase": ""}
    whole = out(form, f"whole.{form}", **asked).path.read_text("utf-8")
    assert ("jo.bloggs.1@example.org" in whole) is (form == "jsonl")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_else_stood_on_a_web_form_leaves_only_with_persons(
    form: str, store: Store, library: Library, clock: Clock, ids: IdMaker, out: Callable[..., Written]
) -> None:
    draft = taking_down.new_draft(library, ids, clock(), store.device, channel="web_form")
    kept = (KeptAnswer(title="Anything else", text="Ask Jo Bloggs"),)
    online = OnlineResponse(form="Our form", response="r101", partner="Carers UK", kept=kept)
    draft = drafting.with_record(drafting.with_narrative(draft, "Words", ids), online=online)
    store.records.save(taking_down.finish(draft, library, clock()))
    text = out(form).path.read_text("utf-8")
    assert [one in text for one in ("Our form", "r101", "Carers UK", "Bloggs")] == [True, True, True, False]
    asked = {"with_persons": True, "reason": "asked for by the person", "passphrase": ""}
    written = out(form, f"whole.{form}", **asked)
    assert "Ask Jo Bloggs" in written.path.read_text("utf-8")


def test_no_figure_tells_how_long_a_relay_call_took(
    store: Store, library: Library, ids: IdMaker, out: Callable[..., Written]
) -> None:
    """Every turn is typed by somebody: a short and a long call of one content are told alike."""
    for minutes in (1, 95):
        clock = HandClock()
        draft = switched_on(
            taking_down.new_draft(library, ids, clock(), store.device), library, ids, clock(), "18001"
        )
        clock.forward(30 * minutes)
        draft = log.heard(draft, "HELLO GA", log.New(ids(), clock()))
        clock.forward(30 * minutes)
        draft = log.ended(draft, log.New(ids(), clock()))
        store.records.save(taking_down.finish(draft, library, clock()))
    short, long = _rows(out().path)
    own = {"reference", "record"}
    assert {key: cell for key, cell in short.items() if key not in own} == {
        key: cell for key, cell in long.items() if key not in own
    }
    assert short["relay.prefix"] == "18001"


def test_sessions_stand_side_by_side_and_unmet_requests_are_counted(
    store: Store, library: Library, clock: Clock, ids: IdMaker, out: Callable[..., Written]
) -> None:
    draft = taking_down.new_draft(library, ids, clock(), store.device)
    draft = drafting.with_narrative(draft, "Words", ids)
    for answers in (
        {"language": "pl", "outcome": "dropped", "interpreter_id": "4711", "note": "Crackling"},
        {
            "outcome": "not_available",
            "unmet_asked": "phone",
            "unmet_offered": "nothing",
            "unmet_back": "today",
        },
    ):
        draft = taking_down.add_session(draft, library, ids, "interpreter", clock())
        key = drafting.session_key(draft.record.sessions[-1].id)
        for question, value in answers.items():
            draft = drafting.with_answer(draft, key, question, Answer(value=value))
    draft = taking_down.add_session(draft, library, ids, "bsl_video", clock())
    key = drafting.session_key(draft.record.sessions[-1].id)
    draft = drafting.with_answer(draft, key, "needs", Answer(value=["uses_british_sign_language"]))
    store.records.save(taking_down.finish(draft, library, clock()))
    (row,) = _rows(out().path)
    assert (row["sessions"], row["unmet"]) == ("3", "1")
    assert row["frame.support"] == "interpreter; bsl_video"
    assert row["interpreter.language"] == "pl | pl"
    assert row["interpreter.outcome"] == "dropped | not_available"
    assert row["interpreter.unmet_asked"] == " | phone"
    assert not {"interpreter.note", "interpreter.interpreter_id", "communication.needs"} & row.keys()
    whole = json.loads(out("jsonl").path.read_text("utf-8"))["body"]["sessions"]
    assert [one["support"] for one in whole] == ["interpreter", "interpreter", "bsl_video"]
    assert whole[0]["answers"]["note"]["value"] == "Crackling"


def test_events_are_rows_of_their_own_and_stand_by_name_at_their_records(
    store: Store, take_down: TakeDown, out: Callable[..., Written]
) -> None:
    event = store.events.make({"name": "=Fair", "day": "2026-11-21", "place": "Leeds", "type": "stall"})
    store.events.count(event.id, people=12, leaflets=30)
    told = take_down("Told there")
    store.records.save(
        drafting.with_record(store.records.draft_for_edit(told.id), event=event.id, sequence=7)
    )
    take_down("Told elsewhere")
    rows = {row["story"]: row for row in _rows(out().path)}
    there, elsewhere = rows["Told there"], rows["Told elsewhere"]
    assert (there["event"], there["event_id"], there["paper_number"]) == ("'=Fair", event.id, "7")
    assert (elsewhere["event"], elsewhere["event_id"], elsewhere["paper_number"]) == ("", "", "")
    written = out(name="events.csv", events=True)
    (row,) = _rows(written.path)
    assert written.events == 1
    assert (row["name"], row["people"], row["leaflets"], row["records"]) == ("'=Fair", "12", "30", "1")
    assert (row["written_by"], row["event_id"]) == ("Sam", event.id)
    book = openpyxl.load_workbook(out("xlsx").path)
    assert [[cell.value for cell in row][:2] for row in book["Events"].iter_rows()] == [
        ["Event", "Day"], ["=Fair", "2026-11-21"]
    ]  # fmt: skip
    lines = [json.loads(line) for line in out("jsonl").path.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["event", "record", "record"]
    assert (lines[0]["people"], lines[0]["name"]) == (12, "=Fair")


@pytest.mark.parametrize("form", FORMATS)
def test_events_alone_can_be_taken_out_in_every_format(
    store: Store, out: Callable[..., Written], form: str
) -> None:
    store.events.make({"name": "Fair in <b>Leeds</b>", "day": "2026-11-21"})
    path = out(form, events=True).path
    if form == "xlsx":
        assert openpyxl.load_workbook(path)["Records"]["A2"].value == "Fair in <b>Leeds</b>"
        return
    text = path.read_text("utf-8")
    assert ("Fair in &lt;b&gt;Leeds" if form == "html" else "Fair in <b>Leeds") in text


def test_how_many_answers_the_person_gave_alone_has_a_column(
    store: Store, take_down: TakeDown, out: Callable[..., Written]
) -> None:
    told = take_down("By myself")
    alone = Answer(value="yes", source=Source.PERSON)
    draft = drafting.with_answer(store.records.draft_for_edit(told.id), "frame", "may_quote", alone)
    store.records.save(draft)
    take_down("Asked")
    rows = {row["story"]: row for row in _rows(out().path)}
    assert rows["By myself"]["by_themselves"] == "1"
    assert rows["Asked"]["by_themselves"] == ""
