"""Settings of all tests."""

from hypothesis import settings

# No test asserts a time, and neither does Hypothesis: machines are slow at times.
settings.register_profile("palaver", deadline=None, max_examples=50)
settings.load_profile("palaver")
