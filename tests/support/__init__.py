"""What tests share: the template database, people, clients."""
