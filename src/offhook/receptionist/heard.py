"""What a caller's turn tells for certain, noted by code before any model is asked.

So a model that dies is followed by another, or by the script, without a question asked twice. It is heard with the
script's own ears: a whole telephone number (or a part of one that was asked for), a name, an e-mail address. Only
what is empty in the form, or is being asked for, is noted; a change of mind is the model's to understand.
"""

from offhook.conversation.form import Form, FormChange
from offhook.providers.llm import Request
from offhook.receptionist.business import Business
from offhook.receptionist.form_notes import DIGITS
from offhook.receptionist.script.details import hear_name, hear_phone
from offhook.receptionist.script.draft import Draft, change_between
from offhook.receptionist.script.hearing import hear
from offhook.receptionist.understanding.email import find_email

_LITTLE = 2
"""Letters below which nothing is told."""


def heard_change(business: Business, request: Request) -> FormChange | None:
    """The change of the form that the caller's last words make by themselves; None where they make none."""
    words = request.history[-1].text if request.history else ""
    if len(words.strip()) <= _LITTLE:
        return None
    draft = Draft(request, business)
    heard = hear(draft, words)
    if _is_open(request.form, "phone", draft.asks):
        hear_phone(draft, heard)
    if _is_open(request.form, "name", draft.asks):
        hear_name(draft, heard)
    if _is_open(request.form, "email", draft.asks):
        email = find_email(words, asked=draft.asks == "email")
        if email is not None:
            draft.note(email=email)
    change = change_between(request.form, draft.form)
    return change if change != FormChange() else None


def _is_open(form: Form, field: str, asks: str) -> bool:
    return form.value(field) is None or asks == field or (field == "phone" and form.value(DIGITS) is not None)
