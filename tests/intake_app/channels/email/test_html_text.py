"""What is left of HTML is words, whatever it was."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.email.html_text import text_of_html


def test_blocks_are_lines_and_what_is_unseen_is_gone() -> None:
    html = (
        "<style>x</style><p>One <b>two</b></p><div>three<br>four</div><script>no()</script><p></p><p>five</p>"
    )
    assert text_of_html(html).split("\n\n") == ["One two", "three\nfour", "five"]


def test_an_address_stands_behind_its_words_unless_they_are_it() -> None:
    assert text_of_html('<a href="https://a.example">Here</a>') == "Here <https://a.example>"
    assert text_of_html('<a href="https://a.example">https://a.example</a>') == "https://a.example"
    assert text_of_html('<a href="javascript:no()">Here</a>') == "Here"


@given(st.text(alphabet="<>/abpdivscriptstylehref= \"'&;\n", max_size=200))
def test_no_tag_soup_makes_it_fail(html: str) -> None:
    text_of_html(html)
