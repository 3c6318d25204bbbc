"""Conditions come out as XLSForm's do, blanks are never an error, the unknown is refused by a reason."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake_app.forms.conditions import ConditionRefused, parse

TODAY = date(2026, 3, 9)
VALUES = {"age": 30, "ward": "7B", "needs": ["bsl", "letter"], "when": "2026-03", "agreed": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 mod 3", 1),
        ("-7 mod 3", -1),
        ("7 div 2", 3.5),
        ("1 div 0", None),
        ("10 - 2 - 3", 5),
        ("--4", 4),
        ("${age} + ${absent}", None),
        ("if(${age} > 18, 'adult', 'child')", "adult"),
        ("coalesce(${absent}, ${ward})", "7B"),
        ("coalesce('', 0)", 0),
        ("string-length(${ward})", 2),
        ("count-selected(${needs})", 2),
        ("count-selected(${absent})", 0),
        ("selected-at(${needs}, 1)", "letter"),
        ("selected-at(${needs}, 9)", ""),
        ("concat(${ward}, ' ', ${age})", "7B 30"),
        ("normalize-space('  a   b ')", "a b"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("number('4.50')", 4.5),
        ("number('four')", None),
        ("round(2.5)", 3),
        ("round(3.14159, 2)", 3.14),
        ("int(-3.9)", -3),
        ("min(3, ${absent}, 2)", 2),
        ("max()", None),
        ("today()", "2026-03-09"),
    ],
)
def test_calculations(text: str, expected: Any) -> None:
    if text == "max()":
        with pytest.raises(ConditionRefused):
            parse(text)
        return
    assert parse(text).evaluate(VALUES, today=TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "${age} = 30",
        "${age} = '30'",
        "${ward} = '7B' and ${age} >= 30",
        "${ward} = 'x' or ${age} != 31",
        "not(${absent})",
        "${absent} = ''",
        "${absent} != 'x'",
        "not(${absent} > 0) and not(${absent} < 0) and not(${absent} = 0)",
        "selected(${needs}, 'bsl')",
        "selected('bsl letter', 'letter')",
        "not(selected(${needs}, 'bs'))",
        "${when} <= today()",
        "not(${when} > today())",
        "regex(${ward}, '[0-9][A-Z]')",
        "not(regex(${ward}, '[0-9]'))",
        "regex('x.y@z.uk', '^[\\w-\\.]+@([\\w-]+\\.)+[\\w-]{2,}$')",
        "contains(${ward}, '7') and starts-with(${ward}, '7') and ends-with(${ward}, 'B')",
        "true() and not(false())",
        "${ agreed } = true()",
        "1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3",
        "‘7B’ = ${ward}",
    ],
)
def test_conditions_that_hold(text: str) -> None:
    assert parse(text).holds(VALUES, today=TODAY)


def test_a_full_stop_is_the_answer_itself() -> None:
    constraint = parse(". >= 0 and . <= 120")
    assert constraint.reads_own
    assert constraint.holds({}, own=30)
    assert not constraint.holds({}, own=121)
    assert not constraint.holds({}, own=None)


def test_a_choice_filter_reads_the_columns_of_its_choices() -> None:
    expression = parse("county = ${county}")
    assert expression.columns == {"county"}
    assert expression.holds({"county": "kent"}, row={"county": "kent"})
    assert not expression.holds({"county": "kent"}, row={"county": "essex"})


def test_what_an_expression_needs_is_known() -> None:
    expression = parse("if(${a} = 1, ${b}, today())")
    assert expression.names == {"a", "b"}
    assert expression.reads_today
    assert parse("${a}").reads_today is False


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expression_empty"),
        ("   ", "expression_empty"),
        ("${a} and", "expression_unfinished"),
        ("(${a}", "expression_unfinished"),
        ("${a} ${b}", "expression_unexpected"),
        ("and ${a}", "expression_unexpected"),
        ("${a} = @", "expression_character"),
        ("../a = 1", "expression_character"),
        ("/data/a = 1", "expression_character"),
        ("pulldata('f', 'a', 'b', ${c})", "function_unknown"),
        ("once(random())", "function_unknown"),
        ("jr:choice-name(${a}, '${a}')", "function_unknown"),
        ("selected(${a})", "function_arguments"),
        ("if(1, 2)", "function_arguments"),
        ("regex(${a}, '[')", "pattern_wrong"),
        ("regex(${a}, ${b})", "pattern_not_literal"),
        ("regex(${a}, '(a+)+')", "pattern_too_heavy"),
        ("(" * 60 + "1" + ")" * 60, "expression_too_deep"),
        ("1 + " * 2000 + "1", "expression_too_long"),
        ("'open", "expression_character"),
    ],
)
def test_what_is_not_supported_is_refused_by_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ConditionRefused) as refused:
        parse(text)
    assert refused.value.reason == reason


PIECES = st.sampled_from(
    [
        "${a}",
        "${b}",
        ".",
        "'x'",
        "''",
        "3",
        "2.5",
        "and",
        "or",
        "not(",
        "(",
        ")",
        ",",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        "+",
        "-",
        "*",
        "div",
        "mod",
        "selected(",
        "if(",
        "coalesce(",
        "number(",
        "today()",
        "count-selected(",
        "string-length(",
        "round(",
        "name",
        "regex(",
        "substr(",
        "selected-at(",
    ]
)
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=4),
    st.lists(st.dictionaries(st.sampled_from(["code", "id", "name"]), st.text(max_size=5)), max_size=2),
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join)), ANY_VALUE, ANY_VALUE)
@example("number(${a})", 10**400, None)
@example("${a} * ${a} + -${b}", 1e308, -1e308)
@example("round(${a}, ${b})", 1e308, 1e308)
@example("substr(${a}, ${b}, ${b})", "x", 1e300)
@example("selected-at(${a}, ${b})", ["x"], -0.5)
def test_anything_typed_is_either_refused_or_worked_out(text: str, a: Any, b: Any) -> None:
    try:
        expression = parse(text)
    except ConditionRefused:
        return
    values = {"a": a, "b": b}
    found = expression.evaluate(values, own=a, row={"name": "x"}, today=TODAY)
    assert found is None or isinstance(found, str | int | float | bool | list)
    assert expression.holds(values, own=a, today=TODAY) in (True, False)


@given(ANY_VALUE)
def test_not_is_always_the_opposite(value: Any) -> None:
    for text in ("${a}", "${a} = 'x'", "${a} > 1", "selected(${a}, 'x')"):
        assert parse(text).holds({"a": value}) is not parse(f"not({text})").holds({"a": value})


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(1, 50))
def test_sums_come_out_as_python_has_them(a: int, b: int, c: int) -> None:
    values = {"a": a, "b": b, "c": c}
    assert parse("${a} + ${b} * ${c} - (${a} - ${c})").evaluate(values) == a + b * c - (a - c)
    assert parse("${a} < ${b}").holds(values) is (a < b)
    assert parse("${a} <= ${b} or ${a} > ${b}").holds(values)
