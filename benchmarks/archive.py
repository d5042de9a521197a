"""How fast the archive takes articles in, finds them, gives them out; how that grows with their number.

    python benchmarks/archive.py                      # 20,000 and 200,000: a quarter of an hour, 4 GB
    python benchmarks/archive.py --articles 20000     # a quick look: a minute or two

Everything a crawl does to the database is done (versions, both spellings of the index, duplicates, citations,
captures' rows); fetching, reading pages and writing WARC files are measured elsewhere. Each figure is of the
archive as it stands: nothing is rebuilt or optimised before it is asked.
"""

from __future__ import annotations

import sys
from pathlib import Path

# A script's own folder comes first on the path, and this script is named as the package it measures.
sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.archive_figures import main  # noqa: E402 - the line before makes it found

if __name__ == "__main__":
    main()
