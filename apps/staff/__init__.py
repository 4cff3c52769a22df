"""A hall's people: departments, posts with roles, API tokens, paired devices, sessions.
It turns a cookie or a token into an Actor and answers what an Actor may do.
Accounts themselves are the network's (bancheng.city.identity)."""
