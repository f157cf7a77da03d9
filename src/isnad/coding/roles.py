"""Who did it to whom: which mentioned parties are actors and recipients of an event (CODEBOOK section 5).

Candidates are the parties of the event's own sentence and the nearest ones of the sentences before, for what is
carried over.  A trained classifier weighs, for each, where it stands and what the trigger's frame makes of that slot.
"""

from __future__ import annotations

from collections.abc import Sequence

from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, distance
from isnad.coding.reading import NONE, Reading
from isnad.lexicon.links import link_words
from isnad.read.mentions import PartyMention
from isnad.text.words import Kind

ACTOR, RECIPIENT, NEITHER = "actor", "recipient", "none"
_BACK = 3  # sentences looked back for a carried-over party
_TOUCHING = 2  # words between two mentions that belong to one verb
_CARRIED = 5  # parties at most from them
#: Folded prepositions and links seen before a mention (lexicon/data/links.yaml).
_WORDS = link_words()
_LINKS = _WORDS.parties
_STOPS = frozenset("،؛:.")
_PATH = 7  # words between trigger and mention up to which the way is spelled out


def candidates(reading: Reading, draft: Draft) -> list[int]:
    """Return indices of the parties that may take part in the event, those of its own sentence first."""
    words = reading.words
    own = words.sentences[draft.sentence]
    here: list[int] = []
    back: list[int] = []
    seen: set[str | None] = set()
    for n, party in enumerate(reading.parties):
        if own.first <= party.first < own.last and not (
            party.first >= draft.first and party.last <= draft.last and party.form != "nisba"
        ):
            here.append(n)
            seen.add(party.id)
    if own.headline:
        return here
    for n in range(len(reading.parties) - 1, -1, -1):
        party = reading.parties[n]
        if party.first >= own.first:
            continue
        gap = draft.sentence - words.sentence_of[party.first]
        if gap > _BACK or len(back) >= _CARRIED:
            break
        if party.id not in seen and party.id is not None:
            seen.add(party.id)
            back.append(n)
    return here + back


def role_features(
    reading: Reading, forms: Sequence[FormFeatures], draft: Draft, heads: Sequence[Draft], index: int, rank: int
) -> list[str]:
    """Return what is seen of party `index` as a part of `draft`; `heads` are all events of the article in order."""
    party = reading.parties[index]
    words = reading.words
    there = words.sentence_of[party.first]
    gap = draft.sentence - there
    kind = _kind(party)
    frame = _slot(reading, draft, party) if gap == 0 else f"back{min(gap, 3)}"
    side = ("<" if party.first < draft.head else ">") if gap == 0 else "^"
    far = distance(party.first - draft.last + 1 if side == ">" else draft.first - party.last + 1) if gap == 0 else 6
    type_ = draft.type
    shape = _shape(draft)
    stem = forms[draft.head].stem
    link, before = _link(reading, party)
    out = [
        "b",
        f"f={frame}",
        f"side={side}",
        f"{side}{far}",
        f"k={kind}",
        f"id={party.id}",
        f"form={party.form}",
        f"t={type_}|{frame}",
        f"t={type_}|k={kind}",
        f"t={type_}|{side}",
        f"t={type_}|{side}|k={kind}",
        f"ff={party.form}|{frame}|{type_}",
        f"{frame}|{side}{far}",
        f"{frame}|k={kind}",
        f"shape={shape}|{side}",
        f"shape={shape}|{side}{far}",
        f"shape={shape}|{link}|{side}",
        f"stem={stem}|{side}",
        f"stem={stem}|{link}{side}",
        f"stem={stem}|k={kind}",
        f"tm={type_}.{draft.mode}|k={kind}|{side}",
        f"link={link}|{side}",
        f"link={link}|{type_}|{side}",
        f"w={before}|{side}",
        f"w={before}|{type_}",
        f"def={party.definite}|{kind}",
        f"n={party.count is not None}|{kind}|{type_}",
        f"st={draft.status}|{type_}",
    ]
    company = _company(reading, index)
    out += [f"co={company}|{frame}", f"co={company}|{frame}|{type_}", f"co={company}|{shape}|{side}"]
    if draft.form:
        lemma = draft.form.lemma
        out += [f"L={lemma}|{side}", f"L={lemma}|{link}{side}", f"L={lemma}|{frame}", f"L={lemma}|k={kind}"]
    out += _between(reading, forms, draft, heads, party, gap, side, type_, shape)
    out += _order(reading, draft, index, gap, side, type_, shape, frame)
    if words.sentences[draft.sentence].headline:
        out += [f"hl|{side}", f"hl|{side}|{shape}", f"hl|{frame}"]
    if reading.quoted[party.first] != reading.quoted[draft.head]:
        out.append(f"quote|{side}|{reading.quoted[draft.head]}")
    out.append(f"back={rank if gap else '-'}|{type_}|{party.form}")
    return out


def _kind(party: PartyMention) -> str:
    if party.id == "civilians":
        return "civilians"
    if party.form in ("country", "nisba"):
        return party.form
    sector = party.id.partition(".")[2] if party.id else ""
    return f"{party.form}.{sector or party.kind}"


def _shape(draft: Draft) -> str:
    form = draft.form
    if form is None:
        return "?"
    marks = ("x" if form.suffix else "") + ("D" if form.definite else "")
    return f"{form.pos}.{form.tense}.{form.voice}.{marks}{form.preposition}"


def _link(reading: Reading, party: PartyMention) -> tuple[str, str]:
    """Return (what links the mention to the words before it, the stem-like key of the word before)."""
    words = reading.words
    i = party.first
    first = words.sentences[words.sentence_of[i]].first
    parts = []
    kind = words.types[i]
    if kind.splits and (words.start[i] < party.start or kind.splits[0].preposition):
        parts.append(kind.splits[0].conjunction + kind.splits[0].preposition)
    j = i - 1
    while j >= first and len(words.key[j]) == 1 and words.key[j] in "\"«“(‘'":
        j -= 1
    before = words.key[j] if j >= first else "#"
    if before in _LINKS:
        parts.append(before)
        if j - 1 >= first and words.key[j - 1] in _LINKS:
            parts.append(words.key[j - 1])
    elif j < first:
        parts.append("#")
    return "+".join(parts), before


def bare(reading: Reading, party: PartyMention) -> bool:
    """Say whether no preposition and no «و» (and) leads to the mention."""
    return not _link(reading, party)[0]


def _slot(reading: Reading, draft: Draft, party: PartyMention) -> str:
    """Return what the trigger's frame says of the slot in which the mention stands."""
    if draft.form is None:
        return "noform"
    frame = draft.form.frame
    link, before = _link(reading, party)
    if party.first >= draft.head:
        for preposition, role in frame.prepositions.items():
            last = preposition.rpartition(" ")[2]
            if (
                before == last
                or (len(preposition) == 1 and link.startswith(preposition))
                or link.partition("+")[0] == preposition
            ):
                return f"prep.{role}{distance(party.first - draft.head)}"
        bare = not link.strip("+و") and before not in _LINKS
        between = _parties_between(reading, draft.last, party.first)
        if draft.form.pos == "verb" and bare:
            slot = (
                frame.subject
                if between == 0 and draft.form.voice != "passive" and not draft.form.suffix
                else frame.object
            )
            return f"bare{min(between, 2)}.{slot}"
        if bare and party.first <= draft.last + 2:
            return "construct." + ".".join(frame.construct)
        return f"after.{'bare' if bare else 'prep'}{min(between, 2)}"
    if draft.form.suffix:
        return "before.suffix"
    between = min(_parties_between(reading, party.last, draft.first), 2)
    opening = ".#" if before == "#" else before if before in _WORDS.that else ""
    return f"before.{draft.form.pos}.{between}{opening}"


def _company(reading: Reading, index: int) -> str:
    """Return whether other bare mentions stand right before and behind: a verb with two has subject and object."""
    words = reading.words
    party = reading.parties[index]
    sentence = words.sentence_of[party.first]
    out = ""
    for side, other in (("<", index - 1), (">", index + 1)):
        if 0 <= other < len(reading.parties) and words.sentence_of[reading.parties[other].first] == sentence:
            one, two = sorted((party, reading.parties[other]), key=lambda p: p.first)
            if two.first - one.last <= _TOUCHING and not _link(reading, two)[0]:
                out += side
    return out


def _parties_between(reading: Reading, first: int, last: int) -> int:
    found = {reading.party_at[i] for i in range(first, last) if reading.party_at[i] != NONE}
    return len(found)


def _between(
    reading: Reading,
    forms: Sequence[FormFeatures],
    draft: Draft,
    heads: Sequence[Draft],
    party: PartyMention,
    gap: int,
    side: str,
    type_: str,
    shape: str,
) -> list[str]:
    """What stands between the trigger and the mention: other triggers, stops, a relative pronoun."""
    if gap:
        return []
    first, last = (draft.last, party.first) if side == ">" else (party.last, draft.first)
    keys = reading.words.key[first:last]
    events = sum(1 for h in heads if first <= h.head < last)
    verbs = sum(1 for f in forms[first:last] if f.classes)
    stops = sum(1 for k in keys if k in _STOPS)
    out = [
        f"ev={min(events, 3)}|{side}",
        f"ev={min(events, 2)}|{side}|{type_}",
        f"vb={min(verbs, 3)}|{side}|{shape}",
        f"stop={min(stops, 2)}|{side}",
    ]
    out += [f"mid={k}|{side}" for k in keys[:6] if k in _LINKS]
    if len(keys) <= _PATH:
        path = "".join(_step(reading, forms, i) for i in range(first, last))
        out += [f"path={path}|{side}", f"path={path}|{side}|{shape}", f"path={path}|{side}|{type_}"]
    if any(k in _WORDS.relatives for k in keys):  # who, which
        out.append(f"rel|{side}")
    nearest = min(
        (abs(h.head - party.first) for h in heads if h.sentence == draft.sentence and h is not draft), default=99
    )
    out.append(f"closer={nearest < abs(draft.head - party.first)}|{side}")
    for h in heads:
        if h.sentence == draft.sentence and h is not draft and party.first <= h.head <= party.last + 2:
            out.append(f"beside={h.type}|{type_}")
    return out


def _step(reading: Reading, forms: Sequence[FormFeatures], i: int) -> str:
    """Return one mark for word i on the way between trigger and mention."""
    key = reading.words.key[i]
    if key in _LINKS or key in _STOPS:
        return f"({key})"
    if reading.party_at[i] != NONE:
        return "P"
    if reading.place_at[i] != NONE:
        return "L"
    if reading.date_at[i] != NONE:
        return "D"
    return "E" if forms[i].classes else "n" if reading.words.types[i].kind == Kind.NUMBER else "x"


def _order(
    reading: Reading, draft: Draft, index: int, gap: int, side: str, type_: str, shape: str, frame: str
) -> list[str]:
    """How the mention ranks among the parties of its sentence, and who else is there."""
    sentence = reading.words.sentences[draft.sentence]
    here = [n for n, p in enumerate(reading.parties) if sentence.first <= p.first < sentence.last]
    out = [f"here={min(len(here), 4)}|{side}"]
    if gap:
        out.append(f"empty={not here}|{type_}")
        out.append(f"people={any(reading.parties[n].form == 'people' for n in here)}|{type_}|back")
        return out
    same = [n for n in here if (reading.parties[n].first < draft.head) == (side == "<")]
    rank = same.index(index) if index in same else 0
    rank = rank if side == ">" else len(same) - 1 - rank
    out += [
        f"rank={min(rank, 4)}|{side}",
        f"rank={min(rank, 3)}|{side}|{type_}",
        f"rank={min(rank, 3)}|{side}|{shape}",
        f"rank={min(rank, 2)}|{frame}",
    ]
    others = {_kind(reading.parties[n]) for n in here if n != index}
    out += [f"with={k}|{_kind(reading.parties[index])}|{type_}" for k in sorted(others)]
    return out
