"""The first opening on a computer: at most four questions, each of which can be skipped."""
