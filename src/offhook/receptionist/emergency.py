"""Emergencies, looked for by code in every caller's turn, before and beside any model."""

from offhook.receptionist.business import Business
from offhook.receptionist.profession import Emergency, Profession
from offhook.receptionist.profession_file import every_profession
from offhook.receptionist.wording import states


def find_emergency(whose: Business | Profession, text: str) -> Emergency | None:
    """The emergency that a caller's words tell of, or None.

    Danger to life comes before what is urgent only in this trade. An emergency of the trade comes right before the
    general one of the same name: the trade knows what to say, the general one is heard where the trade's signs fail.
    """
    for emergency in emergencies(whose):
        if states(emergency.signs, text, unless=emergency.unless):
            return emergency
    return None


def emergencies(whose: Business | Profession) -> tuple[Emergency, ...]:
    """All that are looked for, in that order."""
    profession = whose.profession if isinstance(whose, Business) else whose
    own = {emergency.name: emergency for emergency in profession.emergencies}
    ordered: list[Emergency] = []
    for emergency in every_profession().emergencies:
        if emergency.name in own:
            ordered.append(own.pop(emergency.name))
        ordered.append(emergency)
    return (*ordered, *own.values())
