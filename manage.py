#!/usr/bin/env python
"""The operator's door: `python manage.py COMMAND`."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one management command with `site/` on the import path."""
    # `site` itself cannot be a package: the standard library owns that name.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
