"""Tables. A row of one tenant derives from `OfTenant`, a row of one call from `OfCall`; `tests/store` finds others.

Where a later issue puts row-level security: `OfTenant.tenant_id`, and for `OfCall` the call's tenant.
"""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

CLUSTERED = {"sqlite_with_rowid": False}
"""The rows lie in the order of their key, so that a call's are together and are written once."""


class Utc(TypeDecorator[datetime]):
    """A point in time: aware outside; kept in UTC, on SQLite without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a point in time without a zone"
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back what SQLite forgot."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[object, object]] = {
        datetime: Utc,
        str: Text,
        dict[str, object]: JSON,
        dict[str, str]: JSON,
    }


class OfTenant(Base):
    """A row of exactly one tenant."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True, sort_order=-1)


class OfCall(Base):
    """A row of exactly one call, and so of its tenant.

    There is no foreign key: what a running call tells may reach the disk before the call's own row, and one row that
    is refused would take its whole batch with it.
    """

    __abstract__ = True
    call_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1)


class TenantRow(Base):
    """A business that has an account; number 1 is the installation itself."""

    __tablename__ = "tenant"
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class AgentRow(OfTenant):
    """A configured receptionist."""

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int]
    """The newest configuration's."""
    good_version: Mapped[int | None]
    """The newest that could be used."""


class ConfigurationRow(OfTenant):
    """One version of an agent's configuration; never changed."""

    __tablename__ = "configuration"
    __table_args__ = (UniqueConstraint("agent_id", "version"),)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    version: Mapped[int]
    profession: Mapped[str]
    body: Mapped[dict[str, object]]
    saved_at: Mapped[datetime]


class NumberRow(OfTenant):
    """A telephone number; it leads to one agent."""

    __tablename__ = "number"
    e164: Mapped[str] = mapped_column(unique=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)


class ProcessRow(Base):
    """A process that holds calls."""

    __tablename__ = "process"
    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]


class CallRow(OfTenant):
    """One telephone call."""

    __tablename__ = "call"
    __table_args__ = (Index(None, "state", "holder"), Index(None, "started_at"))
    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)  # type: ignore[assignment]  # a call has its id before its row
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    line: Mapped[str]
    caller: Mapped[str]
    dialled: Mapped[str]
    state: Mapped[str]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    holder: Mapped[str | None]
    """The process that runs it."""
    claimed_at: Mapped[datetime | None]
    """When its holder took it: at its start, or from a process that had died."""


class TurnRow(OfCall):
    """One caller utterance and the agent's reply to it."""

    __tablename__ = "turn"
    __table_args__ = CLUSTERED
    n: Mapped[int] = mapped_column(primary_key=True)
    caller: Mapped[str]
    agent: Mapped[str]
    stt_ms: Mapped[float | None]
    llm_ms: Mapped[float | None]
    tts_ms: Mapped[float | None]
    pipeline_ms: Mapped[float | None]
    gap_ms: Mapped[float | None]
    interrupted: Mapped[bool]


class JournalRow(OfCall):
    """One thing that happened in a call."""

    __tablename__ = "journal_event"
    __table_args__ = CLUSTERED
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float]
    """Seconds since the call's start."""
    kind: Mapped[str]
    body: Mapped[str]
    """JSON, as it was told."""


class GenerationRow(OfCall):
    """One reply of a model."""

    __tablename__ = "generation"
    __table_args__ = CLUSTERED
    reply: Mapped[int] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    """From 0; the next model's, where one failed."""
    template: Mapped[str]
    prompt: Mapped[str]
    """Hash of the composed prompt."""
    model: Mapped[str]
    response: Mapped[str]
    first_word_ms: Mapped[float | None]
    total_ms: Mapped[float | None]
    fate: Mapped[str]


class PromptRow(OfCall):
    """The full text of a composed prompt."""

    __tablename__ = "prompt"
    __table_args__ = CLUSTERED
    digest: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class AppointmentRow(OfTenant):
    """An appointment, also one that was cancelled."""

    __tablename__ = "appointment"
    __table_args__ = (Index(None, "tenant_id", "starts_at"), Index(None, "tenant_id", "phone"))
    service: Mapped[str]
    starts_at: Mapped[datetime]
    starts_local: Mapped[str]
    """The wall clock the caller was told, ISO 8601 without offset: what holds if the zone's rules change."""
    zone: Mapped[str]
    ends_at: Mapped[datetime]
    name: Mapped[str]
    phone: Mapped[str]
    notes: Mapped[str]
    state: Mapped[str]
    """booked or cancelled."""
    version: Mapped[int]
    """How often it was changed."""
    created_by: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)
    changed_by: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)


class HeldTimeRow(OfTenant):
    """Five minutes of one place that an appointment takes up.

    The unique key is what makes a double booking impossible, on any database and whatever the code above believes.
    """

    __tablename__ = "held_time"
    __table_args__ = (UniqueConstraint("tenant_id", "at", "place"),)
    at: Mapped[datetime]
    place: Mapped[int]
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)


class ActionRow(OfTenant):
    """An action that took effect, with its receipt."""

    __tablename__ = "action"
    __table_args__ = (Index(None, "call_id", "same"),)
    key: Mapped[str] = mapped_column(unique=True)
    """Idempotency: call, kind, arguments and the version of what they change."""
    same: Mapped[str]
    """The key without the version."""
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    kind: Mapped[str]
    arguments: Mapped[dict[str, str]]
    state: Mapped[str]
    """done; a later action may have undone it."""
    receipt: Mapped[str]
    facts: Mapped[dict[str, str]]
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    appointment_version: Mapped[int | None]
    done_at: Mapped[datetime]


class WrongTryRow(OfTenant):
    """Somebody gave a name and number that fit no appointment."""

    __tablename__ = "wrong_try"
    __table_args__ = (UniqueConstraint("call_id", "attempt"),)
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    attempt: Mapped[str]
    """A hash; the words themselves are not kept."""


class MessageRow(OfTenant):
    """A message that a caller left."""

    __tablename__ = "message"
    name: Mapped[str]
    phone: Mapped[str]
    text: Mapped[str]
    urgent: Mapped[bool]
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)


class CallerRow(OfTenant):
    """Somebody who has left a name and a number with this tenant."""

    __tablename__ = "caller"
    __table_args__ = (UniqueConstraint("tenant_id", "phone"),)
    phone: Mapped[str]
    name: Mapped[str]
    last_call: Mapped[str] = mapped_column(ForeignKey("call.id"))


class ErrorRow(Base):
    """An error, for the operator; not a tenant's to read."""

    __tablename__ = "error_record"
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    at: Mapped[datetime]
    once: Mapped[str | None] = mapped_column(unique=True)
    """Errors that are told once have a key."""
    kind: Mapped[str]
    severity: Mapped[str]
    room: Mapped[str]
    done: Mapped[str]
    about_tenant: Mapped[int | None]
    call_id: Mapped[str | None] = mapped_column(index=True)
    turn: Mapped[int | None]
    provider: Mapped[str | None]
    attempt: Mapped[int | None]


class UsedTokenRow(Base):
    """A one-time token that has been used."""

    __tablename__ = "used_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
