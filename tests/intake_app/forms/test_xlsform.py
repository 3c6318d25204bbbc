"""A sheet that an administrator has edited loads, or is refused with its place and a plain reason."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from intake_app.errors import QuestionSetRefused
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, QuestionSet
from intake_app.forms.refusals import Refusal
from intake_app.forms.xlsform import load

HEAD = ("type", "name", "label")


def refusals(path: Path, library: Library) -> tuple[Refusal, ...]:
    with pytest.raises(QuestionSetRefused) as refused:
        load(path, library.code_list)
    found = refused.value.details["refusals"]
    assert isinstance(found, tuple)
    return found


def test_groups_kinds_choices_and_conditions_are_read(make_set: Callable[..., QuestionSet]) -> None:
    found = make_set(
        [
            ("type", "name", "label", "required", "relevant", "x_sensitive", "x_place", "x_read_script"),
            ("begin_group", "visit", "Visit", "", "", "", "before", ""),
            ("select_one yes_no", "seen", "Were they seen?", "yes", "", "", "", "Were you seen?"),
            ("begin group", "inner", "", "", "${seen} = 'yes'", "", "", ""),
            ("select all that apply from days", "days", "Which days?", "", "${seen} != ''", "TRUE", "", ""),
            ("end group", "", "", "", "", "", "", ""),
            ("text", "more", "More", "no", "", "", "", ""),
            ("end_group", "", "", "", "", "", "", ""),
            ("integer", "alone", "Alone", "", "", "", "", ""),
        ],
        [
            ("list name", "name", "label"),
            ("yes_no", "yes", "Yes"),
            ("yes_no", "no", "No"),
            ("days", "1", "Monday"),
        ],
        [("form_id", "form_title", "version"), ("visit", "A visit", "7")],
    )
    assert (found.id, found.title, found.label) == ("visit", "A visit", "7")
    assert [(group.id, group.label, group.place) for group in found.groups] == [
        ("visit", "Visit", "before"),
        ("inner", "Visit", "before"),
        ("main", "A visit", ""),
    ]
    assert [question.id for question in found.in_group("visit")] == ["seen", "more"]
    days = found.question("days")
    assert (days.kind, days.sensitive, days.row) == (Kind.SELECT_MULTIPLE, True, 5)
    assert [choice.label for choice in days.choices] == ["Monday"]
    assert found.question("seen").say == "Were you seen?"
    assert found.question("seen").required is not None
    assert found.question("more").required is None
    assert found.ref().version == found.version


def test_choices_from_a_code_list_and_or_other(make_set: Callable[..., QuestionSet]) -> None:
    found = make_set(
        [
            HEAD,
            ("select_one_from_file channels.csv", "how", "How?"),
            ("select_one a or_other", "why", "Why?"),
        ],
        [("list_name", "name", "label"), ("a", "x", "X")],
    )
    assert found.question("how").choice("phone").label == "Phone"
    assert [choice.code for choice in found.question("why").choices] == ["x", "other"]
    assert found.question("why_other").kind is Kind.TEXT


def test_values_from_outside_the_set_may_be_read(make_set: Callable[..., QuestionSet]) -> None:
    found = make_set(
        [(*HEAD, "relevant"), ("hidden", "channel", "", ""), ("text", "a", "A", "${channel} = 'phone'")]
    )
    assert found.outside == ("channel",)


ONE_ROW: Sequence[tuple[Sequence[str], Sequence[str], int, str, str]] = [
    (("type", "name", "label"), ("geopoint", "a", "A"), 2, "type", "type_unsupported"),
    (("type", "name", "label"), ("begin_repeat", "a", "A"), 2, "type", "repeat_unsupported"),
    (("type", "name", "label"), ("text", "", "A"), 2, "name", "name_missing"),
    (("type", "name", "label"), ("text", "1 a", "A"), 2, "name", "name_wrong"),
    (("type", "name", "label"), ("text", "a", ""), 2, "label", "label_missing"),
    (("type", "name", "label"), ("", "a", "A"), 2, "type", "type_missing"),
    (("type", "name", "label"), ("select_one missing", "a", "A"), 2, "type", "list_missing"),
    (("type", "name", "label"), ("select_one_from_file no.csv", "a", "A"), 0, "", "code_list_missing"),
    (("type", "name", "label"), ("begin_group", "a", "A"), 2, "type", "group_not_ended"),
    (("type", "name", "label"), ("end_group", "", ""), 2, "type", "group_not_begun"),
    (("type", "name", "label", "relevant"), ("text", "a", "A", "${b} = 1"), 2, "relevant", "name_unknown"),
    (("type", "name", "label", "relevant"), ("text", "a", "A", "b = 1"), 2, "relevant", "column_unknown"),
    (("type", "name", "label", "relevant"), ("text", "a", "A", ". = 1"), 2, "relevant", "own_value"),
    (("type", "name", "label", "relevant"), ("text", "a", "A", "${a} = 1"), 2, "relevant", "cycle"),
    (
        ("type", "name", "label", "constraint"),
        ("text", "a", "A", ". >"),
        2,
        "constraint",
        "expression_unfinished",
    ),
    (
        ("type", "name", "label", "calculation"),
        ("calculate", "a", "", ""),
        2,
        "calculation",
        "calculation_missing",
    ),
    (("type", "name", "label", "default"), ("date", "a", "A", "today()"), 2, "default", "default_dynamic"),
    (("type", "name", "label", "x_place"), ("begin_group", "a", "A", "side"), 2, "x_place", "place_wrong"),
    (("type", "name", "label", "x_kind"), ("integer", "a", "A", "topics"), 2, "x_kind", "type_unsupported"),
    (("type", "name", "label", "trigger"), ("text", "a", "A", "${b}"), 2, "trigger", "column_unsupported"),
    (("type", "label"), ("text", "A"), 1, "name", "column_missing"),
    (("type", "name", "label", "label"), ("text", "a", "A", "B"), 1, "label", "column_twice"),
]


@pytest.mark.parametrize(("head", "row", "number", "column", "reason"), ONE_ROW)
def test_a_wrong_row_is_refused_with_its_place(
    head: Sequence[str],
    row: Sequence[str],
    number: int,
    column: str,
    reason: str,
    write_set: Callable[..., Path],
    library: Library,
) -> None:
    found = refusals(write_set([head, row]), library)
    assert (number, column, reason) in [(one.row, one.column, one.reason) for one in found]
    for one in found:
        assert one.words()
        assert "{" not in one.words().replace("${name}", "")


def test_every_reason_is_given_at_once(write_set: Callable[..., Path], library: Library) -> None:
    folder = write_set([HEAD, ("geopoint", "a", "A"), ("text", "b", ""), ("text", "b", "B")])
    found = refusals(folder, library)
    assert [one.row for one in found] == [2, 3, 4]
    assert found[2].words() == "survey, row 4, name: The name “b” is used twice."


def test_questions_that_wait_for_one_another_are_named(
    write_set: Callable[..., Path], library: Library
) -> None:
    head = (*HEAD, "relevant", "calculation")
    folder = write_set(
        [
            head,
            ("text", "a", "A", "${b} = 1", ""),
            ("calculate", "b", "", "", "${c} + 1"),
            ("text", "c", "C", "${a} = 2", ""),
        ]
    )
    (one,) = refusals(folder, library)
    assert one.reason == "cycle"
    assert set(one.value.split(", ")) == {"a", "b", "c"}


def test_choices_that_cannot_be_told_apart_are_refused(
    write_set: Callable[..., Path], library: Library
) -> None:
    folder = write_set(
        [HEAD, ("select_one l", "a", "A")],
        [
            ("list_name", "name", "label"),
            ("l", "x", "X"),
            ("l", "x", "Y"),
            ("l", "two words", "Z"),
            ("l", "", "W"),
        ],
    )
    assert [one.reason for one in refusals(folder, library)] == ["code_twice", "code_wrong", "code_missing"]


def test_files_that_are_no_sheets(tmp_path: Path, library: Library) -> None:
    def reason(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        (one,) = refusals(path, library)
        return one.reason

    assert reason("old.xls", b"\xd0\xcf\x11\xe0") == "file_old_excel"
    assert reason("letter.docx", b"PK") == "file_kind"
    assert reason("cut.xlsx", b"PK\x03\x04 cut off") == "file_unreadable"
    assert reason("empty.xlsx", b"") == "file_unreadable"
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusals(tmp_path / "zip.xlsx", library)[0].reason == "file_unreadable"
    assert refusals(tmp_path / "missing.xlsx", library)[0].reason == "file_missing"
    (tmp_path / "bare").mkdir()
    assert refusals(tmp_path / "bare", library)[0].reason == "sheet_missing"
    (tmp_path / "bare" / "survey.csv").write_bytes("type,name,label\ntext,a,Zoë".encode("cp1252"))
    assert refusals(tmp_path / "bare", library)[0].reason == "file_encoding"


def test_a_byte_order_mark_blank_lines_and_comments_do_no_harm(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "visit"
    folder.mkdir()
    text = "\ufefftype,name,label\r\n\r\ntext,a,Zoë\r\n,,a remark\r\n"
    (folder / "survey.csv").write_bytes(text.encode())
    found = load(folder, library.code_list)
    assert [(question.id, question.label, question.row) for question in found.questions] == [("a", "Zoë", 3)]
