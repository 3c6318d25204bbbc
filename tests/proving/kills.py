"""Kills programs in the middle of their work, many times, and adds up what became of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.proving.kills_at_work import while_finishing, while_migrating, while_typing
from tests.proving.kills_in_sync import while_syncing
from tests.proving.lanes import Lane, Lost, lane

FRESH_STORE_EVERY = 40
KINDS: dict[str, Callable[[Lane], None]] = {
    "typing": while_typing,
    "finishing": while_finishing,
    "syncing": while_syncing,
    "migrating": while_migrating,
}


@dataclass(frozen=True)
class Harm:
    """What a number of kills of one kind did; ``lost`` says what they did that they may not."""

    kind: str
    kills: int
    acknowledged: int
    offers: int
    most_typing_lost_s: float
    half_way: int
    lost: str = ""


def killed(kind: str, seed: str, kills: int) -> Harm:
    """That many kills of programs at this kind of work, one after the other; ends with the first loss."""
    with lane(seed) as mine:
        lost = ""
        try:
            for number in range(kills):
                if number % FRESH_STORE_EVERY == 0:
                    mine.fresh()
                KINDS[kind](mine)
                mine.kills += 1
        except Lost as error:
            lost = f"{kind}, seed {seed}, kill {mine.kills + 1}: {error}"
        return Harm(
            kind,
            mine.kills,
            mine.acknowledged,
            mine.offers,
            mine.most_typing_lost_s,
            mine.half_way,
            lost,
        )
