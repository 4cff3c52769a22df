#!/usr/bin/env python3
"""Django's own commands, for development. Operators use `bancheng`."""

import sys

from bancheng.config.environment import use_settings


def main() -> None:
    use_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
