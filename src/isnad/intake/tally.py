"""What became of everything that came in, counted; an outcome counts only when it is on the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from isnad.errors import Fault
from isnad.ingest.origin import PassedOver
from isnad.model import CodedArticle
from isnad.model.intake import Incoming, Kept

#: Outcomes in the order in which they are told (`isnad.model.intake.Kept`).
OUTCOMES = ("added", "linked", "changed", "known")
#: Codes that say that something failed, as against a thing that is no report and is rightly left out.
_FAILED = ("fetch.", "feed.", "coding.crash", "coding.killed", "input.not-found", "input.gzip")


def has_failed(code: str) -> bool:
    """Say whether a fault of this code is a failure, which may be tried again, and not a thing passed over."""
    return code.startswith(_FAILED)


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is on the disk: what became of the report at `address`, which is `article` in the store.

    For a text coded anew, `outcome` is coded, `version` the text's id in the store, and `article` None.
    """

    address: str
    outcome: str
    article: int | None = None
    version: int | None = None


class Tally:
    """Counts of one run.  `on_fault` is told each fault as it comes, `on_kept` each batch when it is on the disk.

    `done` counts what needs no more work but storing, for a progress bar; `on_step` is told whenever it grows.
    """

    def __init__(
        self,
        *,
        on_fault: Callable[[Fault], None] = lambda fault: None,
        on_kept: Callable[[Sequence[Acknowledged]], None] = lambda batch: None,
        on_step: Callable[[], None] = lambda: None,
    ) -> None:
        self.done = 0
        self.outcomes: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.notices: Counter[str] = Counter()
        self.events = 0
        self._on_fault = on_fault
        self._on_kept = on_kept
        self._on_step = on_step

    @property
    def reports(self) -> int:
        """Reports that are in the store, known ones too."""
        return self.outcomes.total()

    def fault(self, fault: Fault) -> None:
        """Count what could not be taken as it is."""
        count = fault.count if isinstance(fault, PassedOver) else 1
        if isinstance(fault, PassedOver):
            self.skipped[fault.code] += count
        elif not fault.skipped:
            self.notices[fault.code] += count
        elif has_failed(fault.code):
            self.failed[fault.code] += count
        else:
            self.skipped[fault.code] += count
        self._on_fault(fault)
        if fault.skipped and not fault.code.startswith("coding."):
            self.step()

    def step(self, count: int = 1) -> None:
        """Count work that is done but for storing."""
        self.done += count
        self._on_step()

    def known(self, batch: Sequence[tuple[Incoming, Kept]]) -> None:
        """Count reports that the store has already."""
        self.step(len(batch))
        self._count([(incoming, None, kept) for incoming, kept in batch])

    def kept(self, batch: Sequence[tuple[Incoming, CodedArticle | None]], kept: Sequence[Kept]) -> None:
        """Count a batch that has just been committed."""
        self._count([(incoming, coded, one) for (incoming, coded), one in zip(batch, kept, strict=True)])

    def recoded(self, batch: Sequence[tuple[int, CodedArticle]]) -> None:
        """Count texts of the store, by version id, whose new codings have just been committed."""
        self.outcomes["coded"] += len(batch)
        self.events += sum(len(coded.events) for _, coded in batch)
        self._on_kept([Acknowledged(address=c.url or c.doc_id, outcome="coded", version=v) for v, c in batch])

    def _count(self, batch: Sequence[tuple[Incoming, CodedArticle | None, Kept]]) -> None:
        if not batch:
            return
        self.outcomes.update(kept.outcome for _, _, kept in batch)
        self.events += sum(len(coded.events) for _, coded, kept in batch if coded and kept.outcome != "known")
        self._on_kept(
            [
                Acknowledged(address=incoming.address, article=kept.article, outcome=kept.outcome)
                for incoming, _, kept in batch
            ]
        )


__all__ = ["OUTCOMES", "Acknowledged", "Tally", "has_failed"]
