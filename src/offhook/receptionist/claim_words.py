"""How claims are worded: the patterns of the claim check, compiled once."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Claim(StrEnum):
    """What can be claimed to be done."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MESSAGE = "message"
    TRANSFER = "transfer"
    SENT = "sent"
    ALL_SET = "all_set"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _triggers(words: Mapping[Claim, str]) -> dict[str, frozenset[Claim]]:
    every = {word for told in words.values() for word in told.split()}
    return {word: frozenset(claim for claim, told in words.items() if word in told.split()) for word in every}


WORD: Final = re.compile(r"[a-z']+|\d+|[$€£]")
"""Words of a clause in lower case, as the triggers name them."""
TRIGGERS: Final = _triggers({
    Claim.MOVED: "new rescheduled moved pushed switched changed updated",
    Claim.CANCELLED: "cancelled canceled taken removed",
    Claim.BOOKED: (
        "booked scheduled confirmed reserved penciled pencilled down set put calendar books diary schedule made "
        "created got appointment booking we'll will see seeing expect"
    ),
    Claim.MESSAGE: "message passed let told notified informed",
    Claim.TRANSFER: "transferring connecting patching putting forwarding transferred connected patched put",
    Claim.SENT: (
        "way sent coming texted emailed mailed messaged text mail email sms confirmation reminder link send shoot"
    ),
    Claim.ALL_SET: "set done good care",
})  # fmt: skip
"""Which claims a word may be part of; a clause with none of these words is not looked at any further."""
UNITS: Final = frozenset(["$", "€", "£", "dollar", "dollars", "bucks", "euro", "euros", "pounds"])
TIMES: Final = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "today", "am", "pm",
    "noon", "midnight", "o'clock", "morning", "afternoon", "evening", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve", "thirty",
})  # fmt: skip

_ALSO: Final = (
    r"(?:(?:\ all|\ now|\ just|\ already|\ officially|\ successfully|\ gone\ ahead\ and|\ went\ ahead\ and)*)"
)
_WE: Final = rf"\b(?:i|we)(?:(?:'ve|\ have)(?:\ got)?)?{_ALSO}\ "
_IS: Final = rf"(?:'s|\ is|\ are|\ was|\ were|(?:'s|\ has|\ have)(?:\ now|\ just|\ already)?\ been){_ALSO}\ "
_THING: Final = (
    r"\b(?:(?:appointment|booking|reservation|visit|slot|spot|time|session|cleaning|check-?up|exam|consultation)"
    r"(?:\ (?:with|on|for|at|this|next|tomorrow)\b[\w\ :.,]{0,60}?)?"
    r"|that|it|everything|[a-z]+day(?:\ (?:at|morning|afternoon)[\w\ :.]*)?)"
)

DONE: Final[tuple[tuple[Claim, re.Pattern[str]], ...]] = (
    (Claim.MOVED, _compiled(
        rf"""{_WE}(?:rescheduled|(?:moved|pushed|switched)\ (?:you|your|the|that|it)\b|(?:changed
            |updated)\ (?:your|the)\ (?:appointment|booking|time|visit))
        | {_THING}{_IS}(?:moved|rescheduled|changed\ to|switched\ to)\b
        | \byour\ new\ (?:appointment|booking|time|slot)(?:\ is|'s)\b""")),
    (Claim.CANCELLED, _compiled(
        rf"""{_WE}(?:cancel+ed|taken\ you\ off|removed\ your) | {_THING}{_IS}cancel+ed | \byou(?:'re
            |\ are){_ALSO}\ cancel+ed""")),
    (Claim.BOOKED, _compiled(
        rf"""\byou(?:'re|\ are|'ve\ been|\ have\ been){_ALSO}\ (?:booked|scheduled|confirmed|down\ for
            |set\ (?:up\ )?(?:for|on)|in\ for|on\ the\ (?:schedule|calendar|books))
        | {_WE}(?:booked|scheduled|reserved|pencil+ed|put\ you\ (?:down|in)|put\ (?:that|it|this)\ (?:in|on)
            |got\ you\ (?:in|booked|scheduled|down\ for|set)|you\ (?:booked|scheduled|confirmed|set)
            |confirmed\ (?:you|your|the|that)
            |(?:made|set\ up|created)\ (?:you\ |your\ |an?\ |the\ |that\ )+(?:appointment|booking|reservation)
            |set\ you\ up\ (?:for|on|with))
        | {_THING}{_IS}(?:booked|scheduled|confirmed|reserved|set\ (?:for|up)|in\ the\ (?:calendar|books|diary)
            |on\ the\ (?:calendar|books|schedule))
        | \bwe(?:'ll|\ will)\ (?:see|be\ seeing|expect)\ you\b(?=.*(?:day\b|tomorrow|at\ |\d|then))
        | (?:(?:^|[,.!])\W*see|\blook(?:ing)?\ forward\ to\ seeing)\ you
            \ (?:on\ \w+day|tomorrow|this\ \w+day|next\ \w+day|at\ \d)
        | \byou(?:'ve\ got|\ have)\ (?:an?|your)\ (?:\w+\ ){{0,3}}(?:appointment|booking)\b
        | (?:^|[,.!]\ )got\ you\ (?:in|down|booked|scheduled)\b
        | \b(?:appointment|booking){_IS}(?:complete|done|made|in\ place|in\ the\ system)\b
        | \b(?:booking|appointment)\ (?:has\ gone|went)\ through\b
        | ^\W*(?:all\ |now\ )?(?:booked|scheduled|confirmed)\ for\b""")),
    (Claim.MESSAGE, _compiled(
        rf"""{_WE}(?:taken|left|passed|noted|sent|recorded|saved|forwarded|delivered)\ (?:down\ |on\ )?(?:your
            |an?|the|that|this)\ (?:\w+\ )?message
        | \bmessage{_IS}(?:taken|left|sent|passed|recorded|saved|delivered|forwarded|on\ its\ way)
        | {_WE}passed\ (?:that|it|this|your\ \w+)\ (?:on|along)
        | {_WE}(?:let|told|notified|informed)\ (?:him|her|them|the|our|dr\.?|doctor|everyone|everybody|mr\.?
            |ms\.?|mrs\.?)\b""")),
    (Claim.TRANSFER, _compiled(
        rf"""\b(?:i'm|i\ am|we're|we\ are){_ALSO}\ (?:transferring|connecting|patching|putting\ you\ through
            |forwarding\ (?:you|your\ call))
        | {_WE}(?:transferred|connected|patched|put)\ you(?:\ through|\ to\b|\ over)
        | \b(?:transferring|connecting|patching)\ (?:you|your\ call)\b | \bputting\ you\ through\b
        | \byou(?:'re|\ are)\ being\ (?:transferred|connected|put\ through)""")),
    (Claim.SENT, _compiled(
        rf"""\b(?:confirmation|text|e-?mail|sms|reminder|link)\b[\w\ ]*{_IS}(?:on\ (?:its|the)\ way|sent|coming)
        | {_WE}(?:sent|texted|e-?mailed|messaged)\ (?:you|it|that|the|an?|your)\b(?!\ (?:\w+\ )?message)
        | \byou(?:'ll|\ will|\ should)\ (?:shortly\ |soon\ |also\ )?(?:get|receive|be\ getting|see
            |be\ receiving)\ (?:an?|the|your)\ (?:\w+\ ){{0,2}}(?:text|e-?mail|sms|confirmation|reminder|link)\b
        | \b(?:i|we)(?:'ll|\ will)\ (?:text|e-?mail|send|shoot)\ you\b""")),
    (Claim.ALL_SET, _compiled(
        r"""\byou(?:'re|\ are)\ (?:all\ )(?:set|done|good|taken\ care\ of)\b | \b(?:that|it|everything)(?:'s
            |\ is|'s\ been|\ has\ been)(?:\ all)?\ (?:all\ set|taken\ care\ of|been\ taken\ care\ of)\b""")),
)  # fmt: skip

OPENING_VERB: Final = _compiled(
    r"""(?:so,?\ |and\ |okay,?\ |ok,?\ |sorry,?\ |well,?\ )*
    (?:are|is|am|was|were|have|has|had|did|do|does|can|could|would|will|shall|should|may|might)\ (?:you|i|we|it
            |that|there|this|the|your|they|everything)\b"""
)
"""A sentence that begins so is a question, whatever stands at its end."""
CONDITION: Final = re.compile(
    r"(?:^|[.!,;]\s*|\b(?:and|but|so|then|,)\s+)"
    r"(?:once|when|if|before|after|until|unless|as soon as|in case|should you|whether)\b"
    r"|\b(?:once|if|whether|until|unless|before|as soon as)\b[^.!?]*$",
    re.IGNORECASE,
)
"""In what a sentence says before a claim: then it is none."""
NOT_CLAIMED: Final = _compiled(
    r"""\b(?:not|never|can|could|can't|cannot|may|might|would|should|shall|must|need|needs|yet|nothing|nobody
            |no|let\ me|like\ to|want\ to|
    going\ to|able\ to|ready\ to|happy\ to|try\ to|trying\ to|about\ to|to\ (?:be|get|have)|please|instead\ of
            |without|sounds\ like|if)\b | n't\b"""
)
LATER_CONDITION: Final = re.compile(
    r"(?:\w+\s){0,4}?(?:once|as soon as|if you(?:'d| would)? (?:like|want|confirm|agree)|after you|"
    r"when you (?:confirm|say)|unless)\b",
    re.IGNORECASE,
)
"""Right after a claim: it is still to come."""

FREE_CUE: Final = _compiled(
    r"""\b(?:available|availability|openings?|free|slots?|spots?|how\ about|what\ about|earliest|soonest
            |first\ thing\ is|can\ (?:see|do|fit|offer|get|squeeze|have)|could\ (?:see|do|fit|offer)
    |(?:i|we)(?:\ have|'ve\ got|\ got|'ve)(?!\ you)|there(?:'s|\ is|\ are)|is\ open|are\ open|works?|suits?
            |would\ you\ (?:like|prefer)|either|we\ do\ have|i\ do\ have|possible|come\ in|next\ (?:one|opening
            |available))\b"""
)
"""Words with which a free time is offered."""
NO_OFFER: Final = _compiled(
    r"""\b(?:we(?:'re|\ are)\ (?:also\ |usually\ |only\ |normally\ |currently\ |now\ )*(?:open|closed|here)
            |(?:open|opens|closed|closes)\ (?:from|until|till|at|on|again|every|monday|tuesday|wednesday
            |thursday|friday|saturday|sunday)
    |hours|let\ me\ (?:check|see|look|find)|i(?:'ll|\ will)\ (?:check|see|look|find)|check(?:ing)?\ (?:if
            |whether|what)|see\ (?:if|whether|what)|not\ (?:available|free|open|possible|have)|isn't|aren't
            |don't\ have|no\ longer|nothing|no\ (?:openings?|slots?)
    |fully\ booked|taken|parking|same\ day|appointment\ (?:on|is|at)|your\ (?:appointment|booking)|booked|as\ a\ message
            |call\ you|you(?:'d|\ would)\ like|you\ said|you\ asked|did\ you)\b"""
)
"""Words with which a time is named that is not offered: opening hours, what is still to be checked, what is taken."""
SENDS: Final = _compiled(r"\b(?:texts?|e-?mails?|sms|reminders?)\b")
