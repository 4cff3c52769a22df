"""Setting up a hall: its service items (imported from a sheet after a look), whether it is ready to
open, and its configuration carried from hall to hall. It owns no table: what it writes belongs to
the catalogue, the parameters, the windows and the staff. Other apps add their own checks
(`readiness.check`) and their own part of a configuration (`configuration.part`).
"""
