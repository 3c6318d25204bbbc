"""Fixtures for the hub's tests."""

from tests.hub.hub_fixtures import hub, postgresql, running

__all__ = ["hub", "postgresql", "running"]
