"""What the records are: frozen structs and enumerations, with no I/O."""

from isnad.model.records import (
    Acled,
    Article,
    Cameo,
    CodedArticle,
    Cue,
    DateValue,
    Event,
    Party,
    Place,
    Source,
    Span,
    Via,
)

__all__ = [
    "Acled",
    "Article",
    "Cameo",
    "CodedArticle",
    "Cue",
    "DateValue",
    "Event",
    "Party",
    "Place",
    "Source",
    "Span",
    "Via",
]
