"""Refusals by RFC 9457, in Arabic or English as the reader asks, with the codes of the error tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
LANGUAGES = ("ar", "en")


class Words(msgspec.Struct, frozen=True):
    """One text in both languages."""

    ar: str
    en: str


class Kind(msgspec.Struct, frozen=True):
    """What is said under one code."""

    status: int
    title: Words
    detail: Words


class Problem(Exception):
    """A refusal.  `values` fill the detail; `more` are further members; `cause` is the program's own line."""

    def __init__(
        self,
        code: str,
        *,
        cause: str | None = None,
        values: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(cause or code)
        self.code = code
        self.cause = cause
        self.values = dict(values or {})
        self.more = dict(more or {})
        self.headers = dict(headers or {})


@cache
def kinds() -> dict[str, Kind]:
    """Return what is said under each code."""
    content = files("isnad.api").joinpath("data", "problems.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(content), dict[str, Kind])


@cache
def wanted_values() -> dict[str, Words]:
    """Return what is wanted, by the name of a parameter."""
    content = files("isnad.api").joinpath("data", "parameters.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(content), dict[str, Words])


def meant(name: str) -> Words:
    """Return what to say of a parameter that is not there, where one is that has almost its name."""
    words = wanted_values()["_meant"]
    return Words(ar=f" {words.ar.replace('{name}', name)}", en=f" {words.en.replace('{name}', name)}")


def kind_of(code: str) -> Kind:
    """Return what is said under a code; those of faults in what came in are the reader's, others the program's."""
    known = kinds().get(code)
    if known is not None:
        return known
    return kinds()["usage" if code.startswith(("input.", "fetch.", "feed.", "review.", "incident.")) else "internal"]


def language_of(accept: str | None) -> str:
    """Return the language wanted most of those that there are, Arabic for want of a wish (RFC 9110, 12.5.4)."""
    wishes = []
    for place, part in enumerate((accept or "")[:1000].split(",")):
        tag, _, parameters = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            wishes.append((-_weight(parameters), place, language))
    return min(wishes)[2] if wishes and min(wishes)[0] < 0 else LANGUAGES[0]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


def answer_to(problem: Problem, *, accept: str | None, instance: str) -> Response:
    """Return the refusal as an answer."""
    kind = kind_of(problem.code)
    language = language_of(accept)
    body: dict[str, Any] = {
        "type": f"https://isnad.invalid/problems/{problem.code}",
        "title": getattr(kind.title, language),
        "status": kind.status,
        "detail": _filled(getattr(kind.detail, language), _values(problem, language)),
        "instance": instance,
        "code": problem.code,
    }
    if problem.cause:
        body["cause"] = problem.cause[:1000]
    body |= problem.more
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store", **problem.headers}
    content = msgspec.json.encode(body)
    return Response(content, status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)


def _values(problem: Problem, language: str) -> dict[str, Any]:
    """Return what fills the detail: a parameter by its own name, and after it what is wanted there."""
    values = {name: getattr(v, language) if isinstance(v, Words) else v for name, v in problem.values.items()}
    if "where" in values:
        values["where"] = str(values["where"]).removeprefix("query.").removeprefix("body.")
        values.setdefault("expected", _wanted(values["where"], language))
    return values


def _wanted(where: str, language: str) -> str:
    known = wanted_values().get(where.rpartition(".")[2])
    return "" if known is None else f" {getattr(wanted_values()['_wanted'], language)}: {getattr(known, language)}."


def _filled(template: str, values: Mapping[str, Any]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template


__all__ = ["LANGUAGES", "MEDIA_TYPE", "Problem", "Words", "answer_to", "kind_of", "kinds", "language_of", "meant"]
