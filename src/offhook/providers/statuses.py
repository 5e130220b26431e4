"""What a vendor's HTTP status, or the code that closes its socket, means for us."""

from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable

_PASSING = frozenset({408, 409, 425, 429})
_FOR_GOOD = frozenset({1003, 1007, 1008})
"""Close codes of RFC 6455 that say the client did wrong: wrong data, not UTF-8, against a policy."""


def refused(provider: str, status: int, *, key: str) -> ProviderError:
    """The error that HTTP status `status` (400 or more) means; `key` is the setting that holds the vendor's key."""
    problem = f"HTTP {status}"
    if status in _PASSING:
        return ProviderUnavailable(provider, problem, "It is at its limit; raise the account's limits.")
    if status >= 500:
        return ProviderUnavailable(provider, problem, "The fault is on the vendor's side; see its status page.")
    if status in {401, 403}:
        return ProviderRejected(provider, problem, f"Check {key}; the key is wrong, expired or lacks a permission.")
    if status == 402:
        return ProviderRejected(provider, problem, "The account has no credit left; top it up.")
    return ProviderRejected(provider, problem, "Check the model's name and the vendor's address in the settings.")


def hung_up(provider: str, code: int) -> ProviderError:
    """The error that a socket closed with `code` means; 1006 where it just broke off."""
    problem = "the connection broke off" if code == 1006 else f"it closed the connection ({code})"
    if code in _FOR_GOOD:
        return ProviderRejected(provider, problem, "It refuses what we send; check the model and the language.")
    return ProviderUnavailable(provider, problem, "See the vendor's status page if this happens often.")
