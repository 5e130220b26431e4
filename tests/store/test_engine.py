"""The database file: made, brought up to date, and refused with a remedy where it cannot be used."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from offhook.store.engine import FILE, SCHEMA, prepare
from offhook.store.errors import UnusableStore
from offhook.store.tables import Base


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{prepare(tmp_path)}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_schema_that_the_code_knows_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", "offhook.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_a_store_in_a_folder_that_is_not_there_makes_it_and_opening_again_changes_nothing(tmp_path: Path) -> None:
    file = prepare(tmp_path / "a" / "b")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO tenant (id, name, active) VALUES (7, 'Acme', 1)")
        connection.commit()
    prepare(tmp_path / "a" / "b")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM tenant ORDER BY id").fetchall()[1:] == [("Acme",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(UnusableStore, match=r"data cannot be made .* Choose another with --data\."):
        prepare(tmp_path / "data")


def test_a_database_file_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(UnusableStore, match=r"cannot be written .* Make it and its folder writable"):
        prepare(tmp_path)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Dear diary, " * 200)
    with pytest.raises(UnusableStore, match="damaged or no database"):
        prepare(tmp_path)
    assert (tmp_path / FILE).read_text().startswith("Dear diary")


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    file = prepare(tmp_path)
    damaged = bytearray(file.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    file.write_bytes(damaged)
    with pytest.raises(UnusableStore, match="damaged or no database"):
        prepare(tmp_path)


def test_a_newer_schema_is_not_touched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(prepare(tmp_path))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(UnusableStore, match=r"newer offhook .*9999.* Install that version"):
        prepare(tmp_path)


def test_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.commit()
    with closing(sqlite3.connect(prepare(tmp_path))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
        assert connection.execute("SELECT id FROM tenant").fetchone() == (1,)
