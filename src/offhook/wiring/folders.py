"""Where things live on this machine."""

import os
import secrets
from pathlib import Path

import platformdirs

from offhook.settings import Settings


def cache_folder(settings: Settings) -> Path:
    """Where derived files live."""
    return settings.cache or Path(platformdirs.user_cache_dir("offhook"))


def models_folder(settings: Settings) -> Path:
    """Where downloaded weights live."""
    return settings.models or cache_folder(settings) / "models"


def phrase_folder(settings: Settings) -> Path:
    """Where phrases are kept as sound."""
    return cache_folder(settings) / "phrases"


def installation_key(settings: Settings, data: Path) -> str:
    """The key that signs tokens: the setting, else one made in the data folder."""
    if settings.key is not None:
        return settings.key.get_secret_value()
    file = data / "installation.key"
    if not file.exists():
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as opened:
            opened.write(secrets.token_urlsafe(32))
    return file.read_text().strip()
