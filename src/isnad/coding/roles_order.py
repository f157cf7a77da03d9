"""Subject and object of a plain sentence: the one rule of word order that the trained models may not overturn.

Behind an active verb the bare name that touches it is its subject, and a second bare mention that touches the first
without «و» (and) is its object: «اعتقلت ميليشيا أسد ثلاثة عناصر ...» (Assad's militia arrested three members ...).
"""

from __future__ import annotations

from isnad.coding.draft import Draft
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, RECIPIENT, bare

#: Forms of mention that name a body by itself; «قتل شاب» (a youth was killed) may hide a passive, these seldom do.
_BODIES = frozenset(("name", "country", "office"))


def plain_order(reading: Reading, draft: Draft) -> tuple[int, int] | None:
    """Return the parties that stand as subject and object right behind the verb, None where it is not so plain."""
    form = draft.form
    if form is None or form.pos != "verb" or form.voice == "passive" or form.suffix:
        return None
    if (form.frame.subject, form.frame.object) != (ACTOR, RECIPIENT):
        return None
    first = next((n for n, p in enumerate(reading.parties) if p.first >= draft.last), None)
    if first is None or first + 1 >= len(reading.parties):
        return None
    subject, object_ = reading.parties[first], reading.parties[first + 1]
    if subject.first != draft.last or subject.form not in _BODIES or subject.count or not subject.id:
        return None
    if object_.first != subject.last or not (bare(reading, subject) and bare(reading, object_)):
        return None
    return (first, first + 1) if object_.count and object_.id != subject.id else None


def settle_order(reading: Reading, draft: Draft) -> None:
    """Put the two into their slots, if the models took both and put them elsewhere."""
    found = plain_order(reading, draft)
    if found is None or not set(found) <= {*draft.actors, *draft.recipients}:
        return
    subject, object_ = found
    draft.actors = sorted({*draft.actors, subject} - {object_})
    draft.recipients = sorted({*draft.recipients, object_} - {subject})
