"""Every list of questions names questions that there are, each once."""

import pytest

from intake_app.channels.question_lists import question_list
from intake_app.forms.library import Library


@pytest.mark.parametrize("path", ["resources/paper/short_form.csv", "resources/relay/essential.csv"])
def test_every_question_of_a_list_is_in_its_set(path: str) -> None:
    library = Library.shipped()
    listed = question_list(path)
    assert len(listed) == len(set(listed)) > 5
    for set_id, question in listed:
        assert question in {one.id for one in library.latest(set_id).questions}, (set_id, question)
