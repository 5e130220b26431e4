"""The only exceptions that leave a provider.

* ProviderError
    * ProviderUnavailable    network, 408, 429, 5xx, too slow: another try or another provider may work
    * ProviderRejected       other 4xx: the same request will fail again until somebody acts
    * ProviderUnintelligible the answer is not what the vendor documents
* AllProvidersFailed         nobody is left to ask

A message says what happened and then what to do. It never holds a caller's words, a prompt or a key.
"""


class ProviderError(Exception):
    """A provider could not do its work.

    Args:
        provider: Its name in the settings, e.g. "openai".
        problem: What happened, e.g. "HTTP 404".
        remedy: What the operator can do about it; one sentence.
    """

    def __init__(self, provider: str, problem: str, remedy: str) -> None:
        super().__init__(f"{provider}: {problem}. {remedy}")
        self.provider = provider
        self.problem = problem
        self.remedy = remedy


class ProviderUnavailable(ProviderError):
    """Down, overloaded or too slow."""


class ProviderRejected(ProviderError):
    """It understood and refused."""


class ProviderUnintelligible(ProviderError):
    """It answered something else than its documentation says."""


class AllProvidersFailed(Exception):
    """Every provider of a chain failed for one request; `failures` in the order they were tried."""

    def __init__(self, failures: list[ProviderError]) -> None:
        super().__init__("; ".join(map(str, failures)))
        self.failures = failures
