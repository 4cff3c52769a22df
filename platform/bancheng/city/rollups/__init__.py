"""Facts of every hall in the shared schema, without names and texts, and what is read from them.
A hall recomputes its own days from its own tables and writes them under row-level security; a
district reads its subtree, the city its network. The statistics (histogram, rates, ranking,
metrics) are pure."""
