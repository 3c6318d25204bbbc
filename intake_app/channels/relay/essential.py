"""Which questions are put in a relay call, in which order; everything else may come later.

A question costs the person a minute of typing. The list is data: ``resources/relay/essential.csv``.
"""

import csv
from functools import cache

from intake_app.assets import asset

Essential = tuple[tuple[str, str], ...]


@cache
def essential() -> Essential:
    """Question set and question, in the order in which they are asked."""
    with asset("resources/relay/essential.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["question_set"], row["question"]) for row in csv.DictReader(file))


def is_essential(question_set: str, question: str) -> bool:
    return (question_set, question) in essential()
