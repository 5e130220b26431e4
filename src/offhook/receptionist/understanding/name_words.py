"""Words that help to tell a name from everything else a caller may say when asked for one."""

import re
from typing import Final

from offhook.receptionist.understanding.words import each

FILLERS: Final = each(
    "uh um er erm ah oh hmm well so yeah yes yep ok okay sure hi hello hey please it's its it is that's thats "
    "right just of course certainly alright like you can and i'm im i am my name name's this under good "
    "morning afternoon evening daughter son wife husband mother mom father dad kid child friend partner boss "
    "brother sister named mum no sorry wait actually here speaking calling again thanks thank"
)
TITLES: Final = each("mr mrs ms miss mister missus dr doctor mr. mrs. ms. dr. professor sir madam ma'am")
PARTICLES: Final = each("de la del der den van von da di du dos das el al bin ibn le los las ter ten zu st san")
AFTER_A_NAME: Final = each(
    "and calling here speaking please thanks thank i i'd id i'm im my the at on with from by to but phone "
    "number for about if can could would is was how what who when where why a an not no or so sir ma'am again "
    "you we we're it it's because that that's phone. regarding need needs want wants have has just spelled "
    "spelt without"
)
NEVER_NAMES: Final = each(
    "about above after again all also always am an any anybody anyone anything are around as ask asking "
    "available away back bad be because been before being best better bleeding book booked booking both "
    "bother bothering broken but buy call called calling came can can't cant cancel car change check checking "
    "cleaning close closed come coming concerned confirm confused correct could curious currently customer "
    "day dentist did didn't do does doesn't doing don't dont done down driving each early either emergency "
    "end enough even ever every everything experiencing feel feeling fine first flexible flooded flooding "
    "follow for free from front full get getting give glad go going gonna good got great guess guys had happy "
    "hard has have haven't having he hear heard help helping her here hers him his hold home hoping house how "
    "however hungry hurry hurt hurting hurts i if in interested into is isn't it it's its i'd i'll i've just keep "
    "kind know last late later leak leaking leave left let like little lived living locked long look looking "
    "lost lot make making may maybe me mean message might mine moment more most move moving much must my near "
    "need needed needing never new next nice no nobody none nope nothing now of off office often ok okay old "
    "on once one only open or order other our out outside over own pain paying person phone picking possible "
    "pregnant pretty price problem question quick quickly quite rather ready really regarding returning "
    "ridiculous right running said same say schedule see selling send serious service set she should sick "
    "since sitting so some somebody someone something somewhere soon sorry sounds speak standing start "
    "starting still stop stranded stuck stupid such supposed sure talk tell terrible than thank thanks that "
    "that's the their them then there these they thing thinking third this those three through time tired to "
    "today tomorrow tonight too toothache tooth trapped trouble true trying two under unable unavailable "
    "uncomfortable until up urgent us use very wait waiting want wanted wanting was wasn't water way we week "
    "weekend well went were what what's when where which while who why will with without won't wondering work "
    "working worried would wrong"
    "years months ages corporate commercial yeah yep yes yesterday yet you you're your yourself number works perfect "
    "awful awesome amazing monday tuesday wednesday thursday friday saturday sunday morning afternoon evening "
    "noon midnight ten eleven twelve january february october november december appointment insurance "
    "appointments address estimate quote spelled spelt spell spelling letters letter dash hyphen apostrophe "
    "digits tattoo tattoos massage plumber mechanic inspection inspector inspect locksmith photographer "
    "realtor robot computer human machine real recording not afraid allergic annoyed angry upset bored busy "
    "done confident fed unsure uncertain positive nine eight seven six five four zero half quarter past few "
    "deadline contingency closing couple several cell mobile landline indoors indoor outdoors outdoor inside "
    "mall plaza island station airport center centre highway parkway parking garage apartment hospital "
    "christmas thanksgiving halloween xmas facebook instagram google yelp linkedin"
)
ALSO_FAMILY_NAMES: Final = each(
    "best case close day early fine free front good guess hard kind little long lot may nice price quick right still "
    "true way will"
)
"""Of these, those that are family names too: after a first name, as somebody types one."""
GIVEN_NAMES: Final = each(
    "aaron adam alan albert alex alice amanda amy ana andrea andrew angela anita ann anna anne anthony arthur "
    "ashley barbara ben benjamin beth betty brandon brenda brian bruce bryan carl carla carlos carmen carol "
    "caroline catherine charles cheryl chris christina christine christopher cindy claire claudia craig daniel "
    "daniela david dawn deborah debra denise dennis diana diane donald donna dorothy edward elena elizabeth ellen "
    "emily emma eric erica erin ethan eva evelyn fiona frances frank gary george gloria greg gregory hannah "
    "heather helen henry ian irene isabel jack jacob james jane janet jason jeff jeffrey jennifer jenny jeremy "
    "jessica jim joan joanna joe john jonathan jose joseph joshua joyce juan judith judy julia julian julie "
    "justin karen kate katherine kathleen kathy katie keith kelly kenneth kevin kimberly kyle larry laura lauren "
    "leo leonard lily linda lisa lucas lucia lucy luis luke madison margaret maria marie marilyn martha martin "
    "mary matthew megan melanie melissa mia michael michelle miguel mike monica nancy natalie nathan nicholas "
    "nicole nina noah nora olga olivia pamela patricia patrick paul paula peter philip priya rachel ralph raymond "
    "rebecca richard rita robert robin roger ronald rosa rose russell ruth ryan sam samantha samuel sandra sara "
    "sarah sean sharon sofia sonia sophia stephanie stephen steve steven susan tanya teresa thomas timothy tina "
    "tom tony tyler valerie vanessa vera veronica victoria vincent virginia walter wayne wendy william zoe"
)
"""Those that are hardly family names: who has told a family name and then one of these tells the first name."""
REFUSALS: Final = re.compile(
    r"(?i)\b(?:rather\s+not|don'?t\s+want\s+to|do\s+not\s+want\s+to|won'?t\s+(?:say|tell|give)|not\s+(?:going\s+to|telling|giving|comfortable)"
    r"|prefer\s+not|none\s+of\s+your|no\s+name|anonymous|why\s+do\s+you|do\s+i\s+have\s+to|do\s+you\s+(?:need|have)|what\s+for"
    r"|need\s+my\s+name|that'?s\s+private|skip\s+(?:that|it)|is\s+that\s+necessary|can'?t\s+say|never\s*mind|forget\s+it)\b"
)
_REQUEST: Final = re.compile(
    r"(?i)(?:\?\s*$|^(?:oh\s+|um+\s+|uh+\s+|wait[,\s]+|actually[,\s]+|but\s+|so\s+|and\s+)*(?:how|what|why|when|where|who|which|can|could|do|does"
    r"|is|are|will|would|may i|should)\b|\bi(?:'?d| would)\s+(?:like|rather|prefer|need)"
    r"|\bi\s+(?:need|want|have|just|can|don'?t|was|am looking)\b"
    r"|\bi'?m\s+(?:looking|calling|trying|in|not|at|on|bleeding)\b"
    r"|^(?:cancel|repeat|help|stop|hold on|hang on|goodbye|bye|one moment|just a|give me|let me)\b)"
)


def is_request(text: str) -> bool:
    """Whether a caller who was asked for a name asks or wants something instead."""
    return _REQUEST.search(text) is not None
