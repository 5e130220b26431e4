"""What a caller wants, as far as a phrase tells: a set of intents, since one sentence may hold several."""

import re
from enum import StrEnum
from typing import Final

from offhook.receptionist.understanding.corrections import corrects
from offhook.receptionist.understanding.words import plain


class Intent(StrEnum):
    """One wish or move in a conversation."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    MY_APPOINTMENT = "my_appointment"
    ASK_HOURS = "ask_hours"
    ASK_PRICE = "ask_price"
    ASK_ADDRESS = "ask_address"
    ASK_SERVICES = "ask_services"
    ASK_INSURANCE = "ask_insurance"
    ASK_FACT = "ask_fact"
    """Some other question: parking, payment, how long it takes."""
    MESSAGE = "message"
    PERSON = "person"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    GREETING = "greeting"
    WRONG_NUMBER = "wrong_number"
    SOLICITOR = "solicitor"
    NOT_INTERESTED = "not_interested"
    REPEAT = "repeat"
    START_OVER = "start_over"
    ARE_YOU_A_ROBOT = "are_you_a_robot"
    CORRECTION = "correction"
    UNSURE = "unsure"
    COMPLAINT = "complaint"
    HOLD_ON = "hold_on"


_APPOINTMENT: Final = r"(?:appointment|booking|reservation|session|slot|visit|inspection|cleaning|shoot|consultation|consult|showing|viewing|time|check ?up)"
_MINE: Final = rf"(?:my|the|our|an existing|that|this)(?: \w+){{0,2}} {_APPOINTMENT}"

# Matched against the bare words: lower case, no apostrophes, single spaces.
_PATTERNS: Final[dict[Intent, str]] = {
    Intent.CANCEL: rf"\bcancel(?:l?ing|l?ation|led)?\b|call(?:ing)? (?:it|that) off|take me off the (?:books|schedule|calendar|list)"
    rf"|(?:dont|do not|no longer) need (?:the|my|that) {_APPOINTMENT}|(?:get rid of|drop|delete|remove) {_MINE}|scrap (?:the|my) {_APPOINTMENT}"
    rf"|wont be (?:able to (?:come|make)|coming|needing)|(?:cant|cannot|not able to|unable to) make it(?! (?:any )?(?:later|earlier))",
    Intent.RESCHEDULE: rf"\bre ?schedul\w*|\bre ?book\w*|(?:move|push|shift|bump|switch|change|swap|bring|postpone|delay|moving|changing|switching) (?:back |up |forward )?{_MINE}"
    rf"|(?:move|push|shift|switch|change|bring) (?:it|that|mine|this|them)(?: \w+){{0,2}} (?:to|back|up|forward|for|from|until|earlier|later)\b"
    rf"|(?:want|need|like|have|rather|just|can i|can we|could i|could we|please) (?:to )?(?:move|reschedule|postpone|push|shift) (?:it|that)\b"
    rf"|(?:find|pick|get|choose|try|do|make it|set) (?:me )?(?:another|a different|some other) (?:day|time|date|{_APPOINTMENT})|postpone|different (?:day|time) for my"
    rf"|(?:come|get) (?:in )?(?:earlier|later|sooner) (?:than|instead)|(?:an )?(?:earlier|later) {_APPOINTMENT} instead|change the (?:day|date|time)|move my\b",
    Intent.MY_APPOINTMENT: rf"\b(?:when|what (?:time|day|date)) (?:is|was|are|s) {_MINE}|whens {_MINE}|when am i (?:coming|booked|scheduled|supposed|due|in)"
    rf"|what (?:time|day) (?:am i|is mine|was i|did i book|do i come)|(?:check|confirm|verify|look up|find|remind me (?:of|about|when)) (?:on |when )?(?:my|our|i)\b(?: \w+){{0,3}} {_APPOINTMENT}"
    rf"|do i (?:still )?have an? {_APPOINTMENT}|am i (?:still )?(?:booked|scheduled|on (?:the|your))|forgot when my|is my {_APPOINTMENT} (?:still|confirmed|on|at)|when (?:do|should) i come in",
    Intent.BOOK: rf"\b(?:book|schedule|reserve|arrange)\b(?! my\b.* (?:to|for) (?:another|a different))|(?:make|set up|get|have|need|want|like|setting up|making|take) an? (?:\w+ ){{0,3}}{_APPOINTMENT}\b"
    rf"|(?:any|some|an?|got|have|earliest|next|first|soonest) (?:\w+ )?(?:openings?|availability|available|slots?|free time|space)|are you (?:free|available)|availab(?:le|ility)\b"
    rf"|(?:come|get|fit me|squeeze me|pop|bring (?:it|her|him|my \w+)|be seen|stop|swing|drop (?:it|her|him|my \w+)) (?:me )?(?:in|by|off)\b(?! (?:for|from) (?:work|vacation))"
    rf"|(?:can|could|have|need|want|send|like|get) (?:\w+ )?(?:somebody|someone|a plumber|a locksmith|a technician|a mechanic|a tech|an inspector|you|you guys|a guy) (?:to )?(?:come|out|over|to come|fix|look|inspect|shoot|photograph)"
    rf"|come out (?:and|to|here)|see (?:the|a) (?:dentist|doctor|therapist|hygienist|artist|mechanic)|(?:need|want|like|get|looking for|looking to get|interested in|after|have)(?: to (?:get|have))? (?:an? |my |some )?(?:\w+ ){{0,2}}(?:cleaning|check ?up|oil change|massage|tattoo|inspection|filling|crown|root canal|whitening|photo ?shoot|portraits?|photos|tune ?up|exam|rekey\w*|consultation|showing|viewing|brakes?|inspected|cleaned|repaired|fixed|looked at)"
    rf"|sign me up|put me (?:down|in)\b|can you (?:see|take|fit) me|when (?:can|could) (?:i|you|we) (?:come|get|see|do|fit)|(?:an )?appointment (?:please|for|on|tomorrow|today|next|this)|^ (?:an )?appointment $|(?:id|i would) like to come\b|new appointment|need (?:a|an|the) (?:plumber|locksmith|mechanic|dentist|photographer|inspector|realtor)"
    rf"|need to (?:come in|be seen|see)",
    Intent.ASK_HOURS: r"\b(?:what|which) (?:are )?(?:your |the )?(?:opening |business |office |shop |store )?(?:hours|days)|(?:your|opening|business|office|holiday|weekend) hours|how late|how early|(?:when|what time|until when|til when) (?:do|are|will|does) (?:you|yall|the \w+|it|they)(?: guys| all)? (?:\w+ )?(?:open|close|closed|shut)"
    r"|(?:are|is|will) (?:you|it|the \w+|yall|they)(?: guys| all)? (?:be )?(?:still )?(?:\w+ )?(?:open|closed|closing)\b|do you (?:guys )?(?:open|close|work) (?:on|at|before|after|early|late|sat|sun|week|today|tomorrow|new|christmas)|open (?:today|tomorrow|right now|now|on (?:the )?(?:week|sat|sun|mon|holi|christ|thanks|new)|saturday|sunday|late|weekends)|whats the latest you|hours (?:please|today|of operation)|closing time|opening time",
    Intent.ASK_PRICE: r"\bhow much\b(?! (?:longer|time))|\b(?:price|prices|pricing|rate|rates|cost|costs|fee|fees|charge|charges|quote|estimate|ballpark)\b(?!.*\b(?:was|were) charged)|how expensive|run me|set me back|what do you (?:charge|ask)|\bexpensive\b|(?:cheap|afford)\w*|how many dollars|going rate|what (?:would|will|does) (?:it|that|this) (?:run|come to)",
    Intent.ASK_ADDRESS: r"\bwhere (?:exactly )?(?:are|is) (?:you|your|the (?:office|shop|studio|store|place|clinic)|yall)\b|whats (?:your|the) (?:\w+ )?(?:address|location)|(?:your|the) (?:office |street |shop |studio )?(?:address|location)\b|where (?:do|should|can) (?:i|we) (?:go|come|find|park my)|how (?:do|can) (?:i|we) (?:get|find) (?:there|to you|you)|directions|where (?:are you|you)(?: guys| all)? (?:located|at|based)|where.{0,12} located|cross street|which (?:street|part of town)",
    Intent.ASK_SERVICES: r"\bwhat (?:kind|kinds|sort|sorts|type|types) of \w+ (?:do|can|are)|what (?:services?|treatments?|do you (?:do|offer|provide)|can you do|all do you)|do you (?:guys |also |even )?(?:do|offer|provide|fix|repair|handle|work (?:on|with)|treat|install|sell|carry|perform|shoot|inspect|service)\b(?! (?:you|i|we|weekends|sat|sun|on ))|(?:list|menu) of (?:your )?services|your services|can you (?:guys )?(?:fix|repair|do) (?!that|it\b)",
    Intent.ASK_INSURANCE: r"\binsur(?:ance|ed|er)\b|delta dental|blue cross|cigna|aetna|metlife|guardian|medicaid|medicare|humana|united ?health\w*|in network|dental plan|my plan|copay|ppo\b|hmo\b",
    Intent.ASK_FACT: r"\bpark(?:ing)?\b.*|(?:do|can|could|may|should) (?:you|i|we) (?:guys )?(?:take|accept|pay|bring|need to bring|wait|eat|drink|use)\b|payment (?:plan|option|method)s?|credit cards?|how long (?:does|will|is|do|would)|how (?:should|do) i prepare|wheelchair|accessible|wi ?fi|walk ?ins?|deposit|warranty|guarantee|licensed|insured|certified|how old do|minimum age|gift (?:card|certificate)s?|refund|cancell?ation (?:policy|fee)|emergency (?:service|hours)|speak spanish|languages?|website|email address|is there a|are there any|do you have (?:a |an |any )?(?!openings?|anything|availab|time|something|an appointment|slots?|space)\w+",
    Intent.MESSAGE: r"\b(?:leave|take|give|pass|send|relay|get) (?:\w+ ){0,3}(?:a |the |my )?message|(?:have|ask|tell|get|need|want|like) (?:\w+ ){0,2}(?:to )?(?:call|ring|phone|text|get back to) (?:me|us)\b|(?:call|ring|phone|text) me back|call ?back\b|(?:can|could|please|just) (?:you )?(?:please )?(?:tell|let|ask) (?:him|her|them|the \w+|dr \w+|doctor \w+|mr \w+|\w+)(?: know)? (?:that |i |know|to )|tell (?:him|her|them|the \w+) (?:that )?(?:i|we|its|my)|return(?:ing)? (?:my|your|his|her|a) call|get back to me|leave word",
    Intent.PERSON: r"\b(?:real|actual|live|human|another|different) (?:\w+ )?(?:person|human|agent|representative|operator|someone|somebody|being)|\b(?:talk|speak|speaking|talking|chat) (?:directly )?(?:to|with) (?:a |an |the |my |your |dr |doctor |mr |ms |mrs )?(?:human|person|someone|somebody|owner|manager|dentist|doctor|plumber|mechanic|receptionist|operator|representative|agent|boss|artist|therapist|photographer|realtor|inspector|locksmith|supervisor|staff|front desk|technician|people|[a-z]+)\b|(?:transfer|connect|forward|patch) (?:me|my call)|put me (?:through|on with)|\boperator\b|\brepresentative\b|get me (?:a|the|your) (?:human|person|manager|owner|supervisor)|is (?:the |a )?(?:owner|manager|dentist|doctor|plumber|mechanic|artist|photographer|\w+) (?:there|around|in today|available to talk)|^ (?:human|agent|person|a person|a human)(?: please)? $|hand me over|can i get (?:a|the) (?:human|person|manager)",
    Intent.ARE_YOU_A_ROBOT: r"\b(?:are you|is this|am i (?:talking|speaking) (?:to|with)|you|this is|youre|talking to|speaking to) (?:just |really |only |like )?(?:a |an |some |some kind of )?(?:real |actual |live )?(?:robot|bot|computer|machine|ai|human|person|recording|automated|artificial|chatbot|voicemail|answering machine|voice assistant|virtual)\b|(?:human or|real or) |another robot",
    Intent.WRONG_NUMBER: r"\bwrong (?:number|place|person|business|office)\b|(?:must have|have|i) (?:dialed|dialled|misdialed|misdialled|called) the wrong|misdial\w*|(?:didnt|did not) mean to call|dialed (?:this )?by mistake|(?:isnt|is not) (?:this )?(?:the )?(?:pizza|domino\w*)|butt dial\w*|pocket dial\w*|is this (?:pizza|dominos|walmart|the bank|the pharmacy|\w+s house)",
    Intent.SOLICITOR: r"\b(?:special offer|solar panels?|merchant services?|credit card processing|search engine|\bseo\b|google (?:listing|ranking|my business|business)|business (?:loan|funding|owner|line of credit)|extended warranty|car warranty|lower your (?:rates|bill|electric\w*|energy)|marketing (?:agency|services?|company)|website design|web design|person in charge of|decision maker|on behalf of|increase your (?:sales|leads|traffic|revenue)|free (?:quote for your business|trial of)|first page of google|your business (?:listing|qualifies|has been)|qualif(?:y|ies|ied) for (?:a )?(?:loan|funding)|we (?:offer|provide|help|specialize|are offering|have a special|work with) (?:\w+ ){0,3}(?:businesses|companies|business|owners|dentists|offices|shops|contractors)|payroll (?:service|solution)s?|who handles your|timeshare|survey|toner|office supplies|vending)",
    Intent.NOT_INTERESTED: r"\bnot interested|no longer interested|dont call (?:me )?(?:again|anymore)|stop calling|take me off your|(?:dont|do not) want (?:anything|it|your)|changed my mind i dont|just browsing|forget (?:about )?it|never ?mind(?! (?:cancel|make|the|lets|about))",
    Intent.REPEAT: r"\b(?:say|repeat|read)(?: \w+)? (?:that|it|again|them|this)(?: (?:again|back|once more|one more time))?(?= )|\brepeat\b|come again|\bpardon\b|excuse me(?= $)|^ (?:sorry |im sorry )?what(?: was that| did you say)? $|^ sorry $|^ huh $|what (?:was|were) (?:that|the (?:time|date|day|price|address|options?|times|first one))(?: again)?|didnt (?:catch|hear|get|understand) (?:that|you|it|what)|(?:cant|couldnt) (?:hear|understand) you|one more time|once more|could you speak (?:up|slower|louder)|slow down|what did you say|you (?:broke|cut) (?:up|out)",
    Intent.START_OVER: r"\bstart (?:over|again|from (?:the )?(?:beginning|scratch|top)|fresh)|begin again|from the (?:beginning|top|start)|(?:scrap|forget) (?:all|everything)|lets restart|reset|do over",
    Intent.HOLD_ON: r"\b(?:hold on|hang on|one (?:moment|second|sec|minute|min)|just a (?:moment|second|sec|minute|min|tick)|(?:give|gimme)(?: me)? (?:a|one|just a|another) (?:moment|second|sec|minute|min)|wait a (?:moment|second|sec|minute|min)|bear with me|let me (?:check|see|look|find|grab|get|think|pull)|hold please|be right back|a moment please|two seconds|one tick|^ wait $)",
    Intent.UNSURE: r"\b(?:not (?:really )?sure|im unsure|(?:dont|do not) (?:really )?know|no idea|no clue|not certain|hard to say|cant remember|(?:dont|do not) remember|cant say|couldnt (?:say|tell you)|who knows|i forget|i forgot|not positive|beats me|maybe i|undecided|havent decided|dunno|idk)\b",
    Intent.COMPLAINT: r"\b(?:complain\w*|complaint|ridiculous|unacceptable|terrible|awful|worst|rip ?off|ripped off|overcharg\w*|not happy|unhappy|disappointed|(?:second|third|fourth|fifth|\d(?:nd|rd|th)) time (?:i|im|ive|calling|today|this)|nobody (?:helps|called|calls|came|showed|answers|ever)|no one (?:helps|called|calls|came|showed|answers|ever)|never (?:called|came|showed|heard)|no show|refund|messed up|screwed up|botched|frustrat\w*|fed up|sue you|lawyer|bad review|better business bureau|poor service|rude|disgust\w*|still (?:broken|leaking|hurts|not fixed|isnt fixed|waiting)|(?:made|did) it worse|scam\w*|waste of)\b",
    Intent.GOODBYE: r"\b(?:bye|goodbye|good bye|bye bye|see (?:you|ya)(?! on (?:the|my))|take care|have a (?:good|great|nice|lovely|wonderful) (?:day|one|night|evening|weekend|afternoon)|talk (?:to you )?(?:later|soon)|so long|farewell|cheers then|thats (?:all|it)(?: for (?:now|today|me))?(?: thanks| thank you| i (?:need|needed|wanted))?(?= $)|(?:that will|thatll) be all|nothing else|im (?:all )?(?:set|done|good)(?= $| thanks| thank you)|hang up|got to go|gotta go|have to go)\b",
    Intent.THANKS: r"\b(?:thank|thanks|thankyou|thx|cheers|much appreciated|appreciate (?:it|that|you)|ty|grateful)\b",
    Intent.GREETING: r"^ (?:oh |um |uh |yes |yeah )?(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|yo|morning|hey there|hi there)\b",
}  # fmt: skip
_COMPILED: Final = {intent: re.compile(pattern) for intent, pattern in _PATTERNS.items()}
_NOT_WANTED: Final = re.compile(
    r"\b(?:dont|do not|not|didnt|did not|never|instead of|rather than|wouldnt)(?: (?:want|wanna|need|like|mean|looking|trying|wanting|asking|have|really|going|just))*(?: to| a| my)* "
    r"(cancel\w*|reschedul\w*|move|change|book|schedule)\b"
)
_NEVER_MIND_THAT: Final = re.compile(r"never ?mind (?:the |about )?(\w+)")


def find_intents(text: str) -> frozenset[Intent]:
    """Every intent that `text` shows; empty where it shows none.

    Refused wishes do not count: "I don't want to cancel, I want to move it" is to reschedule, not to cancel. Wishes
    about an existing appointment outweigh booking, and moving it outweighs cancelling it.
    """
    said = plain(text)
    found = {intent for intent, pattern in _COMPILED.items() if pattern.search(said)}
    if corrects(text) or re.match(r" (?:no )?(?:thats|that is|its|it is) (?:wrong|not right|incorrect)", said):
        found.add(Intent.CORRECTION)
    _drop_refused(said, found)
    _settle(said, found)
    return frozenset(found)


def _drop_refused(said: str, found: set[Intent]) -> None:
    for refused in _NOT_WANTED.finditer(said):
        word = refused[1]
        rest = said[: refused.start()] + " " + said[refused.end() :]
        for intent, stems in (
            (Intent.CANCEL, ("cancel",)), (Intent.RESCHEDULE, ("reschedul", "move", "change")), (Intent.BOOK, ("book", "schedule")),
        ):  # fmt: skip
            if word.startswith(stems) and not _COMPILED[intent].search(rest):
                found.discard(intent)


def _settle(said: str, found: set[Intent]) -> None:
    """Where patterns overlap, the more particular reading stays."""
    moves, cancels = Intent.RESCHEDULE in found, Intent.CANCEL in found
    if moves and cancels and not re.search(r"\bcancel\w*", said):
        found.discard(Intent.CANCEL)  # "I can't make it, can we find another day"
    elif (
        moves
        and cancels
        and re.search(r"\bcancel\w* (?:my|the|that|it|and)\b", said)
        and "reschedul" not in said
        and "move" not in said
    ) or (moves and cancels and re.search(r"reschedul\w*.*\b(?:never ?mind|no|actually).*\bcancel", said)):
        found.discard(Intent.RESCHEDULE)
    elif moves and cancels:
        found.discard(Intent.CANCEL)
    if "cancellation policy" in said or "cancellation fee" in said or "cancelation fee" in said:
        found.discard(Intent.CANCEL)
    if found & {Intent.RESCHEDULE, Intent.CANCEL, Intent.MY_APPOINTMENT}:
        found.discard(Intent.BOOK)
        found.discard(Intent.NOT_INTERESTED)
    if Intent.RESCHEDULE in found or Intent.CANCEL in found:
        found.discard(Intent.MY_APPOINTMENT)
    particular = {Intent.ASK_HOURS, Intent.ASK_PRICE, Intent.ASK_ADDRESS, Intent.ASK_SERVICES, Intent.ASK_INSURANCE}
    if found & (particular | {Intent.BOOK, Intent.CANCEL, Intent.RESCHEDULE}):
        found.discard(Intent.ASK_FACT)
    if Intent.ARE_YOU_A_ROBOT in found and not re.search(r"\b(?:speak|talk|put|transfer|connect|get me) ", said):
        found.discard(Intent.PERSON)
    if re.search(r"\b(?:speak|talk) (?:to|with) (?:a |an )?(?:real|actual|live)?", said) and not re.search(
        r"am i |are you |is this ", said
    ):
        found.discard(Intent.ARE_YOU_A_ROBOT)
    elif Intent.ARE_YOU_A_ROBOT in found:
        found.discard(Intent.PERSON)
    if Intent.HOLD_ON in found and Intent.CORRECTION in found and re.search(r"\bno\b|\bmake\b|\bi mean", said):
        found.discard(Intent.HOLD_ON)
    if Intent.SOLICITOR in found:
        found -= {Intent.BOOK, Intent.ASK_FACT, Intent.PERSON, Intent.ASK_SERVICES}
