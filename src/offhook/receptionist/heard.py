"""What a caller's turn tells for certain, noted by code before any model is asked.

So a model that dies is followed by another, or by the script, without a question asked twice. It is heard with the
script's own ears: a whole telephone number (or a part of one that was asked for), a name, an e-mail address. Only
what is empty in the form, or is being asked for, is noted; a change of mind is the model's to understand.
"""

import re
from typing import Final

from offhook.conversation.form import FormChange
from offhook.providers.llm import Request
from offhook.receptionist.business import Business
from offhook.receptionist.script.details import hear_name, hear_phone
from offhook.receptionist.script.draft import Draft, change_between
from offhook.receptionist.script.hearing import hear
from offhook.receptionist.understanding.email import find_email
from offhook.receptionist.understanding.name import find_name
from offhook.receptionist.understanding.phone import find_phone

_DIGITS: Final = re.compile(
    r"\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|hundred|\w+teen|\w+ty)\b"
)
_FEWEST_DIGITS: Final = 7
"""What is shorter is no telephone number; most turns are not looked at any further."""
_NAMES: Final = re.compile(r"\bname\b", re.IGNORECASE)
_MAIL: Final = re.compile(r"@|\b(?:at|e-?mail)\b", re.IGNORECASE)


def heard_change(business: Business, request: Request) -> FormChange | None:
    """The change of the form that the caller's last words make by themselves; None where they make none."""
    words = request.history[-1].text if request.history else ""
    draft = Draft(request, business)
    if draft.asks in {"phone", "name"}:
        heard = hear(draft, words)
        hear_phone(draft, heard)
        if draft.asks == "name" or draft.form.value("name") is None:
            hear_name(draft, heard)
    else:
        _hear_unasked(draft, words)
    if (draft.asks == "email" or draft.form.value("email") is None) and _MAIL.search(words):
        email = find_email(words, asked=draft.asks == "email")
        if email is not None:
            draft.note(email=email)
    change = change_between(request.form, draft.form)
    return change if change != FormChange() else None


def _hear_unasked(draft: Draft, words: str) -> None:
    """A whole number and a name that is called one, where the form has none yet."""
    if draft.form.value("phone") is None and len(_DIGITS.findall(words.lower())) >= _FEWEST_DIGITS:
        phone = find_phone(words, country=draft.country)
        if phone is not None and phone.e164 is not None and not phone.too_long:
            draft.note(phone=phone.e164)
    if draft.form.value("name") is None and _NAMES.search(words):
        name = find_name(words)
        if name is not None:
            draft.note(name=name.name)
