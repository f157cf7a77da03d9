"""`isnad places add` and `isnad places find`: the user's own gazetteer, and what a name may mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.errors import PlacesError, UsageError

if TYPE_CHECKING:
    from isnad.lexicon.gazetteer import PlaceRow

SKIPPED = 3


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="The gazetteer.", no_args_is_help=True, rich_markup_mode=None)
    group.command("add")(add)
    group.command("find")(find)
    app.add_typer(group, name="places")


def add(
    file: Annotated[
        Path, typer.Argument(help="A CSV or TSV table of places with Arabic names and coordinates.")
    ],
    country: Annotated[
        str | None, typer.Option(help="ISO 3166 alpha-3 code, where the table does not state the country.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="KIND=COLUMN where the guess would be wrong: name_ar, name_en, lat, lon, id, level, country."
        ),
    ] = None,
) -> int:
    """Load a table such as OCHA's or GeoNames' into your own gazetteer; it is used from the next run on.

    The columns are told by their names.  Rows without an Arabic name or coordinates are named and left out (exit
    status 3).

    \b
    Examples:
      isnad places add syria_communities.csv
      isnad places add villages.csv --country LBN --column name_ar=arname
    """
    if not file.is_file():
        raise PlacesError(f"{file}: no such file")
    from isnad.lexicon.gazetteer_tables import add_table
    from isnad.settings import settings_from

    added = add_table(file, settings_from().places_dir, country=country, columns=_columns(column or []))
    for line in added.skipped:
        print(f"isnad: {line} [places]", file=sys.stderr)
    skipped = f", {len(added.skipped):,} rows skipped" if added.skipped else ""
    print(f"{file}: {added.places:,} places of {added.country} added to {added.path}{skipped}")
    return SKIPPED if added.skipped else 0


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [entry.partition("=") for entry in given]
    for kind, sign, column in pairs:
        if not (kind and sign and column):
            raise UsageError(
                f"--column needs KIND=COLUMN, such as name_ar=arname, not {kind + sign + column!r}"
            )
    return {kind: column for kind, _, column in pairs}


def find(name: Annotated[str, typer.Argument(help="A name in Arabic, in any spelling.")]) -> int:
    """Show every place of that name that isnad knows.  Exit status 1 when there is none.

    \b
    Examples:
      isnad places find كفرنبل
      isnad places find "دير الزور"
    """
    from isnad.settings import settings_from

    rows = named(name, settings_from().places_dir)
    print("\n".join(map(describe, rows)) if rows else f"{name}: no such place is known")
    return 0 if rows else 1


def named(name: str, folder: Path) -> list[PlaceRow]:
    """Return the places of a name, the user's own included, the most peopled first."""
    from isnad.lexicon.gazetteer import key_of, load_gazetteer

    rows = load_gazetteer(folder).near_name(key_of(name))
    return sorted(rows, key=lambda row: -row.population)


def describe(row: PlaceRow) -> str:
    """Return one line for a place."""
    point = "no coordinates" if row.lat is None or row.lon is None else f"{row.lat:.4f}, {row.lon:.4f}"
    radius = "" if row.km is None else f" ± {row.km:g} km"
    people = f"  {row.population:,} people" if row.population else ""
    return f"{row.name}, {row.country or '?'}  {row.level}  {point}{radius}{people}  {row.id}"


__all__ = ["add", "describe", "find", "named", "register"]
