"""The city's comparison of its halls, over facts without names or texts. It owns no table.
A city hall sees its network, a district hall its subtree, a street hall nothing.
Figures come from bancheng.city.rollups; this package says who may ask and how it is shown."""
