"""Files of a record: attached, looked at beside the story, opened outside only on request."""
