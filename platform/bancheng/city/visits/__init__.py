"""How often somebody came with a matter, counted across a network's halls (C-34).

A visit is a keyed hash of the phone and of the ID number under the network's own key, the item and
the month: no name, no hall, no time of day. Halls hold no right on the table: one function adds a
visit, one forgets it by its id, one tells a number.
"""
