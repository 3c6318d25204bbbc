"""Lists of questions for where not all can be put, kept as data beside the question sets."""

import csv
from functools import cache

from intake_app.assets import asset

QuestionList = tuple[tuple[str, str], ...]
"""Question set and question, in order."""


@cache
def question_list(path: str) -> QuestionList:
    """From a CSV file among the program's own, with the columns ``question_set`` and ``question``."""
    with asset(path).open(encoding="utf-8", newline="") as file:
        return tuple((row["question_set"], row["question"]) for row in csv.DictReader(file))
