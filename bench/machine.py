"""What the figures of a bench were measured on, in one line."""

import os
import platform
from pathlib import Path

CPUS = Path("/proc/cpuinfo")


def machine() -> str:
    """Processor, cores that this process may use, Python."""
    names = [line.split(":", 1)[1].strip() for line in CPUS.read_text().splitlines() if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0))
    return f"{names[0] if names else platform.machine()}, {cores} cores, Python {platform.python_version()}"


def figure(name: str, value: float, unit: str, digits: int = 0) -> None:
    """One line per figure."""
    print(f"{name:<44}{value:>12,.{digits}f} {unit}", flush=True)
