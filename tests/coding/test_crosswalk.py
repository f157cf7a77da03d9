"""The crosswalk to ACLED and CAMEO: every row decides for some example, and as the codebooks say."""

from __future__ import annotations

import pytest

from isnad.coding.crosswalk import Group, Row, acled, cameo, crosswalk, find_row, plain_class, reasons
from isnad.model import Acled, Cameo, Event, Party, Span
from isnad.model.plover import MODES

#: Name in the examples below: id of the party, its class.
PARTIES = {
    "STATE": ("SYR.mil", "state"),
    "CABINET": ("SYR.gov", "state"),
    "NEIGHBOUR": ("JOR.gov", "state"),
    "ABROAD": ("TUR.mil", "external"),
    "REBEL": ("houthis", "rebel"),
    "MILITIA": ("tribal-militia", "militia"),
    "CROWD": ("protesters", "protesters"),
    "RIOTERS": ("rioters", "rioters"),
    "PEOPLE": ("civilians", "civilians"),
    "NOBODY": ("unheard-of", None),
}
CLASSES = dict(PARTIES.values())

#: ACLED's own order of types; what stands in no example is not asked here.
EVENT_OF = {
    "Armed clash": "Battles",
    "Excessive force against protesters": "Protests",
    "Protest with intervention": "Protests",
    "Peaceful protest": "Protests",
    "Violent demonstration": "Riots",
    "Mob violence": "Riots",
    "Air/drone strike": "Explosions/Remote violence",
    "Suicide bomb": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Sexual violence": "Violence against civilians",
    "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians",
    "Agreement": "Strategic developments",
    "Arrests": "Strategic developments",
    "Change to group/activity": "Strategic developments",
    "Looting/property destruction": "Strategic developments",
}

#: type, modes | actors > recipients | people at least | sub-event type, or event type and reason, or reason
ACLED = """
ASSAULT aerial,drone | > | | Air/drone strike
ASSAULT heavy-weapons | STATE REBEL > | | mutual-or-joint
ASSAULT heavy-weapons | STATE > | | Shelling/artillery/missile attack
ASSAULT explosives | > PEOPLE | | Remote explosive/landmine/IED
ASSAULT suicide-attack | REBEL > | | Suicide bomb
ASSAULT unconventional | STATE > | | Explosions/Remote violence: agent-unknown
ASSAULT firearms | STATE REBEL > | | Armed clash
ASSAULT firearms | STATE > REBEL PEOPLE | | Armed clash
ASSAULT - | STATE REBEL > | | mutual-or-joint
ASSAULT - | STATE > REBEL | | Battles: territory-change-unknown
ASSAULT firearms,- | REBEL > PEOPLE | | Attack
ASSAULT firearms,- | STATE > CROWD | killed=1 | Excessive force against protesters
ASSAULT firearms,- | STATE > CROWD | | Protests: harm-unknown
ASSAULT firearms,- | STATE > RIOTERS | | Violent demonstration
ASSAULT firearms,- | RIOTERS > STATE | | Riots: demonstration-unknown
ASSAULT firearms,- | NOBODY > PEOPLE | | actor-unknown
ASSAULT firearms,- | STATE > PEOPLE NOBODY | | recipient-unknown
ASSAULT firearms,- | PEOPLE > STATE | | parties-outside
ASSAULT primitive,beat | RIOTERS > PEOPLE | | Mob violence
ASSAULT primitive,beat | STATE > CROWD | injured=2 | Protests: harm-unknown
ASSAULT primitive,beat | STATE > CROWD | | Protest with intervention
ASSAULT primitive,beat | STATE > RIOTERS | | Violent demonstration
ASSAULT primitive,beat | REBEL > STATE | | Armed clash
ASSAULT primitive,beat | REBEL > PEOPLE | | Attack
ASSAULT primitive,beat | > PEOPLE | | actor-unknown
ASSAULT primitive,beat | STATE > | | recipient-unknown
ASSAULT primitive,beat | PEOPLE > PEOPLE | | parties-outside
ASSAULT targeted | RIOTERS > PEOPLE | | Mob violence
ASSAULT targeted | > STATE | | duty-unknown
ASSAULT targeted | > PEOPLE | | Attack
ASSAULT targeted | STATE > NOBODY | | recipient-unknown
ASSAULT targeted | STATE > RIOTERS | | parties-outside
ASSAULT torture | STATE > | | Attack
ASSAULT sexual | STATE > PEOPLE | | Sexual violence
ASSAULT abduct | REBEL > STATE | | captured-fighters
ASSAULT abduct | > PEOPLE | | Abduction/forced disappearance
ASSAULT abduct | REBEL > | | recipient-unknown
ASSAULT abduct | REBEL > RIOTERS | | parties-outside
ASSAULT destroy | CROWD > | | Riots: demonstration-unknown
ASSAULT destroy | REBEL > | injured=3 | weapon-unknown
ASSAULT destroy | REBEL > STATE | | weapon-unknown
ASSAULT destroy | > PEOPLE | | actor-unknown
ASSAULT destroy | REBEL > PEOPLE | | Looting/property destruction
ASSAULT crowd-control | STATE > RIOTERS | | Violent demonstration
ASSAULT crowd-control | STATE > CROWD | killed=1 | Excessive force against protesters
ASSAULT crowd-control | STATE > CROWD | killed=0 | Protest with intervention
ASSAULT crowd-control | STATE > | | recipient-unknown
ASSAULT crowd-control | STATE > PEOPLE | | demonstration-unknown
PROTEST demo,obstruct | RIOTERS > | | Violent demonstration
PROTEST demo,obstruct | CROWD > | killed=1 | Excessive force against protesters
PROTEST demo,obstruct | CROWD > | injured=4 | Protests: harm-unknown
PROTEST demo,obstruct | CROWD > | detained=1 | Protest with intervention
PROTEST demo,obstruct | CROWD > STATE | | Peaceful protest
PROTEST riot | > | | Violent demonstration
PROTEST vandalize | CROWD > | | Riots: demonstration-unknown
PROTEST strike,boycott,hunger | CROWD > | | no-gathering
PROTEST - | CROWD > | | mode-unknown
COERCE arrest | MILITIA > PEOPLE | | Abduction/forced disappearance
COERCE arrest | STATE > PEOPLE | detained=20 | Arrests
COERCE arrest | STATE > PEOPLE | detained=2 | significance-unknown
COERCE arrest | > PEOPLE | detained=20 | actor-unknown
COERCE arrest | REBEL > PEOPLE | | authority-unknown
COERCE arrest | PEOPLE > PEOPLE | | parties-outside
COERCE seize | STATE > | | object-unknown
COERCE restrict | STATE > | | siege-unknown
COERCE deport | STATE > PEOPLE | | displacement-unknown
COERCE curfew,martial-law,censor,withhold,misinformation,cyber | STATE > | | no-counterpart
COERCE - | STATE > | | mode-unknown
MOBILIZE -,troops,weapons,police,militia | STATE > | | Change to group/activity
RETREAT withdraw | STATE > | | Strategic developments: territory-change-unknown
RETREAT ceasefire,release,disarm,access | STATE > REBEL | | Agreement
RETREAT ceasefire,release,disarm,access | STATE > ABROAD | | states-at-war-unknown
RETREAT ceasefire,release,disarm,access | STATE > | | party-unknown
RETREAT ceasefire,release,disarm,access | STATE > PEOPLE | | not-armed-parties
RETREAT resign | STATE > | | no-counterpart
RETREAT - | STATE > | | mode-unknown
AGREE - | STATE REBEL > | | Agreement
AGREE - | CABINET NEIGHBOUR > | | states-at-war-unknown
AGREE - | CABINET NOBODY > | | party-unknown
AGREE - | CABINET PEOPLE > | | not-armed-parties
CONSULT -,multilateral,third-party | STATE REBEL > | | Agreement
CONSULT -,multilateral,third-party | CABINET NEIGHBOUR > | | states-at-war-unknown
CONSULT -,multilateral,third-party | CABINET > | | party-unknown
CONSULT -,multilateral,third-party | CABINET STATE > | | not-armed-parties
CONSULT visit,phone | STATE > REBEL | | no-counterpart
SUPPORT - | STATE REBEL > | | deal-unknown
SUPPORT - | STATE > PEOPLE | | no-counterpart
COOPERATE - | STATE REBEL > | | no-counterpart
AID - | STATE > PEOPLE | | no-counterpart
CONCEDE - | STATE > | | no-counterpart
REQUEST -,assist,change,yield,meet | STATE > | | no-counterpart
ACCUSE -,disapprove,investigate,allege | STATE > | | no-counterpart
REJECT -,assist,change,yield,meet | STATE > | | no-counterpart
THREATEN -,restrict,arrest,relations,expel,territory,violence | STATE > | | no-counterpart
SANCTION -,convict,withdraw,discontinue | STATE > | | no-counterpart
SANCTION expel | STATE > | | displacement-unknown
"""

#: type, mode > recipients: code; the actor is a state
CAMEO = """
AGREE -: 030 | CONSULT -: 040 | CONSULT multilateral: 040 | CONSULT visit: 042
CONSULT third-party: 045 | CONSULT phone: 041 | SUPPORT - > PEOPLE: 050 | COOPERATE -: 060 | AID -: 070
CONCEDE -: 080 | RETREAT -: 080 | RETREAT withdraw: 087 | RETREAT disarm: 087 | RETREAT ceasefire: 0871
RETREAT release: 0841 | RETREAT access: 086 | RETREAT resign: 0831 | REQUEST -: 100
REQUEST assist: 103 | REQUEST change: 104 | REQUEST yield: 105 | REQUEST meet: 106 | ACCUSE -: 110
ACCUSE disapprove: 111 | ACCUSE allege: 112 | ACCUSE investigate: 090 | REJECT -: 120
REJECT assist: 122 | REJECT change: 123 | REJECT yield: 124 | REJECT meet: 125 | THREATEN -: 130
THREATEN relations: 131 | THREATEN restrict: 132 | THREATEN arrest: 132 | THREATEN expel: 136
THREATEN violence: 138 | THREATEN territory: 1382 | PROTEST -: 140 | PROTEST demo: 141
PROTEST hunger: 142 | PROTEST strike: 143 | PROTEST boycott: 143 | PROTEST obstruct: 144
PROTEST riot: 145 | PROTEST vandalize: 145 | MOBILIZE -: 150 | MOBILIZE police: 153
MOBILIZE troops: 154 | MOBILIZE weapons: 154 | MOBILIZE militia: 154 | SANCTION -: 163
SANCTION withdraw: 161 | SANCTION discontinue: 162 | SANCTION expel: 166 | SANCTION convict: 116
COERCE -: 170 | COERCE withhold: 170 | COERCE misinformation: 170 | COERCE seize: 171
COERCE restrict: 172 | COERCE censor: 1721 | COERCE curfew: 1723 | COERCE martial-law: 1724
COERCE arrest: 173 | COERCE deport: 174 | COERCE cyber: 176 | ASSAULT - > PEOPLE: 180
ASSAULT - > REBEL: 190 | ASSAULT firearms > CROWD: 180 | ASSAULT firearms > NOBODY: 193
ASSAULT abduct: 181 | ASSAULT primitive: 182 | ASSAULT beat: 182 | ASSAULT sexual: 1821
ASSAULT torture: 1822 | ASSAULT explosives: 183 | ASSAULT suicide-attack: 1831 | ASSAULT targeted: 186
ASSAULT destroy: 1712 | ASSAULT crowd-control: 175 | ASSAULT heavy-weapons: 194 | ASSAULT aerial: 195
ASSAULT drone: 1952 | ASSAULT unconventional: 204
"""


def class_of(party: str | None) -> str | None:
    """Return the class of the test parties."""
    return CLASSES.get(party or "")


def make(
    kind: str, mode: str, actors: str, recipients: str, people: str = "", status: str = "actual"
) -> Event:
    """Return a coded event: parties by the names above, `people` as "killed=1 injured=2" (at least)."""
    sides = [
        tuple(Party(text="x", start=0, end=1, id=PARTIES[name][0]) for name in names.split())
        for names in (actors, recipients)
    ]
    counts = {field: (int(least), None) for field, least in (part.split("=") for part in people.split())}
    return Event(
        id=1,
        trigger=Span("x", 0, 1),
        type=kind,
        mode=None if mode == "-" else mode,
        status=status,
        actors=sides[0],
        recipients=sides[1],
        killed=counts.get("killed"),
        injured=counts.get("injured"),
        detained=counts.get("detained"),
    )


def acled_examples() -> list[tuple[Event, Acled]]:
    """Return the events of the table ACLED and what they are to get."""
    out = []
    for line in ACLED.strip().splitlines():
        act, sides, people, value = (part.strip() for part in line.split("|"))
        kind, modes = act.split()
        actors, recipients = sides.split(">")
        event_type, colon, reason = value.partition(": ")
        if value in EVENT_OF:
            wanted = Acled(event_type=EVENT_OF[value], sub_event_type=value)
        else:
            wanted = Acled(event_type=event_type, reason=reason) if colon else Acled(reason=value)
        out.extend((make(kind, mode, actors, recipients, people), wanted) for mode in modes.split(","))
    return out


def cameo_examples() -> list[tuple[Event, str]]:
    """Return the events of the table CAMEO and their codes."""
    out = []
    for item in CAMEO.strip().replace("\n", " | ").split(" | "):
        act, code = item.split(": ")
        what, _, recipients = act.partition(" > ")
        out.append((make(*what.split(), "STATE", recipients), code))
    return [*out, (make("SUPPORT", "-", "STATE REBEL", ""), "057")]  # both sides as actors: they sign


@pytest.mark.parametrize(("event", "wanted"), acled_examples())
def test_acled_follows_the_table(event: Event, wanted: Acled) -> None:
    """Each act, between parties of these classes, gets the type ACLED's codebook gives it, or a reason."""
    assert acled(event, class_of) == wanted


@pytest.mark.parametrize(("event", "code"), cameo_examples())
def test_cameo_follows_the_table(event: Event, code: str) -> None:
    """Each act gets its best CAMEO code, under the code's own root."""
    assert cameo(event, class_of) == Cameo(root=code[:2], code=code)


def _rows(groups: tuple[Group, ...]) -> set[int]:
    return {id(row) for group in groups for row in group.rows}


def test_every_row_of_the_table_decides_for_an_example() -> None:
    """No row of the table is dead or untested."""
    table = crosswalk()
    assert {id(find_row("acled", e, class_of)) for e, _ in acled_examples()} == _rows(table.acled)
    assert {id(find_row("cameo", e, class_of)) for e, _ in cameo_examples()} == _rows(table.cameo)


@pytest.mark.parametrize("book", ["acled", "cameo"])
def test_every_type_and_mode_stands_in_the_table_once(book: str) -> None:
    """Both books say something of every PLOVER type and mode, and nothing of others."""
    pairs = [(g.type, mode) for g in getattr(crosswalk(), book) for mode in g.modes]
    assert sorted(pairs) == sorted((kind, mode) for kind, modes in MODES.items() for mode in ("-", *modes))


def test_what_the_table_names_exists() -> None:
    """Reasons are explained and used, sub-events and sets known."""
    table = crosswalk()
    rows: list[Row] = [row for group in (*table.acled, *table.cameo) for row in group.rows]
    assert {row.reason for row in rows if row.reason} | {"not-actual"} == set(reasons())
    assert all(reasons().values())
    subs = {sub for subs in table.events.values() for sub in subs}
    assert {row.sub for row in rows if row.sub} <= subs
    assert {row.event for row in rows if row.event} <= set(table.events)
    named = {s for row in rows for s in (row.when.actors, row.when.recipients, row.when.reaches) if s}
    assert named - {"unknown"} <= set(table.sets)


@pytest.mark.parametrize("status", ["denied", "planned", "hypothetical"])
def test_what_did_not_happen_has_no_type(status: str) -> None:
    """Denied, planned and hypothetical events stay out of both books."""
    strike = make("ASSAULT", "aerial", "STATE", "PEOPLE", status=status)
    assert acled(strike, class_of) == Acled(reason="not-actual")
    assert cameo(strike, class_of) == Cameo(reason="not-actual")


def test_a_type_outside_plover_has_no_counterpart() -> None:
    """An unknown type is answered with a reason, not an error."""
    assert acled(make("WEATHER", "-", "", ""), class_of) == Acled(reason="no-counterpart")


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ("SYR.mil", "state"),
        ("IRQ.police", "state"),
        ("SYR.opp", None),
        ("civilians", "civilians"),
        ("hamas", None),
        (None, None),
    ],
)
def test_plain_class_reads_only_the_id(party: str | None, expected: str | None) -> None:
    """Without a party lexicon only what an id says itself is known."""
    assert plain_class(party) == expected
