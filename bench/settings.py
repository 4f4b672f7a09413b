"""The settings of the application as it runs for real on one machine, but for where its static files lie and that who
asks for it is told how often the database was asked.
"""

import os
from pathlib import Path

from ipta.settings import *  # noqa: F403
from ipta.settings import MIDDLEWARE

STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
MIDDLEWARE = ["bench.counting.counted", *MIDDLEWARE]
