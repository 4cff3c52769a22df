"""What a network's halls do and on which law: service items, legal articles, code lists, who
decides an item at which level (C-84) and what else may prove it (C-72).
Items, articles and the matrix are the network's own and kept by its city hall; every hall reads.
The code lists are the product's, with labels in Chinese; pages translate them by code, and a hall
changes what parameters allow (blocking reasons, what is not accepted).
"""
