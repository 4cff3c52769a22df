"""What every part stands on and that needs no tables: the hall of the moment, the database
backend that obeys it, refusals, actors, time, ids, field encryption, names that carry the hall.
Nothing here knows a case, a window or a citizen."""
