"""What the house's tests share: one cache, so that models and phrases are made once."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where derived files live, for the whole session."""
    return tmp_path_factory.mktemp("cache")
