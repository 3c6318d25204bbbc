"""Fixtures for the hub's tests."""

from tests.hub.hub_fixtures import hub, running

__all__ = ["hub", "running"]
