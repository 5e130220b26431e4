"""The first tables, and the installation's own tenant."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    _businesses()
    _calls()
    _diary()
    _operation()
    op.execute("INSERT INTO tenant (id, name, active) VALUES (1, 'the installation itself', true)")


def _businesses() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("name", name=op.f("uq_tenant_name")),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("good_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_agent_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_agent_tenant_id_name")),
    )
    op.create_index(op.f("ix_agent_tenant_id"), "agent", ["tenant_id"], unique=False)
    op.create_table(
        "configuration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_configuration_agent_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_configuration_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration")),
        sa.UniqueConstraint("agent_id", "version", name=op.f("uq_configuration_agent_id_version")),
    )
    op.create_index(op.f("ix_configuration_tenant_id"), "configuration", ["tenant_id"], unique=False)
    op.create_table(
        "number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_number_agent_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_number_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number")),
        sa.UniqueConstraint("e164", name=op.f("uq_number_e164")),
    )
    op.create_index(op.f("ix_number_agent_id"), "number", ["agent_id"], unique=False)
    op.create_index(op.f("ix_number_tenant_id"), "number", ["tenant_id"], unique=False)


def _calls() -> None:
    op.create_table(
        "process",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("dialled", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_call_agent_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_call_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index(op.f("ix_call_started_at"), "call", ["started_at"], unique=False)
    op.create_index(op.f("ix_call_state_holder"), "call", ["state", "holder"], unique=False)
    op.create_index(op.f("ix_call_tenant_id"), "call", ["tenant_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("stt_ms", sa.Double(), nullable=True),
        sa.Column("llm_ms", sa.Double(), nullable=True),
        sa.Column("tts_ms", sa.Double(), nullable=True),
        sa.Column("pipeline_ms", sa.Double(), nullable=True),
        sa.Column("gap_ms", sa.Double(), nullable=True),
        sa.Column("interrupted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "n", name=op.f("pk_turn")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "journal_event",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "seq", name=op.f("pk_journal_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "generation",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("first_word_ms", sa.Double(), nullable=True),
        sa.Column("total_ms", sa.Double(), nullable=True),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "reply", "attempt", name=op.f("pk_generation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "prompt",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "digest", name=op.f("pk_prompt")),
        sqlite_with_rowid=False,
    )


def _diary() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_local", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["call.id"], name=op.f("fk_appointment_changed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["call.id"], name=op.f("fk_appointment_created_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_appointment_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_changed_by"), "appointment", ["changed_by"], unique=False)
    op.create_index(op.f("ix_appointment_created_by"), "appointment", ["created_by"], unique=False)
    op.create_index(op.f("ix_appointment_tenant_id"), "appointment", ["tenant_id"], unique=False)
    op.create_index(op.f("ix_appointment_tenant_id_phone"), "appointment", ["tenant_id", "phone"], unique=False)
    op.create_index(op.f("ix_appointment_tenant_id_starts_at"), "appointment", ["tenant_id", "starts_at"], unique=False)
    op.create_table(
        "held_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_held_time_appointment_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_held_time_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_time")),
        sa.UniqueConstraint("tenant_id", "at", "place", name=op.f("uq_held_time_tenant_id_at_place")),
    )
    op.create_index(op.f("ix_held_time_appointment_id"), "held_time", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_held_time_tenant_id"), "held_time", ["tenant_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("same", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("appointment_version", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_action_appointment_id")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_action_call_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_action_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("key", name=op.f("uq_action_key")),
    )
    op.create_index(op.f("ix_action_call_id_same"), "action", ["call_id", "same"], unique=False)
    op.create_index(op.f("ix_action_tenant_id"), "action", ["tenant_id"], unique=False)
    op.create_table(
        "wrong_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_wrong_try_call_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_wrong_try_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_try")),
        sa.UniqueConstraint("call_id", "attempt", name=op.f("uq_wrong_try_call_id_attempt")),
    )
    op.create_index(op.f("ix_wrong_try_tenant_id"), "wrong_try", ["tenant_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_message_call_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_message_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_call_id"), "message", ["call_id"], unique=False)
    op.create_index(op.f("ix_message_tenant_id"), "message", ["tenant_id"], unique=False)
    op.create_table(
        "caller",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last_call", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["last_call"], ["call.id"], name=op.f("fk_caller_last_call")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_caller_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caller")),
        sa.UniqueConstraint("tenant_id", "phone", name=op.f("uq_caller_tenant_id_phone")),
    )
    op.create_index(op.f("ix_caller_tenant_id"), "caller", ["tenant_id"], unique=False)


def _operation() -> None:
    op.create_table(
        "error_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("about_tenant", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Text(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_record")),
        sa.UniqueConstraint("once", name=op.f("uq_error_record_once")),
    )
    op.create_index(op.f("ix_error_record_call_id"), "error_record", ["call_id"], unique=False)
    op.create_table(
        "used_token",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_used_token")),
    )
    op.create_index(op.f("ix_used_token_expires_at"), "used_token", ["expires_at"], unique=False)
