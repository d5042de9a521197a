"""The 63 provinces until 30 June 2025, and what each became part of on 1 July (Resolution 202/2025/QH15)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "provinces.tsv"


def read_provinces() -> Iterator[tuple[str, str]]:
    """Yield each province with the unit it became part of: its own name where it was not merged."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield row["old"], row["new"]
