"""Types, modes, statuses, grades, reasons and rules by name, in Arabic and English."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
import yaml

from isnad.api.shapes.common import Label, Named

_FILES = (
    ("isnad.export", "labels.yaml"),
    ("isnad.export", "incident_labels.yaml"),
    ("isnad.weigh", "data/grades.yaml"),
    ("isnad.api", "data/words.yaml"),
)


class Labels(msgspec.Struct, frozen=True):
    """Labels by group and key."""

    groups: dict[str, dict[str, Label]]

    @classmethod
    def load(cls) -> Labels:
        """Return the labels of the report, the grades and the API's own."""
        groups: dict[str, dict[str, Label]] = {}
        for package, name in _FILES:
            content: dict[str, dict[str, Any]] = yaml.safe_load(
                files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")
            )
            for group, entries in content.items():
                found = {str(key): Label(ar=str(e["ar"]), en=str(e["en"])) for key, e in entries.items()}
                groups[group] = {**groups.get(group, {}), **found}
        return cls(groups)

    def of(self, group: str, key: str | None) -> Label:
        """Return a label; the key itself where there is none."""
        found = self.groups.get(group, {}).get(key or "")
        return found or Label(ar=key or "", en=key or "")

    def feature(self, name: str) -> Label:
        """Return a feature of a pair's score in words: `day:same` is the day, the same."""
        head, _, standing = name.partition(":")
        what = self.of("features", head)
        if not standing:
            return what
        how = self.of("standings", standing)
        return Label(ar=f"{what.ar}: {how.ar}", en=f"{what.en}: {how.en}")

    def all(self, group: str) -> list[Named]:
        """Return a group in its order."""
        return [Named(id=key, ar=label.ar, en=label.en) for key, label in self.groups.get(group, {}).items()]


__all__ = ["Labels"]
