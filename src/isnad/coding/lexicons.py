"""The words the coder reads with: built-in lexicons, with the user's own laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from isnad.lexicon.gazetteer import Gazetteer, load_gazetteer
from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.triggers import TriggerLexicon


class Lexicons(msgspec.Struct, frozen=True, eq=False):
    """Triggers, parties and places."""

    triggers: TriggerLexicon
    parties: PartyLexicon
    places: Gazetteer

    @classmethod
    def load(cls, dirs: Sequence[Path | str] = (), *, places_dir: Path | None = None) -> Lexicons:
        """Return the built-in lexicons with each of `dirs` laid over them.

        A directory may hold `triggers/` and `parties/` (YAML as in the built-in files) and `places/` (tables made by
        `isnad places add`); one without these folders is read as triggers or parties by what its files hold.
        """
        return cls(
            TriggerLexicon.load(*_parts(dirs, "triggers")),
            PartyLexicon.load(*_parts(dirs, "parties")),
            load_gazetteer(places_dir),
        )


def _parts(dirs: Sequence[Path | str], name: str) -> list[Path]:
    return [part for d in dirs if (part := Path(d) / name).is_dir()]
