"""What keeping the catalogue can be refused for."""

from bancheng.kernel.errors import Refusal


class ItemExists(Refusal):
    """The network has an item of this code: change that one. `item`."""

    code = "catalogue.item_exists"
