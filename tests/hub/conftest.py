"""Fixtures for the hub's tests."""

from tests.hub.hub_fixtures import hub, postgresql

__all__ = ["hub", "postgresql"]
