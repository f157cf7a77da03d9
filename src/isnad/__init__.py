"""isnad (إسناد, the chain of transmitters behind a report): Arabic conflict news in, coded events out.

    import isnad
    coder = isnad.Coder()
    article = coder.code(text, published="2020-12-23", outlet="orient-net")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isnad.model import Article, CodedArticle, Event
    from isnad.scale.coder import Coder

__all__ = ["Article", "CodedArticle", "Coder", "Event"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing isnad costs nothing."""
    if name == "Coder":
        from isnad.scale.coder import Coder

        return Coder
    if name in __all__:
        from isnad import model

        return getattr(model, name)
    raise AttributeError(f"module 'isnad' has no attribute {name!r}")
