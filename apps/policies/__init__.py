"""What a place decides for itself: its calendar, its limits, its parameters. It owns no table:
the decisions are the city's, in bancheng.city.calendar and bancheng.city.parameters; this package
says who may decide, shows what would move, and keeps the record."""
