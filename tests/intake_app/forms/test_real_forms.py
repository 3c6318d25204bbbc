"""Real forms, good and deliberately bad, load or are refused in plain words and never fail otherwise."""

from pathlib import Path

import pytest

from intake_app.errors import QuestionSetRefused
from intake_app.forms.library import Library
from intake_app.forms.validation import problems
from intake_app.forms.xlsform import load
from intake_app.records import Sheet

FORMS = Path(__file__).resolve().parents[4] / "shared" / "data" / "xlsform"
FOUND = sorted(path for path in FORMS.rglob("*") if path.suffix in (".xls", ".xlsx", ".csv", ".md", ".xml"))

pytestmark = pytest.mark.skipif(not FOUND, reason="the collection of real forms is not on this computer")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_form_loads_or_is_refused_in_plain_words(path: Path, library: Library) -> None:
    try:
        found = load(path, library.code_list)
    except QuestionSetRefused as refused:
        reasons = refused.details["refusals"]
        assert isinstance(reasons, tuple)
        assert reasons
        for reason in reasons:
            assert reason.words()
    else:
        assert found.questions
        problems(found, Sheet(question_set=found.ref()))


@pytest.mark.parametrize(
    "name",
    [
        "correlaid/scripts/test/mitwirken_umfrage.xlsx",
        "correlaid/docker_tests/fixtures/testB.xlsx",
        "pyxform/example_xls/text_and_integer.xlsx",
        "pyxform/example_xls/yes_or_no_question.xlsx",
        "pyxform/example_xls/specify_other.xlsx",
        "pyxform/example_xls/extra_columns.xlsx",
        "pyxform/example_xls/field-list.xlsx",
    ],
)
def test_forms_within_the_subset_load(name: str, library: Library) -> None:
    assert load(FORMS / name, library.code_list).questions
