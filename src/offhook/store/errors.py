"""What goes wrong with a store.

* StoreError
    * UnusableStore   the folder, the file or its schema: somebody must act, nothing was changed
    * NotFound        no such row, or another tenant's: nobody can tell which
    * NumberTaken     a telephone number belongs to another agent
    * JournalBehind   the journal could not be written in time; it is kept in memory and tried again
"""


class StoreError(Exception):
    """Something the store could not do."""


class UnusableStore(StoreError):
    """The database cannot be opened; the message says why and what to do."""


class NotFound(StoreError, LookupError):
    """No such row, or another tenant's: nobody can tell which."""


class JournalBehind(StoreError):
    """The journal could not be written in time; it is kept in memory and tried again."""


class NumberTaken(StoreError):
    """A telephone number belongs to another agent."""
