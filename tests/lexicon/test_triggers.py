"""The trigger lexicon: look-up, phrases, context conditions, overlays, faults, and recall on gold."""

import bisect
import json
import zlib
from pathlib import Path

import msgspec
import pytest

from isnad.lexicon.trigger_compile import DATA, compile_directory
from isnad.lexicon.triggers import TriggerForm, TriggerLexicon, check
from isnad.model.plover import MODES, STATUSES, TYPES, is_mode
from isnad.text import read_words

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "data" / "gold" / "train.jsonl"


@pytest.fixture(scope="module")
def lexicon() -> TriggerLexicon:
    return TriggerLexicon.load()


def forms(lexicon: TriggerLexicon, word: str) -> dict[str, TriggerForm]:
    return {f.lemma: f for f in reversed(lexicon.lookup(read_words(word).types[0]))}


def test_verb_behind_conjunction_with_person_and_number(lexicon: TriggerLexicon) -> None:
    """وقصفت «and shelled» is a past verb, 3rd person feminine, with its conjunction cut."""
    form = forms(lexicon, "وقصفت")["قصف"]
    assert (form.pos, form.tense, form.person, form.gender, form.conjunction) == ("verb", "past", 3, "f", "و")
    assert ("ASSAULT", "heavy-weapons") in form.types


def test_future_and_pronoun(lexicon: TriggerLexicon) -> None:
    """سيستهدفونهم: future mark before, pronoun after."""
    form = forms(lexicon, "سيستهدفونهم")["استهدف"]
    assert (form.tense, form.number > 0, form.plurality, form.suffix) == ("future", True, "p", "هم")


@pytest.mark.parametrize(
    ("word", "lemma", "suffix"),
    [("سيطرتهم", "سيطر", "هم"), ("غاراته", "غارة", "ه"), ("اعتدائها", "اعتدى", "ها")],
)
def test_noun_before_pronoun(lexicon: TriggerLexicon, word: str, lemma: str, suffix: str) -> None:
    """ة is written ت before a pronoun, the hamza changes its seat; the noun counts as definite."""
    form = forms(lexicon, word)[lemma]
    assert (form.pos, form.suffix, form.definite) == ("noun", suffix, True)


@pytest.mark.parametrize("word", ["بقصف", "للقصف", "والقصف", "قصفٍ", "القصف", "قصفاً", "قـصف"])
def test_noun_in_every_dress(lexicon: TriggerLexicon, word: str) -> None:
    """Prepositions, article, case marks and tatweel do not hide a verbal noun."""
    found = [f for f in lexicon.lookup(read_words(word).types[0]) if f.lemma == "قصف"]
    assert "noun" in {f.pos for f in found}


@pytest.mark.parametrize("word", ["مدينة", "حركة", "على", "تركي", "الأسرة"])
def test_common_words_are_no_triggers(lexicon: TriggerLexicon, word: str) -> None:
    """حركة «movement» is not حرّكه «moved him», though both fold alike."""
    assert not lexicon.lookup(read_words(word).types[0])


@pytest.mark.parametrize(
    ("text", "words", "pair"),
    [
        ("شنت غارات على مواقع", 2, ("ASSAULT", "aerial")),
        ("نفذ هجوما في المدينة", 2, ("ASSAULT", None)),
        ("بسطت سيطرتها على البلدة", 2, ("ASSAULT", None)),
        ("تنفيذ هجمات جديدة", 2, ("ASSAULT", None)),
        ("لقي مصرعه أمس", 2, ("ASSAULT", None)),
        ("أودى بحياة ثلاثة", 2, ("ASSAULT", None)),
        ("وألقي القبض على اثنين", 2, ("COERCE", "arrest")),
        ("بإطلاق سراح المعتقلين", 2, ("RETREAT", "release")),
        ("لوقف إطلاق النار بينهما", 3, ("RETREAT", "ceasefire")),
        ("تعرضت لقصف عنيف", 2, ("ASSAULT", "heavy-weapons")),
        ("قام بخطف موظفين", 2, ("ASSAULT", "abduct")),
        ("فرضت حظر التجول", 3, ("COERCE", "curfew")),
    ],
)
def test_phrase_is_one_trigger(
    lexicon: TriggerLexicon, text: str, words: int, pair: tuple[str, str | None]
) -> None:
    """A light verb and its noun, or a fixed expression, is met in any inflection (CODEBOOK section 2)."""
    match = lexicon.phrases(read_words(text), 0)
    assert match is not None
    assert (match.last, pair in match.form.types, match.form.phrase) == (words, True, True)


def test_phrase_does_not_cross_a_sentence(lexicon: TriggerLexicon) -> None:
    """A phrase ends where its sentence ends."""
    assert lexicon.phrases(read_words("هذا ما شنت.\nغارات جديدة"), 2) is None


def test_short_jussive_only_after_its_particle(lexicon: TriggerLexicon) -> None:
    """يستعد reads as «did not regain» only after لم."""
    after, alone = read_words("لم يستعد الجيش البلدة"), read_words("الذي يستعد له")
    assert "استعاد" in {f.lemma for f in lexicon.proposals(after, 1)}
    assert "استعاد" not in {f.lemma for f in lexicon.proposals(alone, 1)}


def test_needs_a_context_word(lexicon: TriggerLexicon) -> None:
    """تمشيط needs nothing, but «fall» is shelling only with a shell near it."""
    near, far = read_words("سقطت على البلدة قذيفة"), read_words("سقطت الأوراق عن الشجر")
    assert "سقط قذائف" in {f.lemma for f in lexicon.proposals(near, 0)}
    assert "سقط قذائف" not in {f.lemma for f in lexicon.proposals(far, 0)}


def test_scan_lists_candidates_in_order(lexicon: TriggerLexicon) -> None:
    """A text gives its candidates in order, the phrase before the word it starts with."""
    found = lexicon.scan(read_words("قصفت المدفعية البلدة ثم شنت طائرات غارة"))
    assert [c.first for c in found] == sorted(c.first for c in found)
    assert {0, 6} <= {c.first for c in found}


def test_newcomer_teaches_a_verb_in_one_line(tmp_path: Path) -> None:
    """An overlay directory with one short line adds all forms of a verb."""
    (tmp_path / "mine.yaml").write_text(
        "- {lemma: زنبر, gloss: sting, type: ASSAULT, mode: drone, verb: يزنبر, "
        "nouns: [زنبرة/زنبرات], light: [شن]}\n",
        encoding="utf-8",
    )
    lexicon = TriggerLexicon.load(tmp_path)
    assert forms(lexicon, "وسيزنبرونها")["زنبر"].types == (("ASSAULT", "drone"),)
    match = lexicon.phrases(read_words("شنت زنبرات"), 0)
    assert match is not None
    assert match.form.lemma == "زنبر"
    assert forms(lexicon, "قصفت")


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        (
            "- {lemma: قصف, gloss: x, type: AID, verb: I}\n- {lemma: ب, type: AID, nouns: [عون]}\n",
            2,
            "gloss is missing",
        ),
        ("- {lemma: قصف, gloss: x, type: WAR, verb: I}\n", 1, "unknown type 'WAR'"),
        ("- {lemma: قصف, gloss: x, type: AGREE, mode: drone, verb: I}\n", 1, "AGREE has no mode 'drone'"),
        ("- {lemma: قصف, gloss: x, type: AID, verb: I, nous: [قصف]}\n", 1, "unknown key 'nous'"),
        ("- {lemma: قصف, gloss: x, type: AID}\n", 1, "no form"),
        ("- {lemma: قصف, gloss: x, type: AID, nouns: ['']}\n", 1, "nouns is a list of non-empty words"),
        ("- {lemma: قصف, gloss: x, type: AID, verb: قصف}\n", 1, "verb is I ... X"),
        ("- {lemma: قصف, gloss: x, type: AID, verb: I, frame: {subject: boss}}\n", 1, "unknown role 'boss'"),
        ("- {lemma: ق, gloss: x, type: AID, phrases: ['{طنفس} حتفه']}\n", 1, "is no verb of any file"),
        (
            "- {lemma: قصف, gloss: x, type: AID, verb: I}\n- {lemma: قصف, gloss: y, type: AID, verb: I}\n",
            2,
            "stands already in line 1",
        ),
        ("- {lemma: [\n", 2, "not YAML"),
        ("entries: 5\n", 1, "a list of entries is expected"),
    ],
)
def test_fault_names_file_line_and_what(tmp_path: Path, yaml: str, line: int, message: str) -> None:
    """Each fault in a trigger file is named with its file and line."""
    (tmp_path / "mine.yaml").write_text(yaml, encoding="utf-8")
    faults = check(tmp_path)
    assert [(f.file, f.line) for f in faults] == [("mine.yaml", line)]
    assert message in faults[0].message


def test_faulty_encoding_is_a_fault(tmp_path: Path) -> None:
    """A file in another encoding is named, not raised."""
    (tmp_path / "old.yaml").write_bytes("- {lemma: قصف}".encode("windows-1256"))
    assert "not UTF-8" in check(tmp_path)[0].message


def test_built_in_files_have_no_faults() -> None:
    """Every built-in entry keeps to the schema and to PLOVER's modes."""
    assert check(DATA / "triggers") == []


def test_generated_table_is_fresh() -> None:
    """triggers.json is what `python -m isnad.lexicon.trigger_compile` makes of the YAML files."""
    table, _ = compile_directory(DATA / "triggers")
    assert (DATA / "triggers.json").read_bytes() == msgspec.json.encode(table) + b"\n"


def test_plover_table() -> None:
    """Sixteen types; a mode belongs to its type, None to each."""
    assert len(TYPES) == 16
    assert set(MODES) == set(TYPES)
    assert STATUSES == ("actual", "denied", "planned", "hypothetical")
    assert is_mode("ASSAULT", "drone")
    assert is_mode("AID", None)
    assert not is_mode("AID", "drone")


@pytest.mark.skipif(not GOLD.exists(), reason="gold not found at ../shared beside the repository")
def test_candidate_recall_on_gold(lexicon: TriggerLexicon) -> None:
    """Of the gold triggers kept back from the study of vocabulary, 95 % are proposed with their type."""
    hit = total = proposed = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if zlib.crc32(document["doc_id"].encode()) % 5:
            continue
        words = read_words(document["text"])
        types: dict[int, set[str]] = {}
        for candidate in lexicon.scan(words):
            for k in range(candidate.first, candidate.last):
                types.setdefault(k, set()).update(t for f in candidate.forms for t, _ in f.types)
        proposed += len(types)
        for event in document["events"]:
            k = bisect.bisect_right(words.end, event["trigger"]["start"])
            last = bisect.bisect_left(words.start, event["trigger"]["end"])
            hit += any(event["type"] in types.get(j, ()) for j in range(k, last))
            total += 1
    assert hit / total >= 0.95
    assert proposed / total <= 4
