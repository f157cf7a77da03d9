"""`isnad lexicon find` and `isnad lexicon check`: what isnad knows of a word, and what is wrong in a user's files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isnad.errors import LexiconError, UsageError

if TYPE_CHECKING:
    from isnad.lexicon.triggers import TriggerForm

_PLACES_SHOWN = 5


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="What isnad knows of words.", no_args_is_help=True, rich_markup_mode=None)
    group.command("find")(find)
    group.command("check")(check)
    app.add_typer(group, name="lexicon")


def find(
    word: Annotated[str, typer.Argument(help="A word or name, in any spelling.")],
    lexicon: Annotated[
        list[Path] | None, typer.Option("--lexicon", help="A folder of your own words.")
    ] = None,
) -> int:
    """Show what WORD is known as: trigger of events, party, place.  Exit status 1 when it is not known.

    \b
    Examples:
      isnad lexicon find واعتقلوا
      isnad lexicon find "قوات سوريا الديمقراطية"
      isnad lexicon find كفرنبل
    """
    if not word.strip():
        raise UsageError("there is no word to find")
    lines = [*_triggers(word, lexicon or []), *_parties(word, lexicon or []), *_places(word)]
    print("\n".join(lines) if lines else f"{word}: not known")
    return 0 if lines else 1


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Your folder of YAML; without it the built-in words are checked.")
    ] = None,
) -> int:
    """Check lexicon files and name file, line and fault of what is wrong.  Exit status 1 when something is.

    A folder has the form of the built-in one: triggers/*.yaml and parties/*.yaml.

    \b
    Examples:
      isnad lexicon check
      isnad lexicon check my-words/
    """
    if folder is not None and not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder")
    count = 0
    for line in _faults(folder):
        print(f"isnad: {line} [lexicon]", file=sys.stderr)
        count += 1
    print(f"{folder or 'built-in lexicon'}: {count} fault{'' if count == 1 else 's'}")
    return 1 if count else 0


def _faults(folder: Path | None) -> Iterator[str]:
    from isnad.lexicon import parties, trigger_compile

    whole = folder or Path(parties.__file__).parent / "data"
    checks: dict[str, Callable[[Path], Iterable[Any]]] = {
        "triggers": trigger_compile.check,
        "parties": parties.check,
    }
    for name, check_folder in checks.items():
        if (whole / name).is_dir():
            for fault in check_folder(whole / name):
                yield f"{whole / name / fault.file}:{fault.line}: {' '.join(fault.message.split())}"
    if not any((whole / name).is_dir() for name in checks):
        yield f"{folder}: holds neither triggers/ nor parties/"


def _triggers(word: str, folders: list[Path]) -> Iterator[str]:
    from isnad.lexicon.triggers import TriggerLexicon
    from isnad.text import read_words

    lexicon = TriggerLexicon.load(*(folder / "triggers" for folder in folders))
    words = read_words(word)
    seen: set[str] = set()
    for i, kind in enumerate(words.types):
        phrase = lexicon.phrases(words, i)
        for form in (*lexicon.lookup(kind), *([phrase.form] if phrase else [])):
            line = _trigger_line(form)
            if line not in seen:
                seen.add(line)
                yield line


def _trigger_line(form: TriggerForm) -> str:
    kinds = ", ".join(type_ if mode is None else f"{type_}/{mode}" for type_, mode in form.types)
    reading = " ".join(x for x in (form.pos, form.tense, form.voice, form.plurality) if x)
    frame = form.frame
    roles = {"subject": frame.subject, "object": frame.object, **frame.prepositions}
    filled = ", ".join(f"{slot} → {role}" for slot, role in roles.items() if role)
    return f"trigger  {form.lemma} ({form.entry.gloss})  {kinds}  [{reading}]" + (
        f"  {filled}" if filled else ""
    )


def _parties(word: str, folders: list[Path]) -> Iterator[str]:
    from isnad.lexicon.parties import PartyLexicon
    from isnad.read.parties import find_parties
    from isnad.text import read_words

    lexicon = PartyLexicon.load(*(folder / "parties" for folder in folders))
    for mention in find_parties(read_words(word), lexicon):
        entry = lexicon.party(mention.id) if mention.id else None
        name = f"  {entry.en}" if entry else ""
        framing = f"  framing «{mention.framing.text}»" if mention.framing else ""
        identity = f"{mention.id or 'unknown id'}{name}"
        yield f"party    «{mention.text}»  {identity}  [{mention.form}, {mention.kind}]{framing}"


def _places(word: str) -> Iterator[str]:
    from isnad.cli.places import describe, named
    from isnad.settings import settings_from

    rows = named(word, settings_from().places_dir)
    yield from (f"place    {describe(row)}" for row in rows[:_PLACES_SHOWN])
    if len(rows) > _PLACES_SHOWN:
        yield f"place    … and {len(rows) - _PLACES_SHOWN} more: isnad places find {word}"


__all__ = ["check", "find", "register"]
