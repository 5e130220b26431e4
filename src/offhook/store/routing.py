"""From a dialled number to the one agent that answers it, and how both come into being.

These are the only queries that begin without a tenant: a caller's number has none until it is found.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from offhook.store.errors import NotFound, NumberTaken
from offhook.store.records import Configuration, NewAgent, Route, TenantId
from offhook.store.repository import Agents, Configurations, Numbers
from offhook.store.tables import AgentRow, ConfigurationRow, NumberRow, TenantRow


async def find_number(session: AsyncSession, e164: str) -> Route | None:
    """Where the number leads; None: nobody owns it."""
    found = (
        await session.execute(
            select(NumberRow, AgentRow, TenantRow)
            .join(AgentRow, AgentRow.id == NumberRow.agent_id)
            .join(TenantRow, TenantRow.id == NumberRow.tenant_id)
            .where(NumberRow.e164 == e164, AgentRow.tenant_id == NumberRow.tenant_id)
        )
    ).one_or_none()
    if found is None:
        return None
    number, agent, tenant = found
    configurations = Configurations(session, TenantId(tenant.id))
    newest = _configuration(await configurations.version(agent.id, agent.version))
    assert newest is not None, "an agent without a configuration"
    good = None if agent.good_version is None else await configurations.version(agent.id, agent.good_version)
    return Route(
        tenant=TenantId(tenant.id),
        agent=agent.id,
        agent_name=agent.name,
        number=number.e164,
        active=tenant.active and agent.active and number.active,
        configuration=newest,
        last_good=_configuration(good),
    )


async def set_up(session: AsyncSession, wanted: NewAgent, *, now: datetime) -> Route:
    """Make or find the tenant, the agent and its numbers; raises NumberTaken."""
    tenant = await _tenant(session, wanted.tenant)
    agent = await _agent(session, tenant, wanted, now=now)
    for e164 in wanted.numbers:
        await _number(session, tenant, agent, e164)
    newest = _configuration(await Configurations(session, tenant).version(agent.id, agent.version))
    assert newest is not None, "it was just written"
    return Route(tenant, agent.id, agent.name, wanted.numbers[0] if wanted.numbers else "", True, newest, None)


async def mark_good(session: AsyncSession, route: Route, version: int) -> None:
    """This version could be used; an older one never takes the place of a newer."""
    agent = await Agents(session, route.tenant).get(route.agent)
    agent.good_version = max(version, agent.good_version or version)


async def set_active(session: AsyncSession, e164: str, *, active: bool) -> None:
    """Switch a number on or off; raises NotFound."""
    number = await session.scalar(select(NumberRow).where(NumberRow.e164 == e164))
    if number is None:
        raise NotFound(f"Nobody owns the number {e164}. Set it up with an agent first.")
    number.active = active


async def _tenant(session: AsyncSession, name: str) -> TenantId:
    row = await session.scalar(select(TenantRow).where(TenantRow.name == name))
    if row is None:
        row = TenantRow(name=name)
        session.add(row)
        await session.flush()
    return TenantId(row.id)


async def _agent(session: AsyncSession, tenant: TenantId, wanted: NewAgent, *, now: datetime) -> AgentRow:
    agents, configurations = Agents(session, tenant), Configurations(session, tenant)
    agent = await agents.named(wanted.name) or await agents.at(wanted.numbers)
    if agent is None:
        agent = await agents.add(AgentRow(name=wanted.name, version=0))
    agent.name = wanted.name  # a business may take another name and keep its number
    newest = await configurations.version(agent.id, agent.version)
    body = dict(wanted.configuration)
    if newest is None or (newest.profession, newest.body) != (wanted.profession, body):
        agent.version += 1
        await configurations.add(
            ConfigurationRow(
                agent_id=agent.id, version=agent.version, profession=wanted.profession, body=body, saved_at=now
            )
        )
    return agent


async def _number(session: AsyncSession, tenant: TenantId, agent: AgentRow, e164: str) -> None:
    owned = await session.scalar(select(NumberRow).where(NumberRow.e164 == e164))
    if owned is None:
        await Numbers(session, tenant).add(NumberRow(e164=e164, agent_id=agent.id))
    elif owned.agent_id != agent.id:
        raise NumberTaken(f"The number {e164} leads to another business. If it is the same, keep its tenant name.")


def _configuration(row: ConfigurationRow | None) -> Configuration | None:
    return None if row is None else Configuration(row.version, row.profession, row.body)
