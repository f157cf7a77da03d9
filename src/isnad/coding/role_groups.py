"""The features of an event and a party, by what they hang on: the functions of the groups of `roles.Cast`.

Values: `side` < > ^ (before the trigger, after it, in an earlier sentence), `far` a bucket of distance, `frame` what
the trigger's frame makes of the slot, `shape` the trigger's inflection, `link` what links the mention to the words
before it, `kind` the party's kind, `clusters` the numbers of a word's clusters (coarse to fine, `vectors.CLUSTERS`).
"""

from __future__ import annotations

from collections.abc import Sequence

_Names = Sequence[str]
Clusters = tuple[int, ...]
#: The cluster of a possible trigger, or one of the two below.
Governor = int | str
OWN, NO_GOVERNOR = "own", "none"


def where(frame: str, side: str, far: int) -> _Names:
    """Where the party stands."""
    return "b", f"f={frame}", f"side={side}", f"{side}{far}", f"{frame}|{side}{far}"


def who(id_: str | None, form: str) -> _Names:
    """Which party it is, and how it is named."""
    return f"id={id_}", f"form={form}"


def typed(type_: str, kind: str, side: str) -> _Names:
    """A kind of party beside a type of event."""
    return f"k={kind}", f"t={type_}|k={kind}", f"t={type_}|{side}", f"t={type_}|{side}|k={kind}"


def formed(form: str, frame: str, type_: str) -> _Names:
    """The slot in a type of event."""
    return f"t={type_}|{frame}", f"ff={form}|{frame}|{type_}"


def framed(frame: str, kind: str) -> _Names:
    """A kind of party in the slot."""
    return (f"{frame}|k={kind}",)


def shaped(shape: str, side: str, far: int) -> _Names:
    """The trigger's inflection and where the party stands."""
    return f"shape={shape}|{side}", f"shape={shape}|{side}{far}"


def shape_link(shape: str, link: str, side: str) -> _Names:
    """The trigger's inflection and the link."""
    return (f"shape={shape}|{link}|{side}",)


def stem_link(stem: str, side: str, link: str) -> _Names:
    """The trigger's stem and the link."""
    return f"stem={stem}|{side}", f"stem={stem}|{link}{side}"


def stem_kind(stem: str, kind: str) -> _Names:
    """The trigger's stem and the kind of party."""
    return (f"stem={stem}|k={kind}",)


def mode(type_: str, mode_: str | None, kind: str, side: str) -> _Names:
    """The kind of party beside a mode of event."""
    return (f"tm={type_}.{mode_}|k={kind}|{side}",)


def link(link_: str, side: str, type_: str) -> _Names:
    """The link alone."""
    return f"link={link_}|{side}", f"link={link_}|{type_}|{side}"


def word_before(before: str, other: str) -> _Names:
    """The word before the mention, with the side or the type of event."""
    return (f"w={before}|{other}",)


def number(definite: bool, counted: bool, kind: str, type_: str) -> _Names:
    """Whether the mention is definite, and counts people."""
    return f"def={definite}|{kind}", f"n={counted}|{kind}|{type_}"


def status(status_: str, type_: str, rank: int | str, form: str) -> _Names:
    """The event's status; the rank of a party that is carried over."""
    return f"st={status_}|{type_}", f"back={rank}|{type_}|{form}"


def company(company_: str, frame: str, type_: str) -> _Names:
    """Whether other bare mentions touch this one."""
    return f"co={company_}|{frame}", f"co={company_}|{frame}|{type_}"


def company_shape(company_: str, shape: str, side: str) -> _Names:
    """The same, and the trigger's inflection."""
    return (f"co={company_}|{shape}|{side}",)


def lemma_link(lemma_: str, side: str, link_: str) -> _Names:
    """The trigger's lemma and the link."""
    return f"L={lemma_}|{side}", f"L={lemma_}|{link_}{side}"


def lemma(lemma_: str, frame: str) -> _Names:
    """The trigger's lemma and the slot."""
    return (f"L={lemma_}|{frame}",)


def lemma_kind(lemma_: str, kind: str) -> _Names:
    """The trigger's lemma and the kind of party."""
    return (f"L={lemma_}|k={kind}",)


def passed(events: int, side: str, type_: str) -> _Names:
    """Events between trigger and mention."""
    return f"ev={events}|{side}", f"ev={min(events, 2)}|{side}|{type_}"


def verbs(verbs_: int, side: str, shape: str) -> _Names:
    """Possible triggers between trigger and mention."""
    return (f"vb={verbs_}|{side}|{shape}",)


def stops(stops_: int, closer: bool, relative: bool, side: str) -> _Names:
    """Stops and «who, which» between them, and whether another event stands closer to the mention."""
    out = (f"stop={stops_}|{side}", f"closer={closer}|{side}")
    return (*out, f"rel|{side}") if relative else out


def mid(key: str, side: str) -> _Names:
    """A link between trigger and mention."""
    return (f"mid={key}|{side}",)


def path(path_: str, side: str, shape: str, type_: str) -> _Names:
    """The whole way between them."""
    return f"path={path_}|{side}", f"path={path_}|{side}|{shape}", f"path={path_}|{side}|{type_}"


def beside(other: str, type_: str) -> _Names:
    """An event inside the mention or right behind it."""
    return (f"beside={other}|{type_}",)


def away(here: int, people: bool, side: str, type_: str) -> _Names:
    """Of a party of another sentence: who stands in the event's own."""
    return f"here={here}|{side}", f"empty={here == 0}|{type_}", f"people={people}|{type_}|back"


def rank(here: int, rank_: int, side: str, type_: str) -> _Names:
    """How many parties the sentence has, and stand nearer on this side."""
    return f"here={here}|{side}", f"rank={rank_}|{side}", f"rank={min(rank_, 3)}|{side}|{type_}"


def rank_shape(rank_: int, side: str, shape: str) -> _Names:
    """The rank and the trigger's inflection."""
    return (f"rank={rank_}|{side}|{shape}",)


def rank_frame(rank_: int, frame: str) -> _Names:
    """The rank and the slot."""
    return (f"rank={rank_}|{frame}",)


def among(other: str, kind: str, type_: str) -> _Names:
    """Another kind of party of the sentence."""
    return (f"with={other}|{kind}|{type_}",)


def headline(side: str, shape: str, frame: str) -> _Names:
    """In the headline."""
    return f"hl|{side}", f"hl|{side}|{shape}", f"hl|{frame}"


def quote(side: str, quoted: bool) -> _Names:
    """Trigger and mention stand on either side of a quotation mark."""
    return (f"quote|{side}|{quoted}",)


def trigger_word(clusters: Clusters, frame: str, side: str, voice: str) -> _Names:
    """What words like the trigger do with the slot."""
    coarse, middle, fine = clusters
    return (
        f"c64={coarse}|{frame}", f"c256={middle}|{frame}", f"c1024={fine}|{frame}",
        f"c256={middle}|{side}|{voice}", f"c1024={fine}|{side}|{voice}",
    )  # fmt: skip


def around_trigger(before: Clusters, after: Clusters, frame: str, side: str) -> _Names:
    """The words on either side of the trigger."""
    return (
        f"pv64={before[0]}|{frame}", f"pv256={before[1]}|{side}", f"pv1024={before[2]}|{side}",
        f"nx64={after[0]}|{frame}", f"nx256={after[1]}|{side}",
    )  # fmt: skip


def around_party(before: Clusters, after: Clusters, frame: str, side: str) -> _Names:
    """The words on either side of the mention."""
    return (
        f"b64={before[0]}|{side}", f"b256={before[1]}|{side}", f"b1024={before[2]}|{side}",
        f"b256={before[1]}|{frame}", f"a64={after[0]}|{side}", f"a256={after[1]}|{side}",
    )  # fmt: skip


def party_word(clusters: Clusters, side: str, type_: str) -> _Names:
    """The mention's first word."""
    coarse, middle, fine = clusters
    return f"h64={coarse}|{type_}|{side}", f"h256={middle}|{type_}|{side}", f"h1024={fine}|{side}"


def words_meet(trigger: int, party: int, before: int, side: str) -> _Names:
    """The trigger's cluster beside those of the mention's first word and of the word before it."""
    return f"ch={trigger}|{party}|{side}", f"cb={trigger}|{before}|{side}"


def governor(above: Governor, below: Governor, side: str, frame: str, type_: str) -> _Names:
    """The nearest possible trigger before the mention and behind it: this one, none, or one of a cluster."""
    mine = f"{above == OWN}{below == OWN}"
    return (
        f"g={above}|{side}", f"g={above}|{frame}", f"g={above}|{type_}|{side}",
        f"gn={below}|{side}", f"gn={below}|{frame}", f"gg={mine}|{side}|{type_}",
    )  # fmt: skip
