"""Compiles the catalogues of locale/ without settings or database: before a first start, in an image."""

import argparse
from pathlib import Path

from peersupport.lib.translations.catalogues import compile_all

BASE_DIR = Path(__file__).resolve().parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m peersupport.lib.translations", description=__doc__)
    parser.add_argument("--compile", action="store_true", required=True, help="write a .mo beside each .po")
    parser.parse_args()
    compiled = compile_all(BASE_DIR / "locale")
    print(f"{len(compiled)} catalogues compiled.")


if __name__ == "__main__":
    main()
