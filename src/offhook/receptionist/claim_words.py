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
    DEED = "deed"
    """Anything else that we are said to have done."""
    RESCUE = "rescue"
    """That help has been called: nobody but the caller can."""
    BEYOND = "beyond"
    """What no tool does: nothing proves it."""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _triggers(words: Mapping[Claim, str]) -> dict[str, frozenset[Claim]]:
    every = {word for told in words.values() for word in told.split()}
    return {word: frozenset(claim for claim, told in words.items() if word in told.split()) for word in every}


WORD: Final = re.compile(r"[a-z']+|\d+|[$€£]")
"""Words of a clause in lower case, as the triggers name them."""
TRIGGERS: Final = _triggers({
    Claim.MOVED: "new rescheduled moved pushed switched changed updated now bumped shifted",
    Claim.CANCELLED: "cancelled canceled taken removed deleted gone off longer cancellation",
    Claim.BOOKED: (
        "booked scheduled confirmed reserved penciled pencilled down set put calendar books diary schedule made "
        "created got appointment booking we'll will see seeing expect have consider yours locked secured added book "
        "system held saved logged entered arriving come coming belongs"
    ),
    Claim.MESSAGE: (
        "asked message passed let told notified informed note alerted flagged paged contacted aware knows know wrote "
        "written"
    ),
    Claim.TRANSFER: (
        "transferring connecting patching putting forwarding transferred connected patched put handing getting "
        "transfer connect patch line hold"
    ),
    Claim.SENT: (
        "way sent coming texted emailed mailed messaged text mail email sms confirmation reminder link send shoot"
    ),
    Claim.ALL_SET: "set done good care squared sorted arranged handled",
    Claim.DEED: "i've we've i we",
    Claim.RESCUE: "911 ambulance police paramedics fire",
    Claim.BEYOND: (
        "charged refunded waived credited discount dispatched way route headed heading waitlist list number code "
        "reference off with spoken spoke talked insurance claim plan payment card"
    ),
})  # fmt: skip
"""Which claims a word may be part of; a clause with none of these words is not looked at any further."""
UNITS: Final = frozenset(["$", "€", "£", "dollar", "dollars", "bucks", "euro", "euros", "pounds"])
TIMES: Final = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "today", "am", "pm",
    "noon", "midnight", "o'clock", "morning", "afternoon", "evening", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve", "thirty",
})  # fmt: skip

_ALSO: Final = (
    r"(?:(?:\ all|\ now|\ just|\ already|\ also|\ then|\ officially|\ successfully|\ gone\ ahead\ and"
    r"|\ went\ ahead\ and)*)"
)
_WE: Final = rf"\b(?:i|we)(?:(?:'ve|\ have)(?:\ got)?)?{_ALSO}\ "
_IS: Final = rf"(?:'s|\ is|\ are|\ was|\ were|(?:'s|\ has|\ have)(?:\ now|\ just|\ already)?\ been){_ALSO}\ "
_THING: Final = (
    r"\b(?:(?:appointment|booking|reservation|visit|slot|spot|time|session|cleaning|check-?up|exam|consultation)"
    r"(?:\ (?:with|on|for|at|this|next|tomorrow)\b[\w\ :.,]{0,60}?)?"
    r"|that|it|everything|[a-z]+day(?:\ (?:at|morning|afternoon)[\w\ :.]*)?)"
)

_RESCUERS: Final = (
    r"(?:911|(?:an|the|your)\ ambulance|(?:the\ )?(?:police|paramedics|fire\ (?:department|brigade|service)))"
)
_PARTICIPLE: Final = r"(?:\w{2,}ed|put|set|sent|made|let|done|did|given|written|held|cut)"
_HARMLESS_DEEDS: Final = (
    r"(?:need|limit|notic|hear|understood|look|check|ask|miss|want|lik|mention|said|told|promis|explain|repeat|misheard"
    r"|not|read|worri|happen|help|answer|receiv|list|mix|confus|assum|wonder|appreciat|serv|work|walk|talk|speak|open"
    r"|clos|offer|start|tri|search|learn|finish|hop|expect)(?:e?d|ped|ied|ted)?\b"
    r"|noted\b|put\ (?:in|down|it|that|through)?\ ?(?:as|like)\b|made\ (?:a\ note|an?\ mistake|an?\ error|sure)"
    r"|written\ (?:that|it|this)?\ ?down|got\b"
)
"""What an agent has done that has no effect: it heard, looked, misunderstood."""

DONE: Final[tuple[tuple[Claim, re.Pattern[str]], ...]] = (
    (Claim.MOVED, _compiled(
        rf"""{_WE}(?:rescheduled|(?:moved|pushed|switched)\ (?:you|your|the|that|it)\b|(?:changed
            |updated)\ (?:your|the)\ (?:appointment|booking|time|visit))
        | {_THING}{_IS}(?:moved|rescheduled|changed\ to|switched\ to)\b
        | \byour\ new\ (?:appointment|booking|time|slot)(?:\ is|'s)\b
        | (?:\b(?:appointment|booking|visit){_IS}|\b(?:it|that|you)(?:'s|\ is|'re|\ are)\ )(?<=\bnow\ )
            (?:(?:down|in|set|moved)\ )?(?:on|at|for|to|\w+day|tomorrow)\b(?=.*(?:day\b|tomorrow|\d|o'clock))
        | {_THING}{_IS}(?:bumped|shifted|pushed|switched|moved)\b
        | \byou(?:'ve|\ have)\ (?:now\ |just\ )?been\ (?:moved|switched|rescheduled|pushed|bumped)\b
        | \b(?:change|move|reschedul\w+)\ (?:has\ gone|went|is)\ through\b""")),
    (Claim.CANCELLED, _compiled(
        rf"""{_WE}(?:cancel+ed|taken\ you\ off|removed\ your) | {_THING}{_IS}cancel+ed | \byou(?:'re
            |\ are){_ALSO}\ cancel+ed
        | {_WE}(?:taken|removed|deleted|took)\ (?:you|it|that|this|your|the)\b[\w\ ]*
            \b(?:off|from|out\ of|appointment|booking)\b
        | \b(?:appointment|booking|visit)\ no\ longer\ (?:exists|stands)\b | \bcancellation\ (?:has\ gone|went
            |is)\ through\b
        | ^\W*(?:all\ |now\ )?cancel+ed\W*$ | {_THING}{_IS}(?:gone|deleted|removed|off\ the\ (?:books?|calendar
            |schedule))\b""")),
    (Claim.BOOKED, _compiled(
        rf"""\byou(?:'re|\ are|'ve\ been|\ have\ been){_ALSO}\ (?:booked|scheduled|confirmed|down\ for
            |set\ (?:up\ )?(?:for|on)|in\ for|(?:on|in)\ (?:the|our)\ (?:schedule|calendar|books?|diary|system)
            |on\ for|good\ (?:to\ go\ )?for|expected|locked\ in|slotted\ in)
        | {_WE}(?:booked|scheduled|reserved|pencil+ed|put\ you\ (?:down|in)|put\ (?:that|it|this)\ (?:in|on)
            |(?:got\ |have\ )?you\ (?:all\ )?(?:in|booked|scheduled|down|set|confirmed|on\ the|(?:for|at|on)\ (?=.*
            (?:day\b|\d|tomorrow)))|(?:locked|saved|held|blocked|secured|kept|set\ aside|claimed|snagged)
            \ (?:in\ |off\ )?(?:you|your|that|this|the|it|\w+day|tomorrow)
            |added\ (?:you|your|that|it|this)\b[\w\ ]*\b(?:to|on|in)\ (?:the|our)\ (?:schedule|calendar|books?|diary
            |system)
            |confirmed\ (?:you|your|the|that)
            |(?:made|set\ up|created)\ (?:you\ |your\ |an?\ |the\ |that\ )+(?:appointment|booking|reservation)
            |set\ you\ up\ (?:for|on|with))
        | {_THING}{_IS}(?:booked|scheduled|confirmed|reserved|set\ (?:for|up)|(?:in|on)\ (?:the|our)
            \ (?:calendar|books?|diary|schedule|system)|locked\ in|secured|held\ (?:for|under)|saved|logged|entered
            |recorded
            |on\ file|finali[sz]ed)
        | (?:\b(?:day|tomorrow|noon|am|pm|[ap]\.m\.|o'clock)|\d)(?:'s|\ is)(?:\ now|\ all)?\ (?:yours|reserved\ for
            |locked|secured)
        | \bwe\ have\ your\ (?:appointment|booking|visit|reservation)\b | {_WE}set\ (?:that|it|this|everything)\ up\b
        | \bconsider\ (?:it|that|yourself)\ (?:booked|done|scheduled|confirmed|set)
        | \bwe(?:'ll|\ will)\ have\ you\ in\b
        | \b(?:will|'ll)\ (?:be\ (?:there|out|over|at\ your|with\ you|arriving)|come\ (?:by|out|over)|arrive
            |stop\ by)\b
            (?=.*(?:day\b|tomorrow|hour|minutes|\d|shortly|soon|right\ away))
        | \b(?:we|i)(?:'ll|\ will)\ (?:see|be\ seeing|expect)\ you\b(?=.*(?:day\b|tomorrow|at\ |\d|then))
        | (?:(?:^|[,.!])\W*see|\blook(?:ing)?\ forward\ to\ seeing)\ you
            \ (?:on\ \w+day|tomorrow|this\ \w+day|next\ \w+day|at\ \d)
        | \byou(?:'ve\ (?:now\ )?got|\ (?:now\ )?have)\ (?:an?|your)\ (?:\w+\ ){{0,3}}(?:appointment|booking)\b
        | (?:^|[,.!]\ )got\ you\ (?:in|down|booked|scheduled)\b
        | \b(?:appointment|booking){_IS}(?:complete|done|made|in\ place|in\ the\ system)\b
        | \b(?:booking|appointment)\ (?:has\ gone|went)\ through\b
        | \b(?:slot|spot|time|appointment)(?:\ belongs\ to\ you|(?:'s|\ is)\ (?:now\ |all\ )?yours)\b
        | ^\W*(?:and\ |all\ |now\ )*(?:booked|scheduled|confirmed|reserved)(?:\ for\b|\W*$)""")),
    (Claim.MESSAGE, _compiled(
        rf"""{_WE}(?:taken|left|passed|noted|sent|recorded|saved|forwarded|delivered)\ (?:down\ |on\ )?(?:your
            |an?|the|that|this)\ (?:\w+\ )?message
        | \bmessage{_IS}(?:taken|left|sent|passed|recorded|saved|delivered|forwarded|on\ its\ way)
        | {_WE}passed\ (?:that|it|this|your\ \w+)\ (?:on|along)
        | {_WE}(?:let|told|notified|informed|alerted|paged|contacted|messaged|called|asked|reached\ out\ to)\ (?:him
            |her|them
            |the|our|your|dr\.?|doctor|everyone|everybody|someone|somebody|mr\.?|ms\.?|mrs\.?)\b
        | {_WE}(?:written|wrote)\ (?:down\ )?your\ message | \bmessage\ (?:is|went|has\ gone)\ (?:with|to|in)\b
        | \bknows?\ (?:now\b|about\ (?:it|this|that|your)\b)
        | {_WE}flagged\ (?:this|that|it|your|you)\b
        | {_WE}(?:made|left|put\ (?:in|down)|added)\ (?:a|your|the)\ (?:\w+\ )?(?:note|request|word)\ (?:for|to
            |with)\b
            (?!\ (?:you|your|yourself|me|myself))
        | \b(?:has|have|got|gets)(?:\ now|\ already)?\ your\ (?:message|request|details
            |number)\b(?<!\bi\ have\ your\ number)
            (?<!\bi\ have\ your\ details)
        | \b(?:has|have|is|are|'s)\ (?:now\ |already\ |been\ )*(?:notified|alerted|informed|paged|contacted|aware)\b
        | \b(?:team|office|staff|desk|manager|doctor|dentist|dr\.?\ \w+)\ (?:has|have)\ (?:now\
            |already\ )?been\ (?:told|asked)\b
        | {_WE}asked\ (?:[\w.]+\ ){{1,3}}?to\b""")),
    (Claim.TRANSFER, _compiled(
        rf"""\b(?:i'm|i\ am|we're|we\ are){_ALSO}\ (?:transferring|connecting|patching|putting\ you\ through
            |forwarding\ (?:you|your\ call))
        | {_WE}(?:transferred|connected|patched|put)\ you(?:\ through|\ to\b|\ over)
        | \b(?:transferring|connecting|patching)\ (?:you|your\ call)\b | \bputting\ you\ (?:through|on|over)\b
        | (?:^|[,.!])\W*(?:transferring|connecting)\W*$ | \b(?:please\ )?hold\ while\ (?:i|we)\ (?:connect|transfer
            |patch|put|get)\b
        | \b(?:i'm|i\ am|we're){_ALSO}\ (?:going\ to|about\ to)\ (?:transfer|connect|patch|put)\ you\b
        | \byou(?:'re|\ are){_ALSO}\ being\ (?:transferred|connected|put\ through)
        | \b(?:i'm|i\ am|we're)\ (?:handing|passing|sending)\ you\b | \b(?:i'm|i\ am|we're){_ALSO}\ (?:getting
            |bringing)
            \ (?:someone|somebody|a\ \w+|him|her|them|the\ \w+)\b[\w\ ]*\b(?:line|phone|for\ you)\b
        | \b(?:i'll|i\ will|we'll)(?:\ just|\ now|\ go\ ahead\ and)*\ (?:transfer|connect|patch|hand|put)\ you\b
            (?:\ (?:over|through|now|right\ away|to)\b|\W*$)""")),
    (Claim.SENT, _compiled(
        rf"""\b(?:confirmation|text|e-?mail|sms|reminder|link)\b[\w\ ]*{_IS}(?:on\ (?:its|the)\ way|sent|coming)
        | {_WE}(?:sent|texted|e-?mailed|messaged)\ (?:you|it|that|the|an?|your)\b(?!\ (?:\w+\ )?message)
        | \byou(?:'ll|\ will|\ should)\ (?:shortly\ |soon\ |also\ )?(?:get|receive|be\ getting|see
            |be\ receiving)\ (?:an?|the|your)\ (?:\w+\ ){{0,2}}(?:text|e-?mail|sms|confirmation|reminder|link)\b
        | \b(?:link|confirmation|e-?mail|text|sms)\ should\ be\ (?:in|there|with|arriving|coming)\b
        | \b(?:i|we)(?:'ll|\ will)\ (?:text|e-?mail|send|shoot)\ you\b""")),
    (Claim.ALL_SET, _compiled(
        r"""\byou(?:'re|\ are)\ (?:(?:all\ )(?:set|done|good|taken\ care\ of)|good\ to\ go|squared\ away|sorted)\b
        | \b(?:that|it|everything)(?:'s|\ is|'s\ been|\ has\ been)(?:\ now|\ all)*\ (?:all\ set
            |(?:been\ )?taken\ care\ of
            |squared\ away|sorted(?:\ out)?|arranged|handled)\b
        | \b(?:that|it|everything)(?:'s|\ is)(?:\ now|\ all)*\ done\b""")),
    (Claim.RESCUE, _compiled(
        rf"""{_WE}(?:called|phoned|rung|notified|contacted|alerted|sent|dispatched)\ (?:for\ )?{_RESCUERS}
        | {_RESCUERS}\ (?:is|are|has|have)\ (?:now\ |already\ |been\ )*(?:called|coming|sent|notified|alerted
            |on\ the(?:ir)?\ way)""")),
    (Claim.BEYOND, _compiled(
        rf"""{_WE}(?:charged|refunded|waived|credited|dispatched|applied\ (?:an?|the|your)\b[\w\ ]*\b(?:discount
            |credit))
        | {_WE}(?:put|added|placed)\ you\ (?:on|to)\ (?:the|our|a)\ (?:\w+\ )?(?:list|waitlist)\b
        | (?:\b(?:has|have)|'s)\ (?:now\ |just\ |already\ )*been\ (?:charged|refunded|waived|credited)\b
        | (?:\b(?:has|have|is|are)|'s)\ (?:now\ |just\ |already\ |been\ )*(?:dispatched|en\ route|head(?:ed
            |ing)\ (?:to|your|over)
            |on\ (?:his|her|their|the)\ way)\b
        | {_WE}(?:took|taken|knocked)\ [\w\ $]+\ off\ (?:the|your)\b | \byou(?:'re|\ are)\ [\w\ ]*\bon\ (?:the
            |our)\ (?:\w+\ )?list\b
        | {_WE}(?:checked|spoken|spoke|talked|consulted)\ (?:with|to)\ (?:the|our|my|your|him|her|them|dr\.?|mr\.?
            |ms\.?|mrs\.?)\b
        | \byour\ (?:insurance|claim|plan|payment|credit|card)\ (?:has\ been|was|is)\ (?:approved|verified|accepted
            |processed|charged)\b
        | \bhelp\ is\ (?:on\ the\ way|coming)\b
        | \byour\ (?:confirmation|reservation|booking|appointment|reference|ticket)\ (?:number|code|id)(?:\ is|'s
            |:)""")),
    (Claim.DEED, _compiled(  # a business may have done much; what it did for this caller, and what I did, is an effect
        rf"""\bi(?:'ve|\ have){_ALSO}\ (?!{_HARMLESS_DEEDS}){_PARTICIPLE}\b
            (?!\ (?:time|times|openings?|slots?|spots?|hours|availability))
        | \bi(?:\ just|\ already|\ went\ ahead\ and)+\ (?!{_HARMLESS_DEEDS}){_PARTICIPLE}\b
        | \b(?:i|we)(?:'ve|\ have)?{_ALSO}\ (?!{_HARMLESS_DEEDS}){_PARTICIPLE}
            \ (?:you|your|that|this|it|him|her|them)\b""")),
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
    going\ to|(?<!was\ )(?<!were\ )able\ to|ready\ to|happy\ to|try\ to|trying\ to|about\ to|to\ (?:be|get|have)
            |please|instead\ of
            |without|sounds\ like|if)\b | n't\b"""
)
LATER_CONDITION: Final = re.compile(
    r"(?:\w+\s){0,4}?(?:once|as soon as|if you(?:'d| would)? (?:like|want|confirm|agree)|after you|"
    r"when you (?:confirm|say)|unless|by (?:somebody|someone|another))\b",
    re.IGNORECASE,
)
"""Right after a claim: it is still to come, or somebody else's."""

FREE_CUE: Final = _compiled(
    r"""\b(?:available|availability|openings?|free|slots?|spots?|how\ about|what\ about|earliest|soonest
            |first\ thing\ is|can\ (?:see|do|fit|offer|get|squeeze|have)|could\ (?:see|do|fit|offer)
    |(?:i|we)(?:\ have|'ve\ got|\ got|'ve)(?!\ you)|there(?:'s|\ is|\ are)|is\ open|are\ open|works?|suits?
            |would\ you\ (?:like|prefer)|either|we\ do\ have|i\ do\ have|possible|come\ in|next\ (?:one|opening
            |available))\b"""
)
"""Words with which a free time is offered."""
STATED: Final = re.compile(r"\b(?:you|your|you're|you've|you'll)\b", re.IGNORECASE)
"""A day and a time told to the caller, and no free time offered: an appointment, unless `ONLY_REPEATED`."""
ONLY_REPEATED: Final = _compiled(
    r"""^\W*(?:(?:okay|ok|alright|all\ right|great|perfect|got\ it|and|thanks|sure|just)\W+)*
            (?:so\b|that(?:'s|\ is|\ would|\ will|'d)\b
            |to\ confirm|let\ me|you(?:'d|\ would)\b)
    |\b(?:confirm|prefer\w*|said|says|mention\w*|asked|wanted|want|like|request\w*|noted|note|hoping|looking|told
            |meant?|came|called
            |before|after|until|by|since|ago)\b"""
)
"""Words with which the caller's own wish is said again."""
NO_OFFER: Final = _compiled(
    r"""\b(?:we(?:'re|\ are)\ (?:also\ |usually\ |only\ |normally\ |currently\ |now\ )*(?:open|closed|here)
            |(?:open|opens|closed|closes)\ (?:from|until|till|at|on|again|every|monday|tuesday|wednesday
            |thursday|friday|saturday|sunday)
    |hours|let\ me\ (?:check|see|look|find)|i(?:'ll|\ will)\ (?:check|see|look|find)|check(?:ing)?\ (?:if
            |whether|what)|see\ (?:if|whether|what)|not\ (?:available|free|open|possible|have)|isn't|aren't
            |don't\ have|no\ longer|nothing|no\ (?:openings?|slots?)
    |fully\ booked|taken|parking|same\ day|appointment\ (?:on|is|at)|your\ (?:appointment|booking)|booked
            |as\ a\ message
            |call\ you|you(?:'d|\ would)\ like|you\ said|you\ asked|did\ you)\b"""
)
"""Words with which a time is named that is not offered: opening hours, what is still to be checked, what is taken."""
SENDS: Final = _compiled(r"\b(?:texts?|e-?mails?|sms|reminders?)\b")
