"""Where the current hall's keys come from. `tenants` fills in the provider at start-up."""

from collections.abc import Callable
from uuid import UUID

from bancheng.kernel import crypto
from bancheng.kernel.crypto import HallKeys
from bancheng.kernel.hall import HallRef, current, here

_provider: Callable[[HallRef | None], HallKeys] | None = None
_network: Callable[[UUID], bytes] | None = None


def provide(
    provider: Callable[[HallRef | None], HallKeys], *, network: Callable[[UUID], bytes]
) -> None:
    """Register the one source of keys; None asks for the shared schema's keys. `network` gives a
    network's index key, which is no hall's."""
    global _provider, _network
    _provider, _network = provider, network


def keys() -> HallKeys:
    """The keys of the hall of the moment (of the shared schema outside of any hall)."""
    if _provider is None:
        raise RuntimeError("no key provider was registered")
    return _provider(current.get())


def network_index(normalised: str) -> bytes:
    """16 bytes that match equal values in every hall of this network and in no other."""
    if _network is None:
        raise RuntimeError("no key provider was registered")
    return crypto.mac(_network(here().network_id), normalised.encode())[:16]
