"""What is said of a response on a web form: whose form, which response, and what has to be checked first."""

from intake_app.online import KeptAnswer, OnlineResponse
from ui import online_words

ONLINE = OnlineResponse(
    form="Our form",
    response="101",
    partner="Carers UK",
    kept=(
        KeptAnswer(title="Anything else:", text="Thank you"),
        KeptAnswer(title="Age", text="ninety", question="equality:age_band", reason="choice"),
        KeptAnswer(title="Religion", text="", question="equality:religion", reason="choice"),
        KeptAnswer(title="Newer", text="words", reason="a reason of a newer program"),
    ),
)


def test_a_record_of_another_channel_says_nothing() -> None:
    assert online_words.facts(None) == online_words.kept(None) == []


def test_form_partner_and_response_are_told() -> None:
    assert [one.replace("\u2068", "").replace("\u2069", "") for one in online_words.facts(ONLINE)] == [
        "Web form: Our form", "Partner organisation: Carers UK", "Response 101"
    ]  # fmt: skip


def test_what_has_to_be_checked_comes_first() -> None:
    assert [one.replace("\u2068", "").replace("\u2069", "") for one in online_words.kept(ONLINE)] == [
        "To check, Age: “ninety” (none of the choices)",
        "To check, Religion: none of the choices",
        "To check, Newer: “words” (it could not be read)",
        "Anything else: Thank you",
    ]


def test_one_versions_response_is_read_out_as_a_whole() -> None:
    assert online_words.told(ONLINE.model_dump(mode="json")).startswith("Web form:")
    assert online_words.told({"form": 1}) == ""
