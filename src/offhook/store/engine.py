"""The database file: opened, brought up to date, and connections to it that behave.

SQLite's traps, each met here once: WAL, so that readers and the writer do not wait for each other; a busy time-out,
so that two writers queue; and `BEGIN IMMEDIATE` for every transaction that may write, because one that reads first and
writes after another's commit is refused at once, whatever the time-out says.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from offhook.store.errors import UnusableStore

SCHEMA = "0001"
"""The version of the schema that this code works with."""
FILE = "offhook.sqlite3"
BUSY_S = 5.0
"""How long a connection waits for another's lock."""
CONNECTIONS = 4
READS = {"offhook_reads": True}
"""Execution option of transactions that only read."""

_PRAGMAS = (
    f"busy_timeout={round(BUSY_S * 1000)}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "wal_autocheckpoint=4000",  # pages: the journal touches many a page many times, so it is folded in seldom
)


def prepare(folder: Path) -> Path:
    """The database file in `folder`, at version `SCHEMA`; raises UnusableStore. Blocks for a moment."""
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # what callers said is nobody else's; SQLite's files beside it take its mode
        found = _version(file)
        if found != SCHEMA:
            _migrate(file, found)
    except OSError as error:
        raise UnusableStore(
            f"The data folder {folder} cannot be made ({error.strerror}). Choose another with --data."
        ) from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError, DatabaseError) as error:
        raise UnusableStore(_remedy(file, error)) from error
    return file


def connect(file: Path, *, busy_s: float = BUSY_S) -> sqlite3.Connection:
    """A bare connection, for the journal's thread; transactions are begun and ended by hand."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (*_PRAGMAS, f"busy_timeout={round(busy_s * 1000)}"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_engine(file: Path) -> AsyncEngine:
    """Connections for everything but the journal."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", pool_size=CONNECTIONS, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _connected)
    event.listen(engine.sync_engine, "begin", _begun)
    return engine


def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begun(connection: Connection) -> None:
    reads = connection.get_execution_options().get("offhook_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _version(file: Path) -> str | None:
    """The schema of the file; None: it has none yet."""
    with closing(connect(file)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # a file that cannot be written shows it here
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
        connection.execute("ROLLBACK")
    return None if row is None else str(row[0])


def _migrate(file: Path, found: str | None) -> None:
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "offhook.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise UnusableStore(
            f"{file} was written by a newer offhook (its schema is {found}, this one knows {SCHEMA}). "
            "Install that version, or choose another folder with --data."
        )
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    try:
        with engine.begin() as connection:  # another process that starts as well waits here, and finds it done
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _remedy(file: Path, error: Exception) -> str:
    what = str(getattr(error, "orig", error))
    if "readonly" in what or "unable to open" in what:
        return f"{file} cannot be written ({what}). Make it and its folder writable, or choose another with --data."
    if "locked" in what:
        return f"{file} is locked by another program ({what}). End that program, or choose another folder with --data."
    if "full" in what:
        return f"{file} cannot grow ({what}). Make room on its disk, or choose another folder with --data."
    return f"{file} is damaged or no database ({what}). Put a backup in its place, or move it away to begin anew."
