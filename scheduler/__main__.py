"""``python -m scheduler`` is the command ``scheduler``."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="scheduler")
