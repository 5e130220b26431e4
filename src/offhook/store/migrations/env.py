"""Run by Alembic: brings the connection it is given up to date, inside that connection's own transaction."""

from alembic import context

from offhook.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
