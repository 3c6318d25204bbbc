"""The hub's fixtures: rounds are tested against the real hub."""

from tests.hub.hub_fixtures import hub, running

__all__ = ["hub", "running"]
