"""TOML files that people write: read, or told in two sentences why not."""

import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path


class UnreadableFile(Exception):
    """A file that cannot be read as TOML: which, why, and what to do."""


def read_toml(file: Path | Traversable) -> dict[str, object]:
    """What the file holds; raises UnreadableFile."""
    try:
        return tomllib.loads(file.read_bytes().decode())
    except FileNotFoundError:
        raise UnreadableFile(f"{file.name}: there is no such file. Check the path.") from None
    except OSError as error:
        raise UnreadableFile(f"{file.name}: cannot be read ({error.strerror}). Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{file.name}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFile(f"{file.name}: not TOML: {error}. Correct that place.") from error
