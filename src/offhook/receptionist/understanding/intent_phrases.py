"""The phrases by which an intent is known that is a wish or a question; see `intent.py`.

Regular expressions over bare words: lower case, no apostrophes, single spaces, a space at both ends. `<appointment>`
stands for any word for one, `<mine>` for "my appointment".
"""

from typing import Final

from offhook.receptionist.understanding.relatives import RELATIVES

APPOINTMENT: Final = (
    r"(?:appointment|booking|reservation|session|slot|visit|inspection|cleaning|shoot|consultation|"
    r"consult|showing|viewing|time|check ?up|massage|touch ?up|valuation|walk ?through)"
)
MINE: Final = r"(?:my|the|our|an existing|that|this)(?: \w+){0,2} <appointment>"
PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "cancel": (
        r"\bcancel(?:l?ing|l?ation|led)?\b",
        r"call(?:ing)? (?:it|that) off",
        r"take me off the (?:books|schedule|calendar|list)",
        r"(?:dont|do not|no longer) need (?:the|my|that) <appointment>",
        r"(?:get rid of|drop|delete|remove) <mine>",
        r"scrap (?:the|my) <appointment>",
        r"wont be (?:able to (?:come|make)|coming|needing)",
        r"(?:cant|cannot|not able to|unable to) make it(?! (?:any )?(?:later|earlier))",
    ),
    "reschedule": (
        r"\bmake (?:it|that) (?:a (?:bit|little) )?(?:earlier|later|sooner)\b",
        r"make a change\b",
        r"(?:cant|cannot|can not|wont be able to|not able to|unable to|not going to) (?:make|keep|attend|come to|"
        r"get to|make it to) <mine>",
        r"something(?:s)? (?:came|has come|come) up\b",
        r"\bcant (?:make|do) (?:it|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|today|tomorrow)\b.* (?:can|could) "
        r"(?:we|i|you|it)\b",
        r"cancel\w*\b.* (?:and|then) (?:re)?(?:book|schedule|make)\b.* (?:instead|another|a new|a different)\b",
        r"\bre ?schedul\w*",
        r"\bre ?book\w*",
        r"(?:move|push|shift|bump|switch|change|swap|bring|postpone|delay|moving|changing|"
        r"switching) (?:back |up |forward )?<mine>",
        r"(?:move|push|shift|switch|change|bring) (?:it|that|mine|this|them)(?: \w+){0,2} (?:to|back|up|"
        r"forward|for|from|until|earlier|later)\b",
        r"(?:want|need|like|have|rather|just|can i|can we|could i|could we|please) (?:to )?(?:move|"
        r"reschedule|postpone|push|shift) (?:it|that)\b",
        r"(?:find|pick|get|choose|try|do|make it|set) (?:me )?(?:another|a different|some other) (?:day|"
        r"time|date|<appointment>)",
        r"postpone",
        r"different (?:day|time) for my",
        r"(?:come|get) (?:in )?(?:earlier|later|sooner) (?:than|instead)",
        r"(?:an )?(?:earlier|later) <appointment> instead",
        r"change the (?:day|date|time)",
        r"move my\b",
        r"(?:push|shift|bump|switch|change|reschedule|postpone) my (?:\w+ ){1,3}(?:to|until)\b",
    ),
    "my_appointment": (
        r"\b(?:when|what (?:time|day|date)) (?:is|was|are|s) <mine>",
        r"whens <mine>",
        r"(?:has|have|had|got) an? (?:\w+ ){0,2}<appointment>\b.* (?:what time|when|which day|what day)\b",
        r"\b(?:what (?:time|day|date)|when) (?:my|our) <appointment>",
        r"\bwhen(?:s| is| was) (?!the |your |my |our |an? |next |first |this )(?:\w+ ){1,3}<appointment>",
        r"when am i (?:coming|booked|scheduled|supposed|due|in)",
        r"what (?:time|day) (?:am i|is mine|was i|did i book|do i come)",
        r"(?:check|confirm|verify|look up|find|remind me (?:of|about|when)) (?:on |when )?(?:my|our|"
        r"i)\b(?: \w+){0,3} <appointment>",
        r"do i (?:still )?have an? <appointment>",
        r"am i (?:still )?(?:booked|scheduled|confirmed|on (?:the|your|for)|(?:set|good|down) for)",
        r"forgot when my",
        r"appointment reminder",
        r"(?:i (?:think|believe) )?i have one (?:on|with you)\b",
        r"is my <appointment> (?:still|confirmed|on|at)",
        r"when (?:do|should) i come in",
    ),
    "book": (
        r"\b(?:send|get) (?:\w+ )?(?:someone|somebody|a \w+|help)(?: \w+)? (?:out|over|here|to)\b",
        r"(?:can|could|please|will) you (?:guys )?send (?:someone|somebody|a \w+|help)",
        r"take a look\b",
        r"do you have (?:anything|something|a spot|time|any time|space|room)\b(?! (?:earlier|later|"
        r"sooner|else|cheaper|for less))",
        r"what (?:times?|days?|appointments?|slots?) (?:do you|are|have you|can)\b(?! (?:open|close))",
        r"(?:earliest|soonest|first) (?:you can|you have|you could|time|day|available)",
        r"how soon (?:can|could|would|do)",
        r"see (?:the|this|that|your|a) (?:house|property|place|listing|home|apartment|condo|unit)\b",
        r"looking for an? (?:\w+ ){0,2}(?:photographer|inspector|plumber|locksmith|mechanic|dentist|"
        r"massage therapist|therapist|tattoo artist|artist|realtor|agent)\b",
        r"\b(?:book|schedule|reserve|arrange)\b(?! my\b.* (?:to|for) (?:another|a different))",
        r"(?:make|set up|get|have|need|want|like|setting up|making|take) an? (?:\w+ ){0,3}<appointment>\b",
        r"(?:any|some|an?|got|have|earliest|next|first|soonest) (?:\w+ )?(?:openings?|availability|"
        r"available|slots?|free time|space)",
        r"are you (?:free|available)",
        r"availab(?:le|ility)\b",
        r"(?:come|get|fit me|squeeze me|pop|bring (?:it|her|him|my \w+)|be seen|stop|swing|drop (?:it|her|"
        r"him|my \w+)) (?:me )?(?:in|by|off)\b(?! (?:for|from) (?:work|vacation))",
        r"(?:can|could|have|need|want|send|like|get) (?:\w+ )?(?:somebody|someone|a plumber|a locksmith|"
        r"a technician|a mechanic|a tech|an inspector|you|you guys|a guy) (?:to )?(?:come|out|over|to come|"
        r"fix|look|inspect|shoot|photograph)",
        r"come out (?:and|to|here)",
        r"see (?:the|a) (?:dentist|doctor|therapist|hygienist|artist|mechanic)",
        r"(?:need|want|like|get|looking for|looking to get|interested in|after|have)(?: to (?:get|"
        r"have))? (?:an? |my |some )?(?:\w+ ){0,2}(?:cleaning|check ?up|oil change|massage|tattoo|"
        r"inspection|filling|crown|root canal|whitening|photo ?shoot|portraits?|photos|tune ?up|exam|"
        r"rekey\w*|consultation|showing|viewing|brakes?|inspected|cleaned|repaired|fixed|looked at)",
        r"sign me up",
        r"(?:need|want|like|have) to bring (?:in (?:my|our|both|the)|(?:my|our) (?:\w+ )?(?:kids?|child|children|sons?|"
        r"daughters?|car|truck))\b",
        r"(?:another|one more|a second|the same|same) (?:one |thing |appointment |session )?for (?:my|our|me|him|"
        r"her)\b",
        r"\b(?:need|want|like|get|have|make|book|schedule) one (?:as well |too |also )?for "
        rf"(?:(?:my|our) (?:{RELATIVES}|kids?)|him|her|them|me)\b",
        r"put me (?:down|in)\b",
        r"can you (?:see|take|fit) me",
        r"when (?:can|could) (?:i|you|we) (?:come|get|see|do|fit)",
        r"(?:an )?appointment (?:please|for|on|tomorrow|today|next|this)",
        r"^ (?:an )?appointment $",
        r"(?:id|i would) like to come\b",
        r"new appointment",
        r"need (?:a|an|the) (?:plumber|locksmith|mechanic|dentist|photographer|inspector|realtor)",
        r"need to (?:come in|be seen|see)",
    ),
    "ask_hours": (
        r"\b(?:what|which) (?:are )?(?:your |the )?(?:opening |business |office |shop |store )?(?:hours|days)",
        r"(?:your|opening|business|office|holiday|weekend) hours",
        r"how late",
        r"(?:evening|weekend|night|early morning|after hours) (?:appointments|slots)",
        r"how early",
        r"(?:when|what time|until when|til when) (?:do|are|will|does) (?:you|yall|the \w+|it|they)(?: guys|"
        r" all)? (?:\w+ )?(?:open|close|closed|shut)",
        r"(?:are|is|will) (?:you|it|the \w+|yall|they)(?: guys| all)? (?:be )?(?:still )?(?:\w+ )?(?:open|"
        r"closed|closing)\b",
        r"do you (?:guys )?(?:open|close|work) (?:on|at|before|after|early|late|sat|sun|week|today|tomorrow|"
        r"new|christmas)",
        r"open (?:today|tomorrow|right now|now|on (?:the )?(?:week|sat|sun|mon|holi|christ|thanks|new)|"
        r"saturday|sunday|late|weekends)",
        r"whats the latest you",
        r"hours (?:please|today|of operation)",
        r"do you (?:guys )?(?:do|work|come|have|take|offer) (?:any )?(?:on )?(?:the )?"
        r"(?:weekend|saturday|sunday|evening|night|holiday)s?\b",
        r"do you (?:guys |ever |also )?(?:do|work|come|make|go|send|fix|repair|service)\b(?: \w+){0,4} (?:on )?"
        r"(?:a |the )?(?:weekend|saturday|sunday|holiday)s?\b",
        r"closing time",
        r"opening time",
    ),
    "ask_price": (
        r"\bhow much\b(?! (?:longer|time))",
        r"\b(?:price|prices|pricing|rate|rates|cost|costs|fee|fees|charge|charges|quote|estimate|"
        r"ballpark)\b(?!.*\b(?:was|were) charged)",
        r"(?:whats|what is|how much is) (?:the|my) total\b",
        r"how expensive",
        r"run me",
        r"set me back",
        r"what do you (?:charge|ask)",
        r"\bexpensive\b",
        r"(?:cheap|afford)\w*",
        r"how many dollars",
        r"going rate",
        r"what (?:would|will|does) (?:it|that|this) (?:run|come to)",
    ),
    "ask_address": (
        r"\bwheres (?:your|the|this)\b",
        r"\bwhere (?:exactly )?(?:are|is) (?:you|your|the (?:office|shop|studio|store|place|clinic)|yall)\b",
        r"whats (?:your|the) (?:\w+ )?(?:address|location)",
        r"(?:your|the) (?:office |street |shop |studio )?(?:address|location)\b",
        r"where (?:do|should|can) (?:i|we) (?:go|come|find|park my)",
        r"how (?:do|can) (?:i|we) (?:get|find) (?:there|to you|you)",
        r"directions",
        r"where (?:are you|you)(?: guys| all)? (?:located|at|based)",
        r"where.{0,12} located",
        r"cross street",
        r"which (?:street|part of town)",
    ),
    "ask_services": (
        r"\bwhat (?:kind|kinds|sort|sorts|type|types) of \w+ (?:do|can|are)",
        r"what (?:services?|treatments?|do you (?:do|offer|provide)|can you do|all do you)",
        r"do you (?:guys |also |even )?(?:do|offer|provide|fix|repair|handle|work (?:on|with)|treat|install|"
        r"sell|carry|perform|shoot|inspect|service)\b(?! (?:you|i|we|weekends|sat|sun|on ))",
        r"(?:list|menu) of (?:your )?services",
        r"your services",
        r"can you (?:guys )?(?:fix|repair|do) (?!that|it\b)",
        r"can (?:i|we) (?:also )?get (?:an? )?(?!in\b|there|to\b|you|your|the\b|my\b|it\b|that|this|some|any|an?\b|"
        r"call|quote|estimate|price|person|human|spot|slot|time|earlier|later|direction|help|\w+ <appointment>|"
        r"<appointment>)",
    ),
    "ask_insurance": (
        r"\binsur(?:ance|ed|er)\b",
        r"delta dental",
        r"blue cross",
        r"cigna",
        r"aetna",
        r"metlife",
        r"guardian",
        r"medicaid",
        r"medicare",
        r"humana",
        r"united ?health\w*",
        r"in network",
        r"dental plan",
        r"my plan",
        r"copay",
        r"ppo\b",
        r"hmo\b",
    ),
    "ask_fact": (
        r"\b(?:whats|what is) your (?:phone |fax |telephone )?number\b",
        r"(?:have|got|ask) (?:just )?(?:a|one|another|some|a few) (?:quick )?questions?\b",
        r"\bpark(?:ing)?\b.*",
        r"(?:do|can|could|may|should) (?:you|i|we) (?:guys )?(?:take|accept|pay|bring|need to bring|wait|"
        r"eat|drink|use)\b",
        r"payment (?:plan|option|method)s?",
        r"credit cards?",
        r"how long (?:does|will|is|do|would)",
        r"how (?:should|do) i prepare",
        r"wheelchair",
        r"accessible",
        r"wi ?fi",
        r"walk ?ins?",
        r"deposit",
        r"warranty",
        r"guarantee",
        r"licensed",
        r"insured",
        r"certified",
        r"how old do",
        r"minimum age",
        r"gift (?:card|certificate)s?",
        r"refund",
        r"cancell?ation (?:policy|fee)",
        r"emergency (?:service|hours)",
        r"speak spanish",
        r"languages?",
        r"website",
        r"email address",
        r"is there a",
        r"are there any",
        r"do you have (?:a |an |any )?(?!openings?|anything|availab|time|something|an appointment|slots?|"
        r"space)\w+",
    ),
    "message": (
        r"\b(?:tell|let) (?:dr|doctor|mr|mrs|ms)? ?\w+(?: know)? (?:that |im |i |we |my )",
        r"running (?:a (?:bit|little) )?late\b",
        r"\b(?:left|forgot|lost) (?:my|a|an|some)(?: \w+){1,3} (?:there|behind|(?:in|at|with|on) (?:your|you|the)\b)",
        r"(?:can|could|please|would|should|will) (?:please )?(?:someone|somebody|anyone|you|they|he|she|the \w+)"
        r"(?: \w+)? (?:please )?(?:call|ring|phone|text) me\b",
        r"(?:someone|somebody|you) (?:just )?called me\b",
        r"missed (?:a |your )?call\b",
        r"\b(?:leave|take|give|pass|send|relay|get) (?:\w+ ){0,3}(?:a |the |my )?message",
        r"(?:have|ask|tell|get|need|want|like) (?:\w+ ){0,2}(?:to )?(?:call|ring|phone|text|"
        r"get back to) (?:me|us)\b",
        r"(?:call|ring|phone|text) (?:me|us) back",
        r"\bjust (?:call|ring|phone|text) me\b",
        r"(?<!ill )(?<!i will )(?<!i can )(?<!well )\bcall ?back\b",
        r"(?:can|could|please|just) (?:you )?(?:please )?(?:tell|let|ask) (?:him|her|them|the \w+|dr \w+|"
        r"doctor \w+|mr \w+|\w+)(?: know)? (?:that |i |know|to )",
        r"tell (?:him|her|them|the \w+) (?:that )?(?:i|we|its|my)",
        r"return(?:ing)? (?:my|your|his|her|a) call",
        r"get back to me",
        r"leave word",
        r"(?:just|please|can you|could you|you can) (?:please )?(?:tell|let) (?!me\b|us\b)(?:the |dr |mr |ms )?\w+ \w+",
    ),
    "person": (
        r"\bis (?:dr|doctor|mr|mrs|ms) \w+ (?:there|in|around|available|free)\b",
        r"\b(?:real|actual|live|human|another|different) (?:\w+ )?(?:person|human|agent|representative|"
        r"operator|someone|somebody|being)",
        r"\b(?:talk|speak|speaking|talking|chat) (?:directly )?(?:to|with) (?:a |an |the |my |your |dr |"
        r"doctor |mr |ms |mrs )?(?:human|person|someone|somebody|owner|manager|dentist|doctor|plumber|"
        r"mechanic|receptionist|operator|representative|agent|boss|artist|therapist|photographer|realtor|"
        r"inspector|locksmith|supervisor|staff|front desk|technician|people|[a-z]+)\b",
        r"(?:transfer|connect|forward|patch) (?:me|my call)",
        r"put me (?:through|on with)",
        r"\boperator\b",
        r"\brepresentative\b",
        r"get me (?:a|the|your) (?:human|person|manager|owner|supervisor)",
        r"is (?:the |a )?(?:owner|manager|dentist|doctor|plumber|mechanic|artist|photographer|(?!any|some|it |this |"
        r"that |there )\w+) "
        r"(?:there|around|in today|available to talk)(?= $| today| now| right| please| at the| by any| so | to )",
        r"^ (?:human|agent|person|a person|a human)(?: please)? $",
        r"hand me over",
        r"can i get (?:a|the) (?:human|person|manager)",
    ),
    "are_you_a_robot": (
        r"\bwho am i (?:speaking|talking) (?:to|with)\b",
        r"(?:whats|what is) your name\b",
        r"who (?:is|are) (?:this|you)\b",
        r"\b(?:are you|is this|am i (?:talking|speaking) (?:to|with)|you|this is|youre|talking to|"
        r"speaking to) (?:just |really |only |like )?(?:a |an |some |some kind of )?(?:real |actual |"
        r"live )?(?:robot|bot|computer|machine|ai|human|person|recording|automated|artificial|chatbot|"
        r"voicemail|answering machine|voice assistant|virtual)\b",
        r"(?:human or|real or) ",
        r"another robot",
    ),
}
