"""`bancheng replay day`: a recorded day of queues, fed through the real services in a scratch
network, and its figures read back from what was stored. docs/operations.md tells how."""
