"""Whoever waits to hear from us: rung back, answered in their own way."""
