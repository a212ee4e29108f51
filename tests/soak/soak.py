"""The long proof that nothing is lost: `make soak`. It ends with 1 where anything was.

How long it takes is told by the environment:

    KAM_SOAK_ROUNDS    processes to kill (300)
    KAM_SOAK_SECONDS   how long many processes work on one book at once, twice (20)
    KAM_SOAK_EXAMPLES  sequences of events to compare with a plain dict (500)
    KAM_SOAK_KEYS     keys that a monkey presses on the screen (10000)
    KAM_SOAK_SEED      what the dice begin with; else another one each time
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "store"), str(TESTS / "tui"), str(TESTS), str(TESTS.parent)]

from crowd_kit import crowd  # noqa: E402 - after the path
from fault_kit import ERRORS  # noqa: E402
from hypothesis import HealthCheck, seed, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402
from judge_kit import Judge  # noqa: E402
from kill_kit import rounds  # noqa: E402
from monkey_kit import play  # noqa: E402
from test_store_faults import OPERATIONS  # noqa: E402
from test_store_model import Book  # noqa: E402


def main() -> int:
    """Run everything, print the figures."""
    dice = int(os.environ.get("KAM_SOAK_SEED") or random.randrange(1 << 30))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, seed {dice}")
    with tempfile.TemporaryDirectory(prefix="kam-soak-") as name:
        place = Path(name)
        _keep_to(place)
        wrong = [
            *_faults(place),
            *_kills(place, dice),
            *_crowds(place),
            *_model(dice),
            *_monkey(place, dice),
        ]
    for each in wrong[:40]:
        print(f"WRONG  {each}")
    print("Something was lost or wrong." if wrong else "Nothing was lost.")
    return bool(wrong)


def _keep_to(place: Path) -> None:
    """Nothing of whoever runs this is read or written."""
    for name in list(os.environ):
        if name.startswith(("KAM_", "XDG_")) and not name.startswith("KAM_SOAK_"):
            del os.environ[name]
    os.environ |= {"HOME": str(place), "USER": "soak"}


def _faults(place: Path) -> list[str]:
    began, count = time.monotonic(), 0
    for operation in OPERATIONS:
        with tempfile.TemporaryDirectory(dir=place) as name:
            judge = Judge(operation, Path(name))
            ways = [judge.trial.killed(), judge.trial.cut(), *(judge.trial.refused([e]) for e in ERRORS)]
            for way in ways:
                for left in way:
                    judge.look_at(left)
                    count += 1
    _say("Faults", f"{len(OPERATIONS)} operations, {count} books looked at; {_since(began)}")
    return []


def _kills(place: Path, dice: int) -> list[str]:
    tally = rounds(place, int(os.environ.get("KAM_SOAK_ROUNDS") or 300), dice)
    _say("Kills", tally)
    return [*tally.lost, *tally.doubled, *tally.odd]


def _crowds(place: Path) -> list[str]:
    wrong: list[str] = []
    seconds = float(os.environ.get("KAM_SOAK_SECONDS") or 20)
    for what, writers, pause in (("A crowd", 4, 0.05), ("A crowd that never rests", 4, 0.0)):
        with tempfile.TemporaryDirectory(dir=place) as name:
            found = crowd(Path(name) / "book", seconds, writers, pause)
        _say(what, found)
        wrong += [*found.lost, *found.doubled, *found.odd]
    return wrong


def _model(dice: int) -> list[str]:
    began, count = time.monotonic(), int(os.environ.get("KAM_SOAK_EXAMPLES") or 500)
    long = settings(
        max_examples=count,
        stateful_step_count=50,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(dice)(Book), settings=long)
    _say("A plain dict", f"{count} sequences of 50 events agree; {_since(began)}")
    return []


def _monkey(place: Path, dice: int) -> list[str]:
    began, programs = time.monotonic(), os.environ["PATH"]
    os.environ["PATH"] = str(place)  # no program of this computer is opened
    with contextlib.chdir(place):
        did = asyncio.run(play(int(os.environ.get("KAM_SOAK_KEYS") or 10_000), dice))
    os.environ["PATH"] = programs
    _say("A monkey", f"{did}; {_since(began)}")
    return []


def _say(what: str, figures: object) -> None:
    print(f"{what}: {figures}", flush=True)


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
