"""The hub's fixtures: rounds are tested against the real hub."""

from tests.hub.hub_fixtures import hub, postgresql, running

__all__ = ["hub", "postgresql", "running"]
