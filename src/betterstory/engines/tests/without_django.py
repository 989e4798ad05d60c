"""Blocks Django from import where the engines are tested, in every process that tests them."""

import sys

import hypothesis

# how long an example takes is no matter of tests: the machine may be busy
hypothesis.settings.register_profile("engines", deadline=None)
hypothesis.settings.load_profile("engines")

sys.modules["django"] = None  # type: ignore[assignment]  # so that importing it fails
