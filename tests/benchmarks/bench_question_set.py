"""A question set of 500 questions with 8,000 choices: how long it takes to load, and to follow one answer."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, median, milliseconds

from intake_app.forms.library import Library
from intake_app.forms.validation import State
from intake_app.forms.xlsform import load
from intake_app.records import Answer

QUESTIONS, CHOICES = 500, 8_000
LOADED_MS, ANSWERED_MS = 300, 5


def rows(options: Any) -> Iterator[Row]:
    folder = made_set(options.folder / "large")
    lists = Library.shipped().code_list
    loading = [milliseconds(lambda: load(folder, lists)) for _ in range(options.rounds)]
    question_set = load(folder, lists)
    given = {f"q{number}": Answer(value="c1") for number in range(0, QUESTIONS, 3)}
    state = State(question_set, given, {}, date(2026, 3, 9))
    answering = []
    for number in range(options.rounds * 20):
        name = f"q{number * 7 % QUESTIONS}"
        answers = {**given, name: Answer(value=f"c{number % 3}")}
        answering.append(milliseconds(lambda answers=answers, name=name: state.change(answers, [name])))
    yield Row(f"{QUESTIONS} questions, {CHOICES:,} choices loaded", median(loading), "", 0, at_most=LOADED_MS)
    yield Row("one answer of them followed", median(answering), "", 0, at_most=ANSWERED_MS)


def made_set(folder: Path) -> Path:
    """Every question after the first is asked only for a certain answer to an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        survey = csv.writer(file)
        survey.writerow(["type", "name", "label", "relevant", "constraint", "constraint_message"])
        survey.writerow(["begin_group", "all", "All", "", "", ""])
        for number in range(QUESTIONS):
            earlier = f"q{number // 2}"
            relevant = f"${{{earlier}}} = 'c1' or selected(${{{earlier}}}, 'c0')" if number else ""
            survey.writerow(
                [f"select_one long{number % 8}", f"q{number}", f"Question {number}?", relevant, "", ""]
            )
        survey.writerow(["end_group", "", "", "", "", ""])
    with (folder / "choices.csv").open("w", encoding="utf-8", newline="") as file:
        choices = csv.writer(file)
        choices.writerow(["list_name", "name", "label"])
        for number in range(CHOICES):
            choices.writerow([f"long{number % 8}", f"c{number // 8}", f"Choice {number}"])
    with (folder / "settings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["form_id", "version"], ["large", "1"]])
    return folder
