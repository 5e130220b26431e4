"""The journal's way to disk: plain calls in, one transaction for all calls every few hundredths of a second."""

from datetime import datetime

from offhook.store.records import ErrorRecord, Generation, Turn


class JournalWriter:
    """Gathers what running calls tell and writes it behind their backs, at most 50 ms late."""

    def append(self, call_id: str, seq: int, at: float, kind: str, body: bytes) -> None:
        """Event `seq` of a call, `at` seconds after its start; `body` is JSON. Never waits, never raises."""
        raise NotImplementedError

    def turn(self, call_id: str, turn: Turn) -> None:
        """A turn as far as it has come; a later one with the same `n` takes its place."""
        raise NotImplementedError

    def generation(self, call_id: str, generation: Generation) -> None:
        """What a model was asked and said."""
        raise NotImplementedError

    def prompt(self, digest: str, text: str) -> None:
        """The full text behind a prompt's hash; told twice is kept once."""
        raise NotImplementedError

    def error(self, error: ErrorRecord, *, now: datetime) -> None:
        """An error, as a structured record."""
        raise NotImplementedError

    async def flush(self) -> None:
        """Return when everything told so far is on disk."""
        raise NotImplementedError
