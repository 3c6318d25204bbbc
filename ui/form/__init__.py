"""The form built from a question set: nothing on screen is a second list of questions."""
