"""Why an address was not fetched."""

from __future__ import annotations

from isnad.errors import Fault

#: What may go well at another time.
_PASSING = frozenset({"fetch.dns", "fetch.connect", "fetch.timeout", "fetch.protocol", "fetch.busy", "fetch.stopped"})


class FetchError(Exception):
    """One address was not fetched: a code of `isnad.errors.CODES` and a line for people.

    `status` is the HTTP status where there was one.  `retry_after` are the seconds after which the server wants to be
    asked again, None where it did not say.  `passing` says that another try later may go well.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        passing: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.passing = code in _PASSING if passing is None else passing

    def fault(self, address: str) -> Fault:
        """Return this as the record that goes on in place of the article."""
        return Fault(path=address, code=self.code, message=str(self))


__all__ = ["FetchError"]
