"""5,000 random questions as each role on two schools' data: `python -m bench.search_leaks [--questions 5000]`.

On the embedded engine, and on Elasticsearch where ELASTICSEARCH_URL names one. Exits 1 when anything outside a reader's
scope shows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

TEST = "tests/forms/findable/test_random_questions.py"


def main() -> None:
    """Run the test with so many questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=5_000)
    options = parser.parse_args()
    asked = ["--leak-questions", str(options.questions), "-p", "no:randomly", "--durations=2"]
    sys.exit(subprocess.call([sys.executable, "-m", "pytest", TEST, *asked]))


if __name__ == "__main__":
    main()
