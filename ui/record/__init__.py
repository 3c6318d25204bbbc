"""The record page: one whole conversation on one screen, taken down by keys alone."""
