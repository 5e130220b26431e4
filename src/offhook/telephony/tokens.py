"""One-time tokens: what a webhook or a page was told, handed to the media socket that follows it.

A token is signed with the installation's key and dated; that it is used only once is kept by `Exchange.spend`, under
`Ticket.name`.
"""

import base64
import binascii
import secrets
from typing import Final

import msgspec
from itsdangerous import BadData, TimestampSigner

from offhook.calls.line import Incoming

TOKEN_LIFE_S: Final = 60
"""From the webhook's answer to the stream's start is a second or two."""
_LONGEST_CALLER, _LONGEST_NUMBER = 64, 20
"""SIP addresses can be long; cut to this a token stays under the 500 letters of a `<Parameter>`."""


class Ticket(msgspec.Struct, frozen=True, array_like=True):
    """What a token says."""

    name: str
    """Under which it is used up: for carriers that repeat their requests the call's own name, so that two answers to
    one call cannot make two calls."""
    line: str
    caller: str
    called: str
    call_sid: str
    route: str

    def incoming(self) -> Incoming:
        """The call that was admitted."""
        return Incoming(self.line, self.caller, self.called, self.call_sid, {"route": self.route})


class Tokens:
    """Signs and reads tokens.

    Args:
        key: The installation's key; at least 16 letters.
        life_s: How old a token may be.
    """

    def __init__(self, key: str, *, life_s: int = TOKEN_LIFE_S) -> None:
        if len(key) < 16:
            raise ValueError("The installation's key is shorter than 16 letters. Set OFFHOOK_KEY to a random one.")
        self._life_s = life_s
        self._signer = TimestampSigner(key, salt="offhook.telephony.tokens")

    def sign(self, incoming: Incoming, route: str, *, once_per_call: bool) -> str:
        """A token for a call that was admitted."""
        name = f"call:{incoming.call_sid}" if once_per_call else f"nonce:{secrets.token_urlsafe(12)}"
        caller, called = _plain(incoming.caller)[:_LONGEST_CALLER], _plain(incoming.called)[:_LONGEST_NUMBER]
        ticket = Ticket(name, incoming.line, caller, called, incoming.call_sid, route)
        packed = base64.urlsafe_b64encode(msgspec.json.encode(ticket)).rstrip(b"=")
        return self._signer.sign(packed).decode()

    def read(self, token: str, *, line: str) -> Ticket | None:
        """What the token says; None where it is forged, too old or made for another line."""
        try:
            packed = self._signer.unsign(token.encode(), max_age=self._life_s)
            ticket = msgspec.json.decode(base64.urlsafe_b64decode(packed + b"=="), type=Ticket)
        except (BadData, binascii.Error, msgspec.MsgspecError, UnicodeError):
            return None
        return ticket if ticket.line == line else None


def _plain(text: str) -> str:
    """What of it can be in a number or an address; the rest would be written in six letters each."""
    return "".join(letter for letter in text if letter.isascii() and letter.isprintable() and letter not in '"\\')
