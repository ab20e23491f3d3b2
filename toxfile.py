"""Lets tox find interpreters that pyenv has installed but not activated.

tox imports this file for being beside tox.ini. The folders go behind the PATH that the user has, so
that the user's own choice is found first.
"""

import os
from pathlib import Path

ROOT = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
FOUND = [str(folder) for folder in sorted(ROOT.glob("versions/*/bin"))]
os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), *FOUND])
