"""The history of the schema, by Alembic. `offhook.store.engine` runs it when a store is opened.

A new version: change `tables.py`, add `versions/NNNN_what.py` by hand or with `alembic revision --autogenerate`, set
`engine.SCHEMA`. `tests/store/test_migrations.py` holds tables and migrations together.
"""
