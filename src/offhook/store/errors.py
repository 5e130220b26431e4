"""What goes wrong with a store.

* StoreError
    * UnusableStore   the folder, the file or its schema: somebody must act, nothing was changed
    * NotFound        no such row, or another tenant's: nobody can tell which
"""


class StoreError(Exception):
    """Something the store could not do."""


class UnusableStore(StoreError):
    """The database cannot be opened; the message says why and what to do."""


class NotFound(StoreError, LookupError):
    """No such row, or another tenant's: nobody can tell which."""
