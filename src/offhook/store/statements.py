"""What the journal's thread writes, and the statements it writes it with: compiled once, run bare."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Insert
from sqlalchemy.dialects.sqlite import dialect, insert

from offhook.store.records import ErrorRecord, Generation, Turn
from offhook.store.tables import Base, ErrorRow, GenerationRow, JournalRow, PromptRow, TurnRow

BAD_ROW = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    sqlite3.DataError,
    UnicodeError,
    OverflowError,
)
"""What a row does that no database will ever take; everything else is worth another try."""

Value = str | int | float | None
Rows = Sequence[Sequence[Value]]


@dataclass(slots=True)
class Batch:
    """What has been told and not yet written. Later turns and generations take the place of earlier ones."""

    events: list[tuple[str, int, float, str, bytes]] = field(default_factory=list[tuple[str, int, float, str, bytes]])
    turns: dict[tuple[str, int], Turn] = field(default_factory=dict[tuple[str, int], Turn])
    generations: dict[tuple[str, int, int], Generation] = field(default_factory=dict[tuple[str, int, int], Generation])
    prompts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    errors: list[tuple[datetime, ErrorRecord]] = field(default_factory=list[tuple[datetime, ErrorRecord]])

    def __len__(self) -> int:
        return len(self.events) + len(self.turns) + len(self.generations) + len(self.prompts) + len(self.errors)

    def followed_by(self, later: "Batch") -> "Batch":
        """Both, as if they had been told in this order."""
        return Batch(
            self.events + later.events,
            self.turns | later.turns,
            self.generations | later.generations,
            self.prompts | later.prompts,
            self.errors + later.errors,
        )


def rows_of(batch: Batch) -> list[tuple[str, Rows]]:
    """The statements that write a batch, each with its rows."""
    all_rows: list[tuple[str, Rows]] = [
        (_EVENT, [(call, seq, at, kind, body.decode(errors="replace")) for call, seq, at, kind, body in batch.events]),
        (_TURN, [_turn(call, turn) for (call, _), turn in batch.turns.items()]),
        (_GENERATION, [_generation(call, made) for (call, _, _), made in batch.generations.items()]),
        (_PROMPT, [(call, digest, text) for (call, digest), text in batch.prompts.items()]),
        (_ERROR, [_error(at, error) for at, error in batch.errors]),
    ]
    return [(sql, rows) for sql, rows in all_rows if rows]


def write_all(connection: sqlite3.Connection, all_rows: Iterable[tuple[str, Rows]]) -> None:
    """Write all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, rows in all_rows:
            connection.executemany(sql, rows)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def write_singly(connection: sqlite3.Connection, all_rows: Iterable[tuple[str, Rows]]) -> int:
    """Write each row by itself, for a batch that has a bad one; gives how many were refused."""
    refused = 0
    for sql, rows in all_rows:
        for row in rows:
            try:
                connection.execute(sql, row)
            except BAD_ROW:
                refused += 1
    return refused


def _turn(call: str, turn: Turn) -> tuple[Value, ...]:
    return (
        call,
        turn.n,
        turn.caller,
        turn.agent,
        turn.stt_ms,
        turn.llm_ms,
        turn.tts_ms,
        turn.pipeline_ms,
        turn.gap_ms,
        turn.interrupted,
    )


def _generation(call: str, made: Generation) -> tuple[Value, ...]:
    return (
        call,
        made.reply,
        made.attempt,
        made.template,
        made.prompt,
        made.model,
        made.response,
        made.first_word_ms,
        made.total_ms,
        made.fate,
    )


def _error(at: datetime, error: ErrorRecord) -> tuple[Value, ...]:
    return (
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}",  # as SQLAlchemy writes a time on SQLite
        error.kind,
        error.severity,
        error.room,
        error.done,
        error.tenant,
        error.call,
        error.turn,
        error.provider,
        error.attempt,
    )


def _insert(table: type[Base], columns: str, *, replacing: bool = False) -> str:
    """The statement for rows with these columns, in this order; what is there already stays, or is replaced."""
    names = columns.split()
    statement = insert(table)
    keys = [column.name for column in table.__table__.primary_key if column.name in names]
    if keys:
        changed: Mapping[str, object] = {name: statement.excluded[name] for name in names if name not in keys}
        statement = (
            statement.on_conflict_do_update(index_elements=keys, set_=changed)
            if replacing
            else statement.on_conflict_do_nothing(index_elements=keys)
        )
    return _text(statement, names)


def _text(statement: Insert, names: list[str]) -> str:
    compiled = statement.compile(dialect=dialect(paramstyle="qmark"), column_keys=names)
    assert list(compiled.positiontup or ()) == names, "rows would be written into the wrong columns"
    return str(compiled)


_EVENT = _insert(JournalRow, "call_id seq at kind body")
_TURN = _insert(TurnRow, "call_id n caller agent stt_ms llm_ms tts_ms pipeline_ms gap_ms interrupted", replacing=True)
_GENERATION = _insert(
    GenerationRow,
    "call_id reply attempt template prompt model response first_word_ms total_ms fate",
    replacing=True,
)
_PROMPT = _insert(PromptRow, "call_id digest text")
_ERROR = _insert(ErrorRow, "at kind severity room done about_tenant call_id turn provider attempt")
