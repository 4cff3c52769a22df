"""A hall's stuck matters: receptions, the cases some of them become, and every step to the outcome.
One person stays accountable, every stage has a working-day clock, and nobody says no alone.
It refers cases to other halls through the exchange and never reads another hall's tables."""
