"""What operators do from the command line: a module a subcommand, with `arguments` and `run`."""
