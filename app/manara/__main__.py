"""`python -m manara`."""

import sys

from manara.main import main

sys.exit(main())
