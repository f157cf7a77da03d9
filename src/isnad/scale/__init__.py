"""The same pure function over many articles: in one process or over several."""

from isnad.scale.many import CoderLike, code_many

__all__ = ["CoderLike", "code_many"]
