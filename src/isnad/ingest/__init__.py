"""The outside world to `Article`: files, standard input, pages.  The only layer that may touch the network."""

from isnad.ingest.files import Received, read_articles

__all__ = ["Received", "read_articles"]
