"""Joining versions loses nothing, asks about what is in dispute, and does not care who stands first."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.merging.differences import Merged, Why
from intake_app.merging.slots import (
    CLOSING,
    DANGER,
    ITEMS,
    MISSING,
    NARRATIVES,
    SESSIONS,
    NotByPlaces,
    compound,
    join,
    order_of,
    split,
)
from intake_app.merging.statements import differs
from intake_app.merging.three_way import merge

Body = dict[str, Any]

answers = st.one_of(
    st.sampled_from([{"state": "not_asked"}, {"state": "declined"}, {"value": "yes"}, {"value": "no"}]),
    st.builds(lambda word: {"value": word, "label": word}, st.sampled_from(["one", "two"])),
    st.builds(lambda codes: {"value": codes}, st.lists(st.sampled_from("abc"), min_size=1, unique=True)),
    st.builds(lambda word: {"value": "yes", "newer": word}, st.sampled_from(["x", "y"])),
)
sheets = st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), answers)
items = st.dictionaries(
    st.sampled_from(["i1", "i2", "i3"]),
    st.builds(
        lambda found, cited: {"answers": found} | ({"narratives": cited} if cited else {}),
        sheets,
        st.lists(st.sampled_from(["n1", "n2"]), unique=True),
    ),
    min_size=1,
)
stories = st.dictionaries(
    st.sampled_from(["n1", "n2"]),
    st.builds(
        lambda text, kind: {"text": text, "kind": kind},
        st.sampled_from(["As told", "As told, and more", "Otherwise"]),
        st.sampled_from(["verbatim", "summary"]),
    ),
)
helpers = st.dictionaries(
    st.sampled_from(["s1", "s2"]),
    st.builds(lambda found: {"answers": found, "support": "interpreter"}, sheets),
)
dangers = st.none() | st.builds(
    lambda found, closed: {"marked": "1", "answers": found} | ({"closed": closed} if closed else {}),
    sheets,
    st.sampled_from(["", "2", "3"]),
)
facts = st.fixed_dictionaries(
    {"id": st.just("r")},
    optional={
        "state": st.just("withdrawn"),
        "identity": st.sampled_from(["anonymous", "named"]),
        "person": st.sampled_from(["p1", "p2"]),
        "newer": st.sampled_from([1, {"deep": [2]}]),
        "edited": st.sampled_from(["2026-03-02", "2026-03-03"]),
        "edited_by": st.sampled_from(["amina", "sam"]),
    },
)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    body = dict(draw(facts))
    body["frame"] = {"answers": draw(sheets)}
    body["items"] = [{"id": one, **rest} for one, rest in draw(items).items()]
    body["narratives"] = [{"id": one, **rest} for one, rest in draw(stories).items()]
    body["sessions"] = [{"id": one, **rest} for one, rest in draw(helpers).items()]
    danger = draw(dangers)
    return body | ({DANGER: danger} if danger else {})


def plain(body: Body) -> dict[tuple[str, ...], Any]:
    """What a body says, place by place; who edited it last is not what anybody said."""
    book = {("edited",), ("edited_by",)}
    return {path: one for path, one in split(body).items() if path not in book}


def asked_about(merged: Merged, path: tuple[str, ...]) -> bool:
    closing = any(one.path == CLOSING for one in merged.differences) and path[0] == DANGER
    return closing or any(path[: len(one.path)] == one.path for one in merged.differences)


@settings(max_examples=60, deadline=None)
@given(bodies(), bodies(), bodies())
def test_who_stands_first_makes_no_difference(base: Body, mine: Body, theirs: Body) -> None:
    one, other = merge(base, [mine, theirs]), merge(base, [theirs, mine])
    assert one.body == other.body
    assert repr(one.body) == repr(other.body), "the same text on every computer"
    assert [(two.path, two.why, two.before) for two in one.differences] == [
        (two.path, two.why, two.before) for two in other.differences
    ]
    assert [two.sides for two in one.differences] == [two.sides[::-1] for two in other.differences]


@settings(max_examples=60, deadline=None)
@given(bodies(), bodies())
def test_what_only_one_side_changed_is_what_comes_of_it(base: Body, mine: Body) -> None:
    merged = merge(base, [mine, base])
    assert merged.differences == () or {one.why for one in merged.differences} <= {Why.REMOVED}
    if not merged.differences:
        told = {path: one for path, one in plain(merged.body).items() if differs(path, one, MISSING)}
        assert told == {path: one for path, one in plain(mine).items() if differs(path, one, MISSING)}


@settings(max_examples=60, deadline=None)
@given(bodies() | st.none(), bodies())
def test_the_same_change_on_both_sides_is_no_difference(base: Body | None, mine: Body) -> None:
    merged = merge(base, [mine, mine])
    assert merged.differences == ()
    for path, value in plain(mine).items():
        assert not differs(path, split(merged.body).get(path, MISSING), value)


@settings(max_examples=60, deadline=None)
@given(bodies() | st.none(), st.lists(bodies(), min_size=1, max_size=3))
def test_nothing_that_anybody_wrote_is_lost(base: Body | None, sides: list[Body]) -> None:
    merged = merge(base, sides)
    before, found = split(base or {}), split(merged.body)
    for side in sides:
        for path, value in plain(side).items():
            if not differs(path, value, before.get(path, MISSING)) or asked_about(merged, path):
                continue
            if path[-1] == "narratives" and path[0] == ITEMS:
                assert set(value) - set(before.get(path, ())) <= set(found.get(path, ()))
            elif path == ("identity",):
                assert found.get(path) in ("anonymous", value, None)
            elif path == (DANGER, "marked"):
                assert found[path] <= value
            elif compound(path) in _gone(base, sides):
                raise AssertionError("a part that somebody changed was taken away")
            elif len(path) > 2 and path[-2] == "answers":
                # The same answer put in two ways is one answer with all that was noted of it.
                assert value.items() <= found[path].items() or not differs(path, found[path], value), path
            else:
                assert not differs(path, found.get(path, MISSING), value), path


def _gone(base: Body | None, sides: list[Body]) -> set[tuple[str, ...]]:
    parts = {compound(path) for path in split(base or {}) if compound(path)}
    return {part for part in parts if any(part not in {compound(path) for path in split(s)} for s in sides)}


@settings(max_examples=60, deadline=None)
@given(bodies(), bodies(), bodies())
def test_joining_what_was_joined_changes_nothing(base: Body, mine: Body, theirs: Body) -> None:
    merged = merge(base, [mine, theirs])
    if merged.differences:
        return
    for again in ([merged.body], [merged.body, merged.body], [base, merged.body]):
        once_more = merge(base, again)
        assert {one.why for one in once_more.differences} <= {Why.REMOVED}
        if not once_more.differences:
            assert plain(once_more.body) == plain(merged.body)


@settings(max_examples=60, deadline=None)
@given(bodies())
def test_a_body_is_the_sum_of_its_places(body: Body) -> None:
    assert plain(join(split(body), order_of(body))) == plain(body)


BASE: Body = {
    "id": "r",
    "frame": {"answers": {"channel": {"value": "phone"}}},
    "items": [{"id": "i1", "answers": {"when": {"value": "2026-03"}}, "narratives": ["n1"]}],
    "narratives": [{"id": "n1", "text": "As told"}],
}


def changed(**parts: Any) -> Body:
    return {**BASE, **parts}


def with_answers(**found: Any) -> Body:
    item = dict(BASE["items"][0])
    return changed(items=[item | {"answers": {**item["answers"], **found}}])


def test_different_answers_are_joined() -> None:
    mine, theirs = (
        with_answers(kind={"value": "a"}),
        changed(frame={"answers": {"channel": {"value": "email"}}}),
    )
    merged = merge(BASE, [mine, theirs])
    assert merged.differences == ()
    assert merged.body["items"][0]["answers"]["kind"] == {"value": "a"}
    assert merged.body["frame"]["answers"]["channel"] == {"value": "email"}


def test_the_same_answer_changed_to_different_ones_is_asked_with_what_was_there_before() -> None:
    mine, theirs = with_answers(when={"value": "2026-01"}), with_answers(when={"value": "2026-02"})
    (asked,) = merge(BASE, [mine, theirs]).differences
    assert asked.why is Why.ANSWER
    assert asked.before == {"value": "2026-03"}
    assert asked.sides == ({"value": "2026-01"}, {"value": "2026-02"})


def test_a_story_changed_on_both_sides_is_never_mixed() -> None:
    mine = changed(narratives=[{"id": "n1", "text": "As told, at the start"}])
    theirs = changed(narratives=[{"id": "n1", "text": "As told. At the end"}])
    (asked,) = merge(BASE, [mine, theirs]).differences
    assert asked.why is Why.NARRATIVE
    assert asked.may_keep_both
    assert asked.may_combine


def test_a_translation_of_a_story_that_the_other_side_changed_is_asked_too() -> None:
    mine = changed(narratives=[{"id": "n1", "text": "Otherwise"}])
    translation = {"id": "n2", "text": "Jak powiedziano", "kind": "translation", "derived_from": "n1"}
    theirs = changed(narratives=[*BASE["narratives"], translation])
    assert {one.path for one in merge(BASE, [mine, theirs]).differences} == {
        (NARRATIVES, "n1"),
        (NARRATIVES, "n2"),
    }
    summary = {"id": "n3", "text": "In short", "kind": "summary"}
    kept = merge(BASE, [mine, changed(narratives=[*BASE["narratives"], summary])])
    assert kept.differences == ()
    assert [one["id"] for one in kept.body["narratives"]] == ["n1", "n3"]


def test_items_added_on_both_sides_are_both_kept() -> None:
    mine = changed(items=[*BASE["items"], {"id": "i2", "kind": "enquiry"}])
    theirs = changed(items=[*BASE["items"], {"id": "i3"}])
    merged = merge(BASE, [mine, theirs])
    assert [one["id"] for one in merged.body["items"]] == ["i1", "i2", "i3"]
    assert merged.differences == ()


def test_an_item_removed_here_and_changed_there_is_asked() -> None:
    two = changed(items=[*BASE["items"], {"id": "i2", "answers": {"when": {"value": "2025"}}}])
    theirs = changed(items=[*BASE["items"], {"id": "i2", "answers": {"when": {"value": "2024"}}}])
    (asked,) = merge(two, [BASE, theirs]).differences
    assert (asked.why, asked.path) == (Why.REMOVED, (ITEMS, "i2"))
    assert asked.sides[0] is MISSING
    assert merge(two, [BASE, two]).body["items"] == BASE["items"]


def test_a_record_never_loses_its_last_item_by_itself() -> None:
    two = changed(items=[{"id": "i1"}, {"id": "i2"}])
    merged = merge(two, [changed(items=[{"id": "i1"}]), changed(items=[{"id": "i2"}])])
    assert {one.path for one in merged.differences} == {(ITEMS, "i1"), (ITEMS, "i2")}
    assert [one["id"] for one in merged.body["items"]] == ["i1", "i2"]


def test_not_asked_says_nothing_against_an_answer() -> None:
    mine = with_answers(kind={"state": "not_asked"})
    theirs = with_answers(kind={"value": "a"})
    merged = merge(BASE, [mine, theirs])
    assert merged.differences == ()
    assert merged.body["items"][0]["answers"]["kind"] == {"value": "a"}


def test_withdrawn_here_and_changed_there_is_asked() -> None:
    mine, theirs = changed(state="withdrawn"), with_answers(when={"value": "2026-01"})
    (asked,) = merge(BASE, [mine, theirs]).differences
    assert (asked.why, asked.path) == (Why.STATE, ("state",))
    assert merge(BASE, [mine, BASE]).body["state"] == "withdrawn"


def test_a_danger_card_closed_here_and_written_in_there_is_asked_and_stays_open_until_then() -> None:
    base = changed(danger={"marked": "1", "answers": {"who": {"value": "child"}}})
    mine = base | {"danger": base["danger"] | {"closed": "2", "closed_by": "sam"}}
    theirs = base | {"danger": base["danger"] | {"answers": {"who": {"value": "two children"}}}}
    merged = merge(base, [mine, theirs])
    (asked,) = merged.differences
    assert asked.path == CLOSING
    assert asked.sides == ({"closed": "2", "closed_by": "sam"}, MISSING)
    assert merged.body["danger"] == {"marked": "1", "answers": {"who": {"value": "two children"}}}


def test_of_three_versions_each_is_told() -> None:
    sides = [with_answers(when={"value": year}) for year in ("2023", "2024", "2025")]
    (asked,) = merge(BASE, sides).differences
    assert [one["value"] for one in asked.sides] == ["2023", "2024", "2025"]


def test_unknown_fields_survive_and_are_asked_where_they_differ() -> None:
    mine, theirs = changed(newer={"a": 1}), with_answers(when={"value": "2026-03", "heard": "twice"})
    merged = merge(BASE, [mine, theirs])
    assert merged.body["newer"] == {"a": 1}
    assert merged.body["items"][0]["answers"]["when"]["heard"] == "twice"
    (asked,) = merge(BASE, [mine, changed(newer={"a": 2})]).differences
    assert asked.why is Why.UNKNOWN


def test_the_more_protective_identity_wins_by_itself() -> None:
    sides = [changed(identity="named"), changed(identity="anonymous")]
    merged = merge(BASE, sides)
    assert merged.differences == ()
    assert merged.body["identity"] == "anonymous"


def test_two_parts_of_one_id_are_not_compared() -> None:
    with pytest.raises(NotByPlaces):
        merge(BASE, [changed(items=[{"id": "i1"}, {"id": "i1"}])])
    with pytest.raises(ValueError, match="no versions"):
        merge(BASE, [])


def spoken(turn: str, words: str = "HELLO") -> Body:
    return {"id": turn, "by": "person", "words": words}


def with_turns(*turns: Body) -> Body:
    return {"id": "r", "items": [{"id": "i1", "answers": {}}], "turns": list(turns)}


def test_turns_of_both_sides_are_kept_in_the_order_of_their_ids() -> None:
    base = with_turns(spoken("1"))
    one, other = with_turns(spoken("1"), spoken("3")), with_turns(spoken("1"), spoken("2"))
    merged = merge(base, [one, other])
    assert merged.differences == ()
    assert [turn["id"] for turn in merged.body["turns"]] == ["1", "2", "3"]


def test_a_turn_that_one_side_lacks_is_never_taken_away() -> None:
    base = with_turns(spoken("1"), spoken("2"))
    merged = merge(base, [with_turns(spoken("1")), with_turns(spoken("1"), spoken("2"), spoken("3"))])
    assert [turn["id"] for turn in merged.body["turns"]] == ["1", "2", "3"]


def test_two_readings_of_one_turn_are_for_a_person_to_decide() -> None:
    base = with_turns(spoken("1"))
    merged = merge(base, [with_turns(spoken("1", "OTHER")), base])
    assert merged.body["turns"] == [spoken("1", "OTHER")]
    both = merge(base, [with_turns(spoken("1", "A")), with_turns(spoken("1", "B"))])
    assert [one.path for one in both.differences] == [("turns",)]


def test_two_helpers_added_on_two_computers_are_both_there() -> None:
    base: Body = {"id": "r", "items": [{"id": "i1"}]}
    mine = base | {
        "sessions": [{"id": "s2", "support": "interpreter", "answers": {"mode": {"value": "phone"}}}]
    }
    theirs = base | {"sessions": [{"id": "s1", "support": "bsl_video"}]}
    merged = merge(base, [mine, theirs])
    assert merged.differences == ()
    assert [one["id"] for one in merged.body["sessions"]] == ["s1", "s2"]
    assert merged.body["sessions"][1]["answers"] == {"mode": {"value": "phone"}}


def test_a_helper_taken_away_here_and_answered_about_there_goes_to_a_person() -> None:
    session = {"id": "s1", "support": "interpreter", "answers": {"mode": {"value": "phone"}}}
    base: Body = {"id": "r", "items": [{"id": "i1"}], "sessions": [session]}
    mine = {"id": "r", "items": [{"id": "i1"}]}
    theirs = base | {"sessions": [session | {"answers": {"mode": {"value": "video"}}}]}
    (asked,) = merge(base, [mine, theirs]).differences
    assert (asked.why, asked.path) == (Why.REMOVED, (SESSIONS, "s1"))
    assert asked.sides[1] == theirs["sessions"][0]


def test_files_that_two_sides_attach_are_both_kept_and_one_that_was_taken_away_goes() -> None:
    one, two, three = ({"id": one, "name": f"{one}.pdf", "sha256": one * 64, "size": 1} for one in "abc")
    base = {"id": "r", "attachments": [one]}
    merged = merge(base, [base | {"attachments": [one, two]}, base | {"attachments": [three]}])
    assert merged.differences == ()
    assert merged.body["attachments"] == [two, three]


def test_a_file_that_two_sides_name_otherwise_is_for_a_person() -> None:
    file = {"id": "a", "name": "scan.pdf", "sha256": "a" * 64, "size": 1}
    base = {"id": "r", "attachments": [file]}
    sides = [base | {"attachments": [file | {"name": name}]} for name in ("mine.pdf", "theirs.pdf")]
    (asked,) = merge(base, sides).differences
    assert (asked.path, asked.why) == (("attachments", "a"), Why.FACT)
    assert [one["name"] for one in asked.sides] == ["mine.pdf", "theirs.pdf"]


def answering(passages: list[dict[str, int]]) -> dict[str, Any]:
    answer = {"value": "An apology", "source": "narrative", "taken_from": passages}
    return {"id": "r", "items": [{"id": "i1", "answers": {"wanted": answer}}]}


def test_one_answer_from_two_places_of_an_email_is_no_dispute() -> None:
    base: dict[str, Any] = {"id": "r", "items": [{"id": "i1", "answers": {}}]}
    merged = merge(base, [answering([{"start": 1, "end": 9}]), answering([{"start": 20, "end": 29}])])
    assert merged.differences == ()
    assert merged.body["items"][0]["answers"]["wanted"]["taken_from"] in (
        [{"start": 1, "end": 9}],
        [{"start": 20, "end": 29}],
    )


def test_two_replies_are_both_kept_and_one_reply_told_twice_differently_is_asked() -> None:
    base: dict[str, Any] = {"id": "r", "items": [{"id": "i1", "answers": {}}]}
    one, two = {"id": "1", "template": "received"}, {"id": "2", "template": "change"}
    merged = merge(base, [{**base, "replies": [one]}, {**base, "replies": [two]}])
    assert merged.differences == ()
    assert merged.body["replies"] == [one, two]
    both = merge(base, [{**base, "replies": [one]}, {**base, "replies": [{**one, "way": "file"}]}])
    assert [one.path for one in both.differences] == [("replies", "1")]
