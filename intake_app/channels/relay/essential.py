"""Which questions are put in a relay call, in which order; everything else may come later.

A question costs the person a minute of typing. The list is data: ``resources/relay/essential.csv``.
"""

from intake_app.channels.question_lists import QuestionList, question_list


def essential() -> QuestionList:
    """In the order in which they are asked."""
    return question_list("resources/relay/essential.csv")


def is_essential(question_set: str, question: str) -> bool:
    return (question_set, question) in essential()
