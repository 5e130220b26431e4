"""Going on with a reply that another has begun: what is only repeated of it is left out."""


class GoingOn:
    """The text of a model that was asked to go on where `begun` stops. Many begin again from the start."""

    __slots__ = ("_begun", "_held", "_open")

    def __init__(self, begun: str) -> None:
        self._begun = begun.strip()
        self._held = ""
        self._open = bool(self._begun)

    def feed(self, text: str) -> str:
        """The part of `text` that is new; held back while it may yet be a repetition."""
        if not self._open:
            return text
        self._held += text
        said = self._held.lstrip()
        if len(said) <= len(self._begun) and self._begun.startswith(said):
            return ""
        self._open = False
        return said.removeprefix(self._begun) if said.startswith(self._begun) else self._held

    def flush(self) -> str:
        """What is held back when the text is over: nothing of a whole repetition."""
        if not self._open or self._held.strip() == self._begun:
            return ""
        self._open = False
        return self._held
