"""Scripts of the sync fuzz: what is done, on which computer, and the dice of that step; made from a seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

WEIGHTS = {
    "take_down": 18,
    "edit": 16,
    "open": 6,
    "type": 6,
    "finish": 6,
    "person": 6,
    "withdraw": 3,
    "erase": 2,
    "round": 30,
    "late": 3,
    "rescope": 1.5,
    "clock": 2,
    "restart": 1.5,
    "hub_restart": 0.3,
    "join": 0.7,
    "back_up": 0.7,
    "restore": 0.5,
    "clone": 0.3,
}
"""How often each act is done; their names are methods of ``Acts``."""


@dataclass(frozen=True)
class Step:
    """``computer`` counts round the computers there are; ``dice`` seeds whatever the act chooses."""

    act: str
    computer: int
    dice: int

    def __str__(self) -> str:
        return f"{self.act} {self.computer} {self.dice}"


def script(seed: str, steps: int) -> tuple[Step, ...]:
    """The same for the same seed, on every computer and with every Python."""
    chance = random.Random(f"script {seed}")
    acts = chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()), k=steps)
    return tuple(Step(act, chance.randrange(60), chance.getrandbits(32)) for act in acts)


def as_text(steps: Sequence[Step]) -> str:
    return "\n".join(map(str, steps)) + "\n"


def of_text(text: str) -> tuple[Step, ...]:
    """Raises ValueError for a line that is no step."""
    made = []
    for line in text.splitlines():
        act, computer, dice = line.split()
        if act not in WEIGHTS:
            raise ValueError(f"no such act: {act}")
        made.append(Step(act, int(computer), int(dice)))
    return tuple(made)
