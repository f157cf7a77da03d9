"""What all tests share."""

from hypothesis import settings

# A slow machine is no fault of the program: speed is shown by the benches, never by a test's clock.
settings.register_profile("isnad", deadline=None)
settings.load_profile("isnad")
