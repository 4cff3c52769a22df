"""A hall's queues, windows and tickets: who waits, who is called where, how long it took.
Numbers restart every day; waiting, walking and service times are kept as measured.
Nothing here knows a person's name: a ticket is a number."""
