"""The first words of an agent."""

from offhook.receptionist.business import Business


def greeting_of(business: Business) -> str:
    """The tenant's own greeting, else its profession's."""
    return (business.greeting or business.profession.greeting).replace("{business}", business.name)
