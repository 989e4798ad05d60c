"""Run as a child on a folder aside: brings the tables up to date, ends again what was ended, tries words.

python -m betterstory.website.keeping.trial

The folder is BETTER_STORY_HOME. It prints one line of JSON: numbers, never a word.
"""

import json
import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings")
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up
    from django.db.migrations.exceptions import InconsistentMigrationHistory  # noqa: PLC0415 - likewise

    from betterstory.website.keeping.tried import ended_again, newer_than_this, try_words  # noqa: PLC0415 - likewise

    newer = newer_than_this()
    if newer:
        print(json.dumps({"newer": newer}))
        return 0
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory:
        print(json.dumps({"newer": ["in another order"]}))
        return 0
    told = {"ended_again": ended_again(), **try_words()}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
