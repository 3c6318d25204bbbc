"""Practice: a folder in which nothing is real, callers who are made up, and a look at what was written."""
