"""A message: what about, who, which number, read back, and only then left."""

import re

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import details
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import ask_for_more, say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard, is_name_alone
from offhook.receptionist.script.phrases import say_phone
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.phone import is_number_alone

_LEAD = re.compile(
    r"^.*?\b(?:(?:leave|take|give|pass|send)\b[^,.;:]*?\bmessage\b"
    r"(?: for (?:him|her|them|you|(?:the |your |dr\.? |mr\.? |mrs\.? |ms\.? )?\w+))?(?: on)?"
    r"|(?:tell|let) (?:him|her|them|the \w+|(?:dr\.? |doctor |mr\.? |mrs\.? |ms\.? )?\w+)(?: know)?)"
    r"(?: then| please)?(?:,|:| that| saying| to say| about)?\s*",
    re.IGNORECASE,
)
_URGENT = re.compile(r"\b(?:urgent(?:ly)?|emergency|asap|as soon as possible|right away|immediately)\b", re.IGNORECASE)
_NOT_URGENT = re.compile(r"\b(?:not|isn'?t|nothing|no)\b[^.,]{0,20}\burgent\b|\bno (?:rush|hurry)\b", re.IGNORECASE)
_SAID = re.compile(
    r"^\W*(?:no|nope|wait|sorry|actually)\b[\s,.]*(?:(?:i said|i meant|it'?s|it should (?:say|be)|"
    r"the message is|say|make it)\b[\s,:]*)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning)\b.{4,}", re.IGNORECASE)
_ADDRESSEE = re.compile(r"\b(?:for|[Tt]ell|[Ll]et) ((?:(?:Dr|Mr|Mrs|Ms)\.? )?[A-Z][a-z]+)\b")
_HAVE_CALL = re.compile(r"\b(?:[Hh]ave|[Aa]sk|[Gg]et|[Cc]an|[Cc]ould) ([A-Z][a-z]+) (?:to )?(?:call|ring|phone|text)\b")
_INTRODUCES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|yes|yeah)\W+)*(?:it'?s|this is|i'?m|i am|(?:my )?name is)\b", re.IGNORECASE
)
_ENOUGH_WORDS = 3
_NO_MORE = "Please call back."
_PASSED_ON = frozenset({Intent.MESSAGE, Intent.COMPLAINT, Intent.THANKS, Intent.ASK_FACT})
"""What a caller may mean who adds something to a message."""
_SMALL_TALK = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok|okay|please|thanks|thank you|no|hello|hi)\b[\s,.!]*", re.IGNORECASE
)


def start_message(draft: Draft, text: str = "") -> None:
    """A message is wanted, or is what is left to offer."""
    draft.want(Wants.MESSAGE)
    if text:
        draft.note(message=text)


def message_in(words: str) -> str:
    """What the words want passed on, if they say it already."""
    rest = _LEAD.sub("", words, count=1).strip(" .,:;!?-") if _LEAD.match(words) else ""
    if len(rest.split()) >= _ENOUGH_WORDS:
        rest = re.sub(r"^to (?=\w+ \w+)", "please ", rest)
        return _sentence(addressed(addressee_in(words), rest))
    about = re.search(
        r"\b(?:(?:have|ask|get) (?:\w+ ){1,2}(?:to )?)?"
        r"(?:call|ring|phone|get) (?:me )?(?:back|a call)\b.*?\b(?:about|regarding|because|to)\b.+",
        words,
        re.IGNORECASE,
    )
    if about is None:
        return ""
    wish = about.group(0)[:1].lower() + about.group(0)[1:].replace("back?", "back.")
    return addressed(addressee_in(words), f"Please {wish}")


def addressee_in(words: str) -> str:
    """Whom a message is for, where a name was said: "tell Tom", "a message for Dr. Park"."""
    lead = _LEAD.match(words)
    named = _ADDRESSEE.search(lead.group(0)) if lead is not None else _HAVE_CALL.search(words)
    return named.group(1) if named is not None else ""


def addressed(addressee: str, text: str) -> str:
    """The text with whom it is for, unless it says so itself."""
    return f"For {addressee}: {text}" if addressee and addressee not in text else text


def add_to_message(draft: Draft, words: str) -> None:
    """Add a sentence to what is to be passed on."""
    before = draft.value("message").removesuffix(_NO_MORE).rstrip()
    stop = "" if before[-1:] in {"", ".", "?", "!", ":"} else "."
    draft.note(message=f"{before}{stop} {_sentence(words)}".strip())


def hear_urgency(draft: Draft, words: str) -> None:
    """Note whether the caller says that it is urgent, or that it is not."""
    if _NOT_URGENT.search(words):
        draft.drop("urgent")
    elif _URGENT.search(words):
        draft.note(urgent="yes")


def hear_message(draft: Draft, heard: Heard) -> bool:
    """Take in the words that are to be passed on; whether there were any."""
    if draft.asks != "message":
        return False
    words = _SMALL_TALK.sub("", heard.words).strip()
    says_nothing = heard.count <= 2 and (heard.yes is not None or Intent.UNSURE in heard.intents)
    if not words or says_nothing or is_name_alone(heard) or is_number_alone(heard.words, heard.phone):
        return False
    draft.note(message=message_in(heard.words) or addressed(draft.value(w.ADDRESSEE), words))
    return True


def go_on_message(draft: Draft) -> None:
    """Ask for the next thing that is missing, or read the message back."""
    if draft.asks == "message" and not draft.value("message") and draft.value("name") and draft.value("phone"):
        draft.note(
            message=addressed(draft.value(w.ADDRESSEE), _NO_MORE)
        )  # enough, for one who tells who they are and not what about
    if not draft.value("message"):
        if draft.asks == "message":
            draft.ask("message", QuestionKind.OPEN, "In a few words, what should I tell them?")
        else:
            draft.ask("message", QuestionKind.OPEN, "Sure, I'll take a message. What is it about?")
        return
    if not draft.value("name"):
        details.ask_name(draft, "And your name, please?")
        return
    if not draft.value("phone") and draft.count(w.NO_PHONE) < 2:
        details.ask_phone(draft)
        return
    number = draft.value("phone")
    reach = f" at {say_phone(number, draft.country)}" if number else ", without a number"
    draft.note(**{w.READ_BACK: fingerprint(draft)})
    text = draft.value("message").rstrip(". ")
    stop = "" if text[-1:] in "?!" else "."
    draft.ask(
        w.MESSAGE_OK,
        QuestionKind.YES_NO,
        f"So the message is: {text}{stop} From {draft.value('name')}{reach}. Is that right?",
    )


def fingerprint(draft: Draft) -> str:
    """What a yes to the read-back stands for."""
    return "|".join(draft.value(field) for field in ("message", "name", "phone"))


def message_turn(draft: Draft, heard: Heard) -> bool:
    """One turn while a message is taken; whether it got on."""
    asks = draft.asks
    hear_urgency(draft, heard.words)
    introduced = heard.name is not None and (heard.phone is not None or is_name_alone(heard))
    told = not introduced and hear_message(draft, heard)
    whole_number = heard.phone is not None and heard.phone.complete
    numbered = (not told or whole_number) and (details.hear_phone_ok(draft, heard) or details.hear_phone(draft, heard))
    named = (not told or _INTRODUCES.match(heard.words) is not None) and details.hear_name(draft, heard)
    if asks == w.MESSAGE_OK:
        return _answer_read_back(draft, heard, corrected=numbered or named)
    if details.says_known(draft, heard):
        draft.note(**{w.NO_PHONE: "2"})
        go_on_message(draft)
        return True
    again = asks == "phone" and draft.count(w.NO_PHONE) > 0 and Intent.REPEAT not in heard.intents
    if not numbered and (again or details.refuses_phone(draft, heard)):
        draft.note(**{w.NO_PHONE: str(draft.count(w.NO_PHONE) + 1)})
        if draft.count(w.NO_PHONE) < 2:
            draft.ask(
                "phone", QuestionKind.PHONE, "Without a number nobody can call you back. Which number may they use?"
            )
            return True
        go_on_message(draft)
        return True
    if asks in {"name", "phone"} and _tells_more(heard) and not (told or numbered or named):
        add_to_message(draft, heard.words)
        draft.say("I've noted that.")
        told = True
    if not (told or numbered or named):
        return False
    if not told:
        _hear_more(draft, heard)
    go_on_message(draft)
    return True


def _tells_more(heard: Heard) -> bool:
    """Whether the words, which were no answer, are something else to be passed on."""
    plain = heard.intents <= _PASSED_ON and not heard.words.rstrip().endswith("?")
    return (
        plain
        and heard.count >= _ENOUGH_WORDS
        and (heard.yes is None or bool(heard.intents & {Intent.MESSAGE, Intent.COMPLAINT}))
    )


def _hear_more(draft: Draft, heard: Heard) -> None:
    """What it is about may be told with the name: "Joan Baxter, about the Hicks Street apartment"."""
    about = _ABOUT.search(heard.words)
    if about is not None and about.group(0).lower() not in draft.value("message").lower():
        add_to_message(draft, about.group(0).strip(" ,.!"))


def _answer_read_back(draft: Draft, heard: Heard, *, corrected: bool) -> bool:
    if corrected and draft.value(w.READ_BACK) != fingerprint(draft):
        go_on_message(draft)
    elif heard.yes and not message_in(heard.words):
        leave(draft)
    elif heard.yes is False and heard.count <= _ENOUGH_WORDS + 1:
        draft.drop("message")
        draft.ask("message", QuestionKind.OPEN, "Okay. What should the message say?")
    elif heard.yes is False or _SAID.match(heard.words):
        draft.note(message=message_in(heard.words) or _sentence(_SAID.sub("", heard.words)))
        go_on_message(draft)
    elif heard.count > _ENOUGH_WORDS:
        add_to_message(draft, _SMALL_TALK.sub("", heard.words))
        go_on_message(draft)
    else:
        return False
    return True


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def leave_and_end(draft: Draft) -> None:
    """Have what is there kept as a message, and end the call."""
    draft.note(**{w.GIVEN_UP: "yes"})
    leave(draft)


def leave(draft: Draft, *, urgent: bool | None = None) -> None:
    """Have the message kept."""
    text = draft.value("message")
    if urgent is None:
        urgent = draft.value("urgent") == "yes" or (
            _URGENT.search(text) is not None and _NOT_URGENT.search(text) is None
        )
    draft.settle()
    draft.act(
        ActionKind.TAKE_MESSAGE,
        name=draft.value("name"),
        phone=draft.value("phone"),
        text=text,
        urgent="yes" if urgent else "no",
    )


def told_message(draft: Draft, result: ActionResult) -> None:
    """Go on when the message has been kept, or could not be."""
    if result.receipt is None:
        draft.want(Wants.MESSAGE)
        if not result.action.arguments.get("phone"):
            draft.note(**{w.NO_PHONE: "", w.CALLER_ID: ""})
            details.ask_phone(draft, "I need a number to leave that message. Which number may they call?")
        elif not result.action.arguments.get("name"):
            details.ask_name(draft)
        else:
            draft.say("I'm sorry, I couldn't leave that message.")
            ask_for_more(draft)
        return
    urgent = result.action.arguments.get("urgent") == "yes"
    draft.drop("message", "urgent", w.READ_BACK, w.MISSES, w.ASKED_ABOUT)
    draft.want(Wants.DONE)
    draft.say("I've left that as urgent for the team." if urgent else "Thanks, I've left that message for the team.")
    if draft.value(w.GIVEN_UP):
        say_goodbye(draft)
    else:
        ask_for_more(draft)


def offer_message(draft: Draft, words: str) -> None:
    """What cannot be done or told here: offer to have somebody get back."""
    draft.ask(w.MESSAGE_TOO, QuestionKind.YES_NO, words)
