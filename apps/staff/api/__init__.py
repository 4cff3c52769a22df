"""Session, staff and departments over HTTP, and the two view classes every app builds on."""
