"""Vendors' keys."""

from pydantic import SecretStr

from offhook.providers.errors import ProviderUnavailable


def needed(secret: SecretStr | None, name: str) -> str:
    """The key; raises ProviderUnavailable where it is not set."""
    if secret is None or not secret.get_secret_value():
        raise ProviderUnavailable(name.split("_")[0].lower(), f"{name} is not set", f"Set {name} to your key.")
    return secret.get_secret_value()
