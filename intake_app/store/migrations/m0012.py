"""The search index leaves the joining of its segments to the end of a round."""

from intake_app.store.migrations.m0007 import run

__all__ = ["run"]
