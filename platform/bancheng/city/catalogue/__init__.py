"""What a network's halls do and on which law: service items, legal articles, code lists.
Items and articles are the network's own and kept by its city hall; every hall reads them.
The code lists are the product's, with labels in Chinese; pages translate them by code."""
