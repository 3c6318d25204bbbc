"""Emails that wait, and how one becomes a record."""
