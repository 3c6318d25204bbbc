"""Printing forms, and the slip that a person takes away."""
