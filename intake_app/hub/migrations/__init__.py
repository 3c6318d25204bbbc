"""Alembic migrations of the hub; expand first, contract in a later release."""
