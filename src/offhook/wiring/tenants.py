"""Tenants with one agent each: the demo's, and those of business files."""

from offhook.receptionist.business import Business
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.store.records import NewAgent, Route
from offhook.store.store import Store
from offhook.wiring.clock import utc_now

DEMO_NUMBER = "+15005550007"


async def set_up_demo(store: Store, profession: str, *, number: str | None = DEMO_NUMBER) -> Route:
    """The demo tenant of a profession, made where it is missing."""
    return await set_up(
        store, demo_business(profession), name=f"demo-{profession}", numbers=(number,) if number else ()
    )


async def set_up(store: Store, business: Business, *, name: str, numbers: tuple[str, ...]) -> Route:
    """A tenant with one agent; raises NumberTaken."""
    new = NewAgent(
        tenant=name,
        name=business.name,
        profession=business.profession.name,
        configuration=configuration_of(business),
        numbers=numbers,
    )
    return await store.set_up(new, now=utc_now())
