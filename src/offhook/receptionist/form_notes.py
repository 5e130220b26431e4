"""Notes in the form that the receptionist with a model keeps, most of them in the script's own words.

The script reads `OFFERED`, `DIGITS`, `CALLER_ID` and `FOUND` when it takes over from a model that died.
"""

from typing import Final

from offhook.receptionist.script.wants import CALLER_ID, DIGITS, FOUND, FOUND_SERVICE, OFFERED

__all__ = ["CALLER_ID", "DIGITS", "FOUND", "FOUND_SERVICE", "FREE", "OFFERED"]

FREE: Final = "_free"
"""All times that were found free in this call, ISO 8601, by commas, newest last."""
MOST_FREE: Final = 24
