"""Makes the small model importable, also where tests are imported by their path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
