"""Tickets, windows, the hall board and the number display over HTTP."""
