"""Whom callers speak of and book for: "one for my son"."""

from typing import Final

RELATIVES: Final = "wife|husband|son|daughter|mother|mom|father|dad|partner|brother|sister|friend|girlfriend|boyfriend"
"""Alternatives of a regular expression; children without more ("my kids") are told apart where it matters."""
