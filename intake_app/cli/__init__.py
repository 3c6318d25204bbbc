"""The sub-commands of ``intake``: everything that needs no window. Loads no Qt."""

from intake_app.cli.main import main

__all__ = ["main"]
