"""How all tests run. No time limits: a loaded machine is slow, not wrong.

A test that needs more than the locked packages says so: `@pytest.mark.needs("flite")`. Where that is missing it is
skipped with the remedy; where CI is "true" it fails, so that no part of the house goes untried unseen.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@dataclass(frozen=True, slots=True)
class Component:
    """Something a test needs that a machine may lack."""

    is_here: Callable[[], bool]
    remedy: str
    set_up: bool = True
    """Whether `make test` brings it, so that CI has no excuse."""


COMPONENTS: Final[Mapping[str, Component]] = {
    "flite": Component(lambda: shutil.which("flite") is not None, "`apt-get install flite` brings it"),
    "chromium": Component(
        lambda: any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
        "`apt-get install chromium` brings it",
    ),
    "espeak-ng": Component(lambda: find_spec("espeakng_loader") is not None, "the extra `espeak` brings it"),
    "faster-whisper": Component(
        lambda: find_spec("faster_whisper") is not None, "the extra `whisper` brings it", set_up=False
    ),
}

LONGEST: Final = (
    "tests/house/test_whole_calls.py",
    "tests/calls/test_promises.py",
    "tests/store/test_promises.py",
    "tests/house/test_mishaps.py",
    "tests/telephony/test_softphone_page.py",
    "tests/receptionist/test_diary.py",
)
"""These files begin first, so that none is left alone at the end while the other worker has nothing to do."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"needs(*names): what the machine must have: {', '.join(COMPONENTS)}.")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            component = COMPONENTS[name]
            if component.is_here():
                continue
            reason = f"no {name} here: {component.remedy}"
            if component.set_up and os.getenv("CI") == "true":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))
