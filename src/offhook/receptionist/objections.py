"""What callers say against booking, and what they want that the trade does not do."""

from offhook.receptionist.business import Business
from offhook.receptionist.profession import Objection, Profession
from offhook.receptionist.profession_file import every_profession, filled
from offhook.receptionist.wording import says


def find_refusal(whose: Business | Profession, text: str) -> Objection | None:
    """The limit of the trade that these words touch: a diagnosis, a promise, something unlawful."""
    return _first(_profession(whose).refusals, text)


def find_objection(whose: Business | Profession, text: str) -> Objection | None:
    """The objection in these words; the trade's own before those of every trade."""
    return _first((*_profession(whose).objections, *every_profession().objections), text)


def answer_to(business: Business, objection: Objection) -> str:
    """What is said to it."""
    return filled(objection.say, {"business": business.name})


def _profession(whose: Business | Profession) -> Profession:
    return whose.profession if isinstance(whose, Business) else whose


def _first(objections: tuple[Objection, ...], text: str) -> Objection | None:
    for objection in objections:
        if says(objection.signs, text) and not says(objection.unless, text):
            return objection
    return None
