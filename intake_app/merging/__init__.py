"""Joins versions of one record that were made apart. Pure: no clock, no store, no words for people."""
