"""The long proof of sync in short: 2,000 steps on six computers over bad lines keep every rule."""

import pytest

from tests.proving.episodes import STEPS, episode, played, shortest
from tests.proving.scripts import Step, as_text, of_text, script
from tests.proving.world import Broken, World

WORLDS = 8


@pytest.mark.slow
@pytest.mark.parametrize("number", range(WORLDS))
def test_a_world_of_250_steps_keeps_every_rule(number: int) -> None:
    outcome = episode(f"2026/{number}")
    if outcome.rule:
        print(as_text(shortest(outcome)))  # noqa: T201  # what is needed to mend it
    assert outcome.words == ""
    assert outcome.rounds > STEPS // 8


def test_a_seed_replays_byte_for_byte() -> None:
    first, again = episode("replay", 60), episode("replay", 60)
    assert (first.rule, first.versions) == ("", again.versions)
    assert first.digest == again.digest
    assert first.digest != episode("replay other", 60).digest


def test_a_broken_rule_is_found_and_its_script_made_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub that forgot to keep what an erasure took away would be found with two steps."""

    def forgets(world: World, *_rest: object) -> None:
        if any(saved.erases for saved in world.model.saved.values()):
            raise Broken("made up for this test")

    monkeypatch.setattr("tests.proving.judging._organisations_are_apart", forgets)
    failed = next(found for number in range(20) if (found := episode(f"short/{number}", 40)).rule)
    steps = shortest(failed)
    assert [step.act for step in steps] == ["take_down", "erase"]
    assert played(failed.seed, of_text(as_text(steps))).rule == "made up for this test"


def test_a_script_reads_back_as_it_was_printed() -> None:
    steps = script("any", 50)
    assert of_text(as_text(steps)) == steps
    with pytest.raises(ValueError, match="no such act"):
        of_text(as_text([Step("dance", 1, 2)]))


def test_a_failing_step_is_told_by_its_kind() -> None:
    outcome = played("any", [Step("nothing of the kind", 0, 0)])
    assert (outcome.steps, outcome.rule) == (1, "AttributeError")
    assert "nothing of the kind" in outcome.words
