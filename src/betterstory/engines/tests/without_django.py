"""Blocks Django from import where the engines are tested, in every process that tests them."""

import sys

sys.modules["django"] = None  # type: ignore[assignment]  # so that importing it fails
