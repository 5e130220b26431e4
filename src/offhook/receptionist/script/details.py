"""Name and telephone number: heard whenever they are said, in one go or in parts, corrected, or refused."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard, speaks_of_number
from offhook.receptionist.script.phrases import first_name, say_phone, varied
from offhook.receptionist.understanding.address import find_address
from offhook.receptionist.understanding.email import find_email
from offhook.receptionist.understanding.name import NameHeard
from offhook.receptionist.understanding.name_words import GIVEN_NAMES
from offhook.receptionist.understanding.phone import PhoneHeard, correct_phone, find_phone

_REFUSES_NUMBER = re.compile(
    r"\b(?:rather not|prefer not|don'?t (?:want|like|wish|feel|give)|won'?t give|not giv(?:e|ing)|refuse|no phone|"
    r"don'?t have (?:a |any )?(?:phone|number|cell)|don'?t know (?:the|my|his|her|that|it|which)|"
    r"(?:don'?t|can'?t|cannot) (?:remember|recall)|forgot (?:the|my|which)|private|none of your|"
    r"not comfortable|no number|skip (?:that|it)|do you need my (?:\w+ )?number|why\b|do i have to)\b",
    re.IGNORECASE,
)
_ONLY_NO = re.compile(
    r"^\W*(?:no|nope|nah)(?:\W+(?:no|thanks|thank you|way|sorry|i won'?t|i don'?t))*\W*$", re.IGNORECASE
)
_KNOWN_NUMBER = re.compile(
    r"\b(?:he|she|they|you|you guys)(?:'ve| already| should| must)* (?:has|have|got|know|knows) (?:already )?"
    r"(?:my number|my info|my details|it|that)\b|\bon file\b|\bsame number as\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:realtor|agent|broker|planner|assistant|lawyer|attorney)(?:'?s)? (?:name|is|called|named)\b|"
    r"\b(?:her|his|their) name\b.*\b(?:my|the|our) (?:realtor|agent|broker|planner|assistant|lawyer|attorney)\b",
    re.IGNORECASE,
)
"""Tells the name of somebody who is not to be written down."""
_OF_MINE = re.compile(
    r"\b(?:her|his|their|(?:son|daughter|kid|child|wife|husband|mother|father|mom|dad)(?:'?s)?) (?:\w+ )?name\b",
    re.IGNORECASE,
)
"""Tells the name of whom the appointment is for."""
_OWN = re.compile(r"\bmy (?:own )?name\b|\b(?:i'?m|i am|this is)\b", re.IGNORECASE)
_FIRST_NAME = re.compile(r"\b(?:first|given) name\b", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\b(?:no|not|number|phone|digits?|end(?:s|ing)?|last|area code|wrong|should be|actually|instead|sorry|it'?s)\b",
    re.IGNORECASE,
)
_DIGITS_ONLY = re.compile(r"^\W*(?:it'?s\W+)?\d[\d\s-]{3,}\W*$", re.IGNORECASE)
_THIS_LINE = re.compile(
    r"\b(?:(?:number|one|line|phone) (?:that )?i'?m (?:calling|on)|calling (?:you )?(?:from|on)|"
    r"this (?:number|one|phone|line)|caller id)\b",
    re.IGNORECASE,
)
_LENGTH_OF_TIME = re.compile(r"\b\w+ (?:minutes?|mins?|hours?|days?|weeks?|o'?clock|am|pm)\b", re.IGNORECASE)
_WITHOUT_AREA_CODE = 7
_AN_AGE = 2
_TELLS_AGE = re.compile(r"\b(?:i'?m|i am|he'?s|she'?s|years?|old|age|turned)\b", re.IGNORECASE)
_AN_HOUR = 4
"""Digits that a time of day has at most: "at 2", "at 10:30"."""
_PLAIN_NO = 3
"""Words of a no that tells nothing else."""
_SAME_NAME = 0.5
"""Likeness from which a name is another spelling of one that is known."""


def hear_phone(draft: Draft, heard: Heard) -> bool:
    """Take in a telephone number or a part of one; whether there was any."""
    asked = draft.asks == "phone"
    phone = heard.phone
    if phone is None:
        return _hear_correction(draft, heard)
    if phone.complete and phone.e164 and not phone.too_long:
        draft.note(phone=phone.e164, **{w.DIGITS: ""})
        return True
    if not asked:
        return _hear_correction(draft, heard)
    if len(phone.digits) == 1 and heard.count > _PLAIN_NO:
        return False  # "no, Ortega with an O"
    joined = _joined(draft, phone)
    if joined is not None:
        draft.note(phone=joined, **{w.DIGITS: ""})
        return True
    before = draft.value(w.DIGITS)
    if heard.when is not None and heard.when.at is not None and len(phone.digits) <= _AN_HOUR:
        return False
    if len(phone.digits) == _AN_AGE and _TELLS_AGE.search(heard.words):
        return False
    keep = "" if phone.too_long else phone.digits
    if before and len(before + keep) < 10 and not phone.too_long:
        keep = before + keep
    draft.note(**{w.DIGITS: keep})
    return True


def _joined(draft: Draft, phone: PhoneHeard) -> str | None:
    """The number that this part and the parts before make together, in either order."""
    before = draft.value(w.DIGITS)
    orders = (before + phone.digits, phone.digits + before)
    if len(before) == _WITHOUT_AREA_CODE:
        orders = orders[::-1]
    for digits in orders if before else ():
        whole = find_phone(digits, country=draft.country, asked=True)
        if whole is not None and whole.complete and whole.e164 and not whole.too_long:
            return whole.e164
    return None


def _hear_correction(draft: Draft, heard: Heard) -> bool:
    """No, it ends in 48: a correction of the number that the form holds."""
    known = draft.value("phone")
    if (heard.when is not None and draft.asks != "phone") or _LENGTH_OF_TIME.search(heard.words):
        return False  # "make it 11" speaks of the time
    about_it = draft.asks in {w.BOOK_OK, w.CHANGE_WHAT, w.MESSAGE_OK, w.CHANGE_OK, "phone"}
    if not known or not (about_it or speaks_of_number(heard.words)):
        return False
    if not (_CORRECTS.search(heard.words) or _DIGITS_ONLY.match(heard.words)) or find_address(heard.words) is not None:
        return False
    corrected = correct_phone(known, heard.words, country=draft.country)
    if corrected is None or corrected == known:
        return False
    draft.note(phone=corrected)
    return True


def hear_name(draft: Draft, heard: Heard) -> bool:
    """Take in a name; whether there was one."""
    name = heard.name
    known = draft.value("name")
    own = _OWN.search(heard.words) is not None
    if name is None or (not own and _OF_ANOTHER.search(heard.words) is not None):
        return False
    if known and draft.value(w.FOR_ANOTHER) and own:
        return True  # "her name is Lily Harper", and then "my name is Nancy"
    if _OF_MINE.search(heard.words) is not None:
        draft.note(**{w.FOR_ANOTHER: "yes"})
    fresh = _without_repeats(name.name)
    if name.spelled and known and fresh.lower() == known.replace(" ", "").lower():
        draft.note(**{w.SPELLED: known})  # the whole name in one run of letters
        return True
    if name.spelled:
        draft.note(**{w.SPELLED: " ".join(word for word in fresh.split() if _is_spelled(word, heard.words))})
    single = len(known.split()) == 1 == len(fresh.split())
    if draft.asks == "phone" and single and _likeness(known, fresh) < _SAME_NAME:
        given = fresh.lower() in GIVEN_NAMES and known.lower() not in GIVEN_NAMES
        first = given or _FIRST_NAME.search(heard.words) is not None  # else the surname comes after a pause
        draft.note(name=f"{fresh} {known}" if first else f"{known} {fresh}")
        return True
    draft.note(name=_merged(known, replace(name, name=fresh)) if known else fresh)
    return True


def _without_repeats(name: str) -> str:
    """Spoken and then spelled, or begun twice, it is written once."""
    words: list[str] = []
    for word in name.split():
        if word.lower() not in {*(each.lower() for each in words), "".join(words).lower()}:
            words.append(word)
    return " ".join(words)


def _is_spelled(word: str, told: str) -> bool:
    """Whether the letters of this word were told one by one."""
    return re.search(r"\b" + r"[\s.,-]+".join(word.lower()) + r"\b", told.lower()) is not None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _merged(known: str, new: NameHeard) -> str:
    """The known name with the word replaced that was spelled again or corrected."""
    words, fresh = known.split(), new.name.split()
    if len(fresh) != 1 or len(words) == 1:
        return new.name
    likeness = [_likeness(word, fresh[0]) for word in words]
    best = max(range(len(words)), key=lambda at: likeness[at])
    if likeness[best] < _SAME_NAME:
        if not new.spelled:
            return new.name
        best = len(words) - 1
    words[best] = fresh[0]
    return " ".join(words)


def ask_name(draft: Draft, purpose: str = "") -> None:
    """Ask whose name it is to be under."""
    again = draft.asks == "name" and not draft.said
    words = "And what name should I put down?" if again else purpose or "What name should I put it under?"
    draft.ask("name", QuestionKind.NAME, words)


def ask_phone(draft: Draft, purpose: str = "") -> None:
    """Ask for the number, or for what is missing of it."""
    digits = draft.value(w.DIGITS)
    caller_id = draft.value(w.CALLER_ID)
    if digits:
        heard = " ".join(_grouped(digits))
        missing = "the area code and number" if len(digits) < 3 else "the rest"
        if len(digits) == _WITHOUT_AREA_CODE:
            missing = "the area code"
        draft.ask("phone", QuestionKind.PHONE, f"I have {heard} so far. What's {missing}?")
    elif caller_id and not draft.value("phone") and not draft.value(w.NO_PHONE) and draft.asks != w.PHONE_OK:
        draft.ask(
            w.PHONE_OK, QuestionKind.YES_NO, f"Is {say_phone(caller_id, draft.country)} the best number to reach you?"
        )
    elif draft.asks == "phone":
        draft.ask("phone", QuestionKind.PHONE, "And the phone number, with the area code? You can also key it in.")
    else:
        name = first_name(draft.value("name"))
        plain = varied(name, "And the best phone number to reach you?", "And what's a good phone number for you?")
        thanks = f"Thanks, {name}." if name else ""
        draft.say(thanks)
        draft.ask("phone", QuestionKind.PHONE, purpose or plain)


def hear_email(draft: Draft, heard: Heard) -> bool:
    """Note an e-mail address; whether there was one. It takes the place of no number."""
    email = find_email(heard.words)
    if email is None:
        return False
    draft.note(email=email)
    if draft.asks == "phone" and not draft.value("phone"):
        draft.say("Thanks, I've noted that.")
    return True


def hear_phone_ok(draft: Draft, heard: Heard) -> bool:
    """The answer to whether the caller's own number is the one to use."""
    if draft.asks != w.PHONE_OK or heard.yes is None or heard.phone is not None:
        return False
    if heard.yes:
        draft.note(phone=draft.value(w.CALLER_ID))
    else:
        draft.note(**{w.CALLER_ID: ""})
    draft.settle()
    return True


def says_known(draft: Draft, heard: Heard) -> bool:
    """Whether the caller says that the number is there already."""
    return draft.asks == "phone" and heard.phone is None and _KNOWN_NUMBER.search(heard.words) is not None


def names_this_line(draft: Draft, heard: Heard) -> bool:
    """Whether the caller points to the number they call from, which is not known here: it has to be said."""
    return draft.asks == "phone" and heard.phone is None and _THIS_LINE.search(heard.words) is not None


def ask_number_of_line(draft: Draft) -> None:
    """Ask for the number of a line that shows none."""
    draft.ask("phone", QuestionKind.PHONE, "I can't see the number you're calling from. Could you tell me, please?")


def refuses_phone(draft: Draft, heard: Heard) -> bool:
    """Whether the caller would not give the number that was just asked for."""
    if draft.asks != "phone" or heard.phone is not None:
        return False
    return _REFUSES_NUMBER.search(heard.words) is not None or _ONLY_NO.match(heard.words) is not None


def _grouped(digits: str) -> list[str]:
    if len(digits) <= 3:
        return [digits]
    head, tail = digits[:3], digits[3:]
    return [head, tail] if len(tail) <= 4 else [head, tail[:3], tail[3:]]
