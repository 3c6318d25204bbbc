"""Conditions and calculations of a question set: a documented subset of XLSForm's expressions."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake_app.errors import IntakeError
from intake_app.forms.functions import (
    FUNCTIONS,
    Scope,
    as_bool,
    as_number,
    as_text,
    equal,
    ordered,
    pattern_of,
)

LONGEST_SOURCE = 4_000
DEEPEST_NESTING = 40

Run = Callable[[Scope], Any]

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<name>\$\{\s*[^\s{}]+\s*\})
  | (?P<number>\d+(?:\.\d+)?|\.\d+)
  | (?P<string>"[^"]*"|'[^']*'|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])
  | (?P<word>[A-Za-z_][\w:]*(?:-[A-Za-z_][\w]*)*)
  | (?P<sign>!=|<=|>=|[=<>+\-*(),.])
    )""",
    re.VERBOSE | re.ASCII,
)
_REPEATED_GROUP = re.compile(r"\((?:\?:)?((?:\\.|[^()\\])*)\)[+*{]")
_REPEATED_PIECE = re.compile(r"(?:\[(?:\\.|[^\]])*\]|\\.|[^\\])(?:[+*?]|\{[\d,]*\})")


class ConditionRefused(IntakeError):
    """An expression is outside the subset. Details: ``reason`` (a code of ``forms.refusals``), ``value``."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason=reason, value=value)
        self.reason = reason
        self.value = value


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed condition or calculation.

    ``names`` are the questions it reads, ``columns`` the choice columns that a choice filter reads;
    ``reads_today`` says that it needs a date. Two expressions are equal when their text is.
    """

    source: str
    names: frozenset[str] = field(compare=False)
    columns: frozenset[str] = field(compare=False)
    reads_own: bool = field(compare=False)
    reads_today: bool = field(compare=False)
    run: Run = field(compare=False, repr=False)

    def evaluate(
        self,
        values: Mapping[str, Any],
        own: Any = None,
        row: Mapping[str, str] | None = None,
        today: date | None = None,
    ) -> Any:
        """The value: text, number, bool, or None for blank. Missing names are blank; nothing is raised.

        ``own`` is what ``.`` means in a constraint, ``row`` the choice's columns in a choice filter.
        """
        found = self.run(Scope(values, own, row or {}, today))
        if isinstance(found, float):
            if not math.isfinite(found):
                return None
            return int(found) if found.is_integer() else found
        return found

    def holds(
        self,
        values: Mapping[str, Any],
        own: Any = None,
        row: Mapping[str, str] | None = None,
        today: date | None = None,
    ) -> bool:
        """The value as yes or no; blank is no."""
        return as_bool(self.run(Scope(values, own, row or {}, today)))


def parse(text: str) -> Expression:
    """Reads an expression. Raises ConditionRefused with a reason code; never anything else."""
    if len(text) > LONGEST_SOURCE:
        raise ConditionRefused("expression_too_long", str(LONGEST_SOURCE))
    parser = _Parser(_tokens(text))
    run = parser.whole()
    return Expression(
        source=text.strip(),
        names=frozenset(parser.names),
        columns=frozenset(parser.columns),
        reads_own=parser.reads_own,
        reads_today=parser.reads_today,
        run=run,
    )


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionRefused("expression_character", text[at:].strip()[:20])
        kind = str(match.lastgroup)
        found.append((kind, match.group(kind)))
        at = match.end()
    return found


class _Parser:
    """Recursive descent; each level returns a closure, so that an evaluation is a few calls."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.names: set[str] = set()
        self.columns: set[str] = set()
        self.reads_own = False
        self.reads_today = False

    def whole(self) -> Run:
        if not self.tokens:
            raise ConditionRefused("expression_empty")
        run = self.either()
        if self.at < len(self.tokens):
            raise ConditionRefused("expression_unexpected", self.tokens[self.at][1])
        return run

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, text: str) -> bool:
        kind, found = self.peek()
        if kind in ("sign", "word") and found == text:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take(text):
            kind, found = self.peek()
            if kind == "end":
                raise ConditionRefused("expression_unfinished", text)
            raise ConditionRefused("expression_unexpected", found)

    def either(self) -> Run:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise ConditionRefused("expression_too_deep", str(DEEPEST_NESTING))
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        self.depth -= 1
        if len(parts) == 1:
            return parts[0]
        return lambda scope: any(as_bool(part(scope)) for part in parts)

    def both(self) -> Run:
        parts = [self.equality()]
        while self.take("and"):
            parts.append(self.equality())
        if len(parts) == 1:
            return parts[0]
        return lambda scope: all(as_bool(part(scope)) for part in parts)

    def equality(self) -> Run:
        left = self.comparison()
        while True:
            if self.take("="):
                left = _equal(left, self.comparison(), wanted=True)
            elif self.take("!="):
                left = _equal(left, self.comparison(), wanted=False)
            else:
                return left

    def comparison(self) -> Run:
        left = self.sum()
        while (sign := self.peek()[1]) in ("<", "<=", ">", ">=") and self.peek()[0] == "sign":
            self.at += 1
            left = _ordered(sign, left, self.sum())
        return left

    def sum(self) -> Run:
        left = self.product()
        while True:
            if self.take("+"):
                left = _arithmetic(lambda a, b: a + b, left, self.product())
            elif self.take("-"):
                left = _arithmetic(lambda a, b: a - b, left, self.product())
            else:
                return left

    def product(self) -> Run:
        left = self.unary()
        while True:
            if self.take("*"):
                left = _arithmetic(lambda a, b: a * b, left, self.unary())
            elif self.take("div"):
                left = _arithmetic(lambda a, b: a / b if b else math.nan, left, self.unary())
            elif self.take("mod"):
                left = _arithmetic(_remainder, left, self.unary())
            else:
                return left

    def unary(self) -> Run:
        minuses = 0
        while self.take("-"):
            minuses += 1
        run = self.primary()
        if not minuses:
            return run
        sign = -1 if minuses % 2 else 1
        return lambda scope: sign * as_number(run(scope))

    def primary(self) -> Run:
        kind, text = self.peek()
        self.at += 1
        if kind == "name":
            name = text[2:-1].strip()
            self.names.add(name)
            return lambda scope: scope.values.get(name)
        if kind == "number":
            number = float(text)
            return lambda scope: number
        if kind == "string":
            words = text[1:-1]
            return lambda scope: words
        if kind == "sign" and text == "(":
            inner = self.either()
            self.expect(")")
            return inner
        if kind == "sign" and text == ".":
            self.reads_own = True
            return lambda scope: scope.own
        if kind == "word":
            return self.call(text) if self.take("(") else self.column(text)
        if kind == "end":
            raise ConditionRefused("expression_unfinished", "")
        raise ConditionRefused("expression_unexpected", text)

    def column(self, name: str) -> Run:
        if name in ("and", "or", "div", "mod"):
            raise ConditionRefused("expression_unexpected", name)
        self.columns.add(name)
        return lambda scope: scope.row.get(name)

    def call(self, name: str) -> Run:
        function = FUNCTIONS.get(name)
        if function is None:
            raise ConditionRefused("function_unknown", name)
        arguments: list[Run] = []
        first = self.at
        if not self.take(")"):
            arguments.append(self.either())
            while self.take(","):
                arguments.append(self.either())
            self.expect(")")
        if not function.fewest <= len(arguments) <= function.most:
            raise ConditionRefused("function_arguments", f"{name}()")
        if name == "today":
            self.reads_today = True
        if name == "regex":
            self.check_pattern(first)
        run = function.run
        return lambda scope: run(scope, arguments)

    def check_pattern(self, first: int) -> None:
        """A pattern is judged when the set is loaded, not when a person waits for it."""
        kind, text = self.tokens[self.at - 2]
        pattern = text[1:-1]
        if kind != "string" or self.at - 2 <= first:
            raise ConditionRefused("pattern_not_literal", text)
        if len(pattern) > 300 or _may_take_for_ever(pattern):
            raise ConditionRefused("pattern_too_heavy", pattern[:40])
        try:
            pattern_of(pattern)
        except (re.error, RecursionError, OverflowError):
            raise ConditionRefused("pattern_wrong", pattern[:40]) from None


def _may_take_for_ever(pattern: str) -> bool:
    """A repeated group of nothing but repetitions, such as ``(a+)+``: time doubles with each letter."""
    return any(
        not _REPEATED_PIECE.sub("", match.group(1)).strip("|") for match in _REPEATED_GROUP.finditer(pattern)
    )


def _equal(left: Run, right: Run, *, wanted: bool) -> Run:
    return lambda scope: equal(left(scope), right(scope)) is wanted


def _ordered(sign: str, left: Run, right: Run) -> Run:
    return lambda scope: ordered(sign, left(scope), right(scope))


def _arithmetic(operation: Callable[[float, float], float], left: Run, right: Run) -> Run:
    def run(scope: Scope) -> float:
        found = operation(as_number(left(scope)), as_number(right(scope)))
        return found if math.isfinite(found) else math.nan

    return run


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


__all__ = ["ConditionRefused", "Expression", "as_bool", "as_number", "as_text", "parse"]
