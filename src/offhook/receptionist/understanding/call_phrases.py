"""The phrases by which an intent is known that is about the call itself; written as those of `intent_phrases.py`."""

from typing import Final

CALL_PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "wrong_number": (
        r"\bwrong (?:number|place|person|business|office)\b",
        r"(?:must have|have|i) (?:dialed|dialled|misdialed|misdialled|called) the wrong",
        r"misdial\w*",
        r"(?:didnt|did not) mean to call",
        r"dialed (?:this )?by mistake",
        r"(?:isnt|is not) (?:this )?(?:the )?(?:pizza|domino\w*)",
        r"butt dial\w*",
        r"pocket dial\w*",
        r"is this (?:pizza|dominos|walmart|the bank|the pharmacy|\w+s house)",
    ),
    "solicitor": (
        r"\b(?:(?:from|with) (?:\w+ ){0,3}warranty|"
        r"special offer|solar panels?|merchant services?|credit card processing|search engine|\bseo\b|"
        r"google (?:listing|ranking|my business|business)|business (?:loan|funding|owner|line of credit)|"
        r"extended warranty|car warranty|lower your (?:rates|bill|electric\w*|energy)|marketing (?:agency|"
        r"services?|company)|website design|web design|person in charge of|decision maker|"
        r"on behalf of (?!my|his|her|our|their|a friend|mr|mrs|ms|dr)|"
        r"increase your (?:sales|leads|traffic|revenue)|free (?:quote for your business|trial of)|"
        r"first page of google|your business (?:listing|qualifies|has been)|qualif(?:y|ies|"
        r"ied) for (?:a )?(?:loan|funding)|we (?:offer|provide|help|specialize|are offering|have a special|"
        r"work with) (?:\w+ ){0,3}(?:businesses|companies|business|owners|dentists|offices|shops|"
        r"contractors)|payroll (?:service|solution)s?|who handles your|timeshare|survey|toner|"
        r"office supplies|vending)",
    ),
    "not_interested": (
        r"\bnot interested",
        r"no longer interested",
        r"dont call (?:me )?(?:again|anymore)",
        r"stop calling",
        r"take me off your",
        r"(?:dont|do not) want (?:anything|it|your)",
        r"changed my mind i dont",
        r"just browsing",
        r"forget (?:about )?it",
        r"never ?mind(?! (?:cancel|make|the|lets|about))",
    ),
    "repeat": (
        r"\b(?:say|tell me|give me|read) (?:the|your|my|those|these) (?:\w+ ){1,2}again\b",
        r"\b(?:say|repeat|read)(?: \w+)? (?:that|it|again|them|this)(?: (?:again|back|once more|"
        r"one more time))?(?= )",
        r"\brepeat\b",
        r"come again",
        r"\bpardon\b",
        r"excuse me(?= $)",
        r"^ (?:sorry |im sorry )?what(?: was that| did you say)? $",
        r"^ sorry $",
        r"^ huh $",
        r"\bwhat (?:do you|does (?:that|it|this)|did you) mean\b",
        r"^ (?:and |but |sorry )?(?:why|how come)(?: (?:do|would|did|are) you "
        r"(?:need|want|ask|asking)(?: \w+){0,4})? $",
        r"\bi (?:do not|dont) (?:understand|get it|follow)\b",
        r"what (?:was|were) (?:that|the (?:time|date|day|price|address|options?|times|first one))(?: again)?",
        r"didnt (?:catch|hear|get|understand) (?:that|you|it|what)",
        r"(?:cant|couldnt) (?:hear|understand) you",
        r"one more time",
        r"once more",
        r"could you speak (?:up|slower|louder)",
        r"slow down",
        r"what did you say",
        r"you (?:broke|cut) (?:up|out)",
    ),
    "start_over": (
        r"\bstart (?:over|again|from (?:the )?(?:beginning|scratch|top)|fresh)",
        r"begin again",
        r"from the (?:beginning|top|start)",
        r"(?:scrap|forget) (?:all|everything)",
        r"lets restart",
        r"reset",
        r"do over",
    ),
    "hold_on": (
        r"\b(?:hold on|hang on|one (?:moment|second|sec|minute|min)|just a (?:moment|second|sec|minute|min|"
        r"tick)|(?:give|gimme)(?: me)? (?:a|one|just a|another) (?:moment|second|sec|minute|min)|"
        r"wait a (?:moment|second|sec|minute|min)|bear with me|let me (?:check|see|look|find|grab|get|think|"
        r"pull)|hold please|be right back|a moment please|two seconds|one tick|^ wait $)",
    ),
    "unsure": (
        r"\b(?:not (?:really )?sure|im unsure|(?:dont|do not) (?:really )?know|no idea|no clue|not certain|"
        r"hard to say|cant remember|(?:dont|do not) remember|cant say|couldnt (?:say|tell you)|who knows|"
        r"i forget|i forgot|not positive|beats me|maybe i|undecided|havent decided|dunno|idk)\b",
    ),
    "complaint": (
        r"\b(?:complain\w*|complaint|ridiculous|unacceptable|(?:terrible|awful|worst)(?! (?:\w+ )?(?:pain|toothache|"
        r"ache|headache|noise|smell|sound|shape|leak|taste|at|i know|grinding|condition|memory))|rip ?off|ripped off|"
        r"overcharg\w*|not happy|unhappy|disappointed|(?:second|third|fourth|fifth|\d(?:nd|rd|"
        r"th)) time (?:i|im|ive|calling|today|this)|nobody (?:helps|called|calls|came|showed|answers|ever)|"
        r"no one (?:helps|called|calls|came|showed|answers|ever)|never (?:called|came|showed|heard|got|received)|"
        r"no show|(?:still )?(?:havent|have not) (?:received|gotten) (?:my|our|the|it|any|them)|"
        r"refund|messed up|screwed up|botched|frustrat\w*|fed up|sue you|(?:my|get a|from a|our) lawyer|bad review|"
        r"its been (?:\w+ ){1,3}(?:days|weeks|months)(?= $)|"
        r"better business bureau|poor service|rude|disgust\w*|still (?:broken|leaking|hurts|not fixed|"
        r"isnt fixed|waiting)|(?:made|did) it worse|furious|outraged|pissed|"
        r"(?:you|you guys|your \w+)(?: (?!i\b)\w+){0,8} missed (?:an?|the|that|my)|"
        r"(?:did|do|does) an? (?:bad|poor|lousy|sloppy) job|(?:you|you guys|your \w+|they) (?:scratched|dented|"
        r"damaged|ruined|broke|charged) (?:my|our|me|us)|"
        r"i never (?:booked|made|scheduled|ordered|asked for) (?:an?|any|anything|it|this|that)|"
        r"(?:made|been|be|theres|is) (?:a|some) mistake|"
        r"supposed to (?:have|get) (?:someone|somebody|a guy)|(?:someone|somebody|you|you guys|he|she|they|guy) "
        r"(?:was|were|is|are) supposed to|still not here|scammed|(?:its|this is) (?:all )?a scam|waste of)\b",
    ),
    "goodbye": (
        r"\b(?:bye|goodbye|good bye|bye bye|see (?:you|ya)(?! on (?:the|my))|take care|have a (?:good|great|"
        r"nice|lovely|wonderful) (?:day|one|night|evening|weekend|afternoon)|talk (?:to you )?(?:later|"
        r"soon)|so long|farewell|cheers then|thats (?:all|it)(?: for (?:now|today|me))?(?: thanks|"
        r" thank you| i (?:need|needed|wanted))?(?= $)|(?:that will|thatll) be all|nothing else|"
        r"im (?:all )?(?:set|done|good)(?= $| thanks| thank you)|hang up|got to go|gotta go|have to go)\b",
    ),
    "thanks": (r"\b(?:thank|thanks|thankyou|thx|cheers|much appreciated|appreciate (?:it|that|you)|grateful)\b",),
    "greeting": (
        r"^ (?:oh |um |uh |yes |yeah )?(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|"
        r"greetings|yo|morning|hey there|hi there)\b",
    ),
}
