"""The features of an event and a mention, by what they hang on: the functions of the groups of `attach.pair_groups`.

Values: `side` < > ^ v (before the trigger, after it, in an earlier or later sentence), `far` a bucket of distance,
`tag` the coarse kind of the mention, `link` what links it to the words before it, `shape` the trigger's inflection.
"""

from __future__ import annotations

from collections.abc import Sequence

_Names = Sequence[str]


def stand(side: str, far: int, tag: str) -> _Names:
    return "b", f"{side}{far}", "k=" + tag, f"{side}{far}|{tag}"


def stand_link(side: str, far: int, link: str) -> _Names:
    return f"{side}{link}", f"{side}{far}|{link}"


def link_tag(side: str, link: str, tag: str) -> _Names:
    return (f"{side}{link}|{tag}",)


def far_with(side: str, far: int, other: str) -> _Names:
    return (f"{side}{far}|{other}",)


def tagged(side: str, tag: str, type_: str) -> _Names:
    return (f"{side}|{tag}|{type_}",)


def link_with(side: str, link: str, other: str) -> _Names:
    return (f"{side}{link}|{other}",)


def word_before(side: str, before: str) -> _Names:
    return (f"w{side}{before}",)


def word_tag(before: str, tag: str) -> _Names:
    return (f"w={before}|{tag}",)


def cluster_before(beside: int, other: str) -> _Names:
    return (f"cb={beside}|{other}",)


def word_after(side: str, after: str) -> _Names:
    return (f"a{side}{after}",)


def cluster_after(side: str, beyond: int) -> _Names:
    return (f"ca={beyond}|{side}",)


def stem(stem: str, side: str, link: str) -> _Names:
    return f"s={stem}|{side}", f"s={stem}|{side}{link}"


def stem_tag(stem: str, tag: str) -> _Names:
    return (f"s={stem}|{tag}",)


def cluster(cluster: int, other: str) -> _Names:
    return (f"c={cluster}|{other}",)


def state(type_: str, mode: str | None, status: str, side: str) -> _Names:
    return f"m={type_}.{mode}|{side}", f"st={status}|{side}"


def lemma_link(lemma: str, side: str, link: str) -> _Names:
    return f"L={lemma}|{side}", f"L={lemma}|{side}{link}"


def lemma_where(lemma: str, side: str, far: int) -> _Names:
    return (f"L={lemma}|{side}{far}",)


def lemma_shape(lemma: str, shape: str, side: str) -> _Names:
    return (f"L={lemma}|{shape}|{side}",)


def headline(side: str, far: int, tag: str, link: str) -> _Names:
    return "hl" + side, f"hl{side}{far}|{tag}", f"hl{side}{link}"


def elsewhere(side: str, alike: bool, headline: bool, tag: str) -> _Names:
    return f"away{side}{alike}|{tag}", f"awayhl={headline}|{tag}"


def elsewhere_shape(side: str, alike: bool, shape: str) -> _Names:
    return (f"away{side}{alike}|{shape}",)


def side_shape(side: str, shape: str, tag: str) -> _Names:
    return (f"{side}{shape}|{tag}",)


def start(side: str, far: int, shape: str) -> _Names:
    return (f"start{side}{far}|{shape}",)


def start_key(side: str, key: str) -> _Names:
    return (f"key{side}{key}",)


def alike(side: str, shape: str) -> _Names:
    return "awaylemma" + side, f"awaylemma{side}{shape}"


def passed(n: int, side: str, type_: str, link: str) -> _Names:
    return f"ev{n}{side}", f"ev{n}{side}{type_}", f"ev{n}{side}{link}"


def passed_tag(n: int, side: str, tag: str) -> _Names:
    return (f"ev{n}{side}|{tag}",)


def passed_stops(stops: int, triggers: int, side: str) -> _Names:
    return f"tr{triggers}{side}", f"stop{stops}{side}"


def passed_shape(n: int, stops: int, side: str, shape: str) -> _Names:
    return (f"es{n}.{stops}{side}{shape}",)


def path(side: str, path: str, type_: str, shape: str) -> _Names:
    return f"path{side}{path}", f"path{side}{path}|{type_}", f"path{side}{path}|{shape}"


def way(side: str, near: str) -> _Names:
    return (f"way{side}{near}",)


def mid(side: str, key: str) -> _Names:
    return (f"mid{side}{key}",)


def relative(side: str, n: int) -> _Names:
    return (f"rel{side}{n}",)


def by(side: str, one: str, own: str) -> _Names:
    return (f"by{side}{one}|{own}",)


def by_lemma(side: str, lemma: str) -> _Names:
    return (f"byL{side}{lemma}",)


def beyond(side: str, closer: bool, n: int) -> _Names:
    return (f"beyond{side}{closer}{n}",)


def beyond_type(side: str, type_: str, own: str) -> _Names:
    return (f"beyond{side}{type_}|{own}",)


def beyond_shape(side: str, closer: bool, shape: str, own_shape: str) -> _Names:
    return (f"beyond{side}{closer}{shape}|{own_shape}",)


def alone(side: str, n: int) -> _Names:
    return (f"beyond{side}-{n}",)


def quote(side: str) -> _Names:
    return (f"quote{side}",)
