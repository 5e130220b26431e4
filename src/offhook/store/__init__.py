"""What is kept: tables, migrations, the journal, and repositories that cannot be made without a tenant."""
