"""Where the current hall's keys come from. `tenants` fills in the provider at start-up."""

from collections.abc import Callable

from bancheng.kernel.crypto import HallKeys
from bancheng.kernel.hall import HallRef, current

_provider: Callable[[HallRef | None], HallKeys] | None = None


def provide(provider: Callable[[HallRef | None], HallKeys]) -> None:
    """Register the one source of keys; None asks for the shared schema's keys."""
    global _provider
    _provider = provider


def keys() -> HallKeys:
    """The keys of the hall of the moment (of the shared schema outside of any hall)."""
    if _provider is None:
        raise RuntimeError("no key provider was registered")
    return _provider(current.get())
