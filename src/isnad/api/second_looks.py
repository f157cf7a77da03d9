"""A second look: whoever decides may ask for another reviewer, to whom the card comes next.

Kept among the jobs of the store, one for each target: waiting until somebody else decides upon it.
"""

from __future__ import annotations

import hashlib

from isnad.store import Store
from isnad.store.access_records import Job
from isnad.store.incident_records import Decision

KIND = "second-look"
_WAITING, _DONE = "waiting", "done"
_MOST = 200


def note_decision(store: Store, decision: Decision, *, wanted: bool) -> None:
    """Note that a decision asks for a second look, or was the one that somebody else asked for."""
    id = "look-" + hashlib.sha256(decision.target.encode()).hexdigest()[:24]
    known = store.access.job(KIND, id)
    if wanted:
        state, user = _WAITING, decision.user
    elif known is not None and known.state == _WAITING and known.user != decision.user:
        state, user = _DONE, known.user
    else:
        return
    store.access.save_job(Job(id=id, kind=KIND, name=decision.target, user=user, at=decision.at, state=state))


def wanted_of(store: Store, *, user: str) -> list[str]:
    """Return the targets that others want `user` to look at, the latest first."""
    jobs = store.access.jobs(KIND, limit=_MOST)
    return [job.name for job in jobs if job.state == _WAITING and job.user != user]


__all__ = ["KIND", "note_decision", "wanted_of"]
