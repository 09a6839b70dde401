"""Policies broken in every way: tokens and bytes dropped, doubled, swapped and replaced, as whoever chooses wants it.

`choose(limit)` gives a whole number below a limit: from a random generator, from Hypothesis, from a fuzzer.
"""

import pickle
import re
import sys
import time
from datetime import date

from limen.policy.meaning import meaning
from limen.policy.read import policy_from
from limen.policy.standing import epochs, standing
from limen.text.faults import FaultyPolicy

WORDS = """vocabulary: Words
place: {in: nationality, at: channel}
facts:
  nationality: {values: [A, B, C], groups: {near: [B, C]}, ordinary: B, ask: Where from?}
  channel: {values: [land, air], ordinary: land}
  document: {holds: [passport, visa], groups: {titles: [visa]}, ordinary: [passport], says: x}
  age: {whole number: 0..120, ordinary: 30, computed: {as: age on the day, from: date of birth}}
  days: {whole number: 0..180, ordinary: 1, computed: {as: days in any 180, from: stays}}
findings:
  threat: {values: [no, yes], ordinary: no, looked at by: guard}
terms:
  dangerous: {values: [no, yes], unfilled: no}
doors:
  entry: {open: admit, shut: refuse, decided by: guard, asked: {channel: land}}
  asylum: {open: assess, shut: turn away, protection: yes}
ranks: [law, measure, {rank: guidance, binding: no}]
impossible:
- {nationality: A, document: visa}
"""
RULES = """policy: Rules
words: words.yaml
sources:
  code: {cite: The code, name: Code, rank: law, published: 2016-03-23, link: x, confidence: high, note: y}
  order: {cite: The order, rank: measure}
readings:
  question: {asks: How?, answers: {so: {says: a, source: code 1}, otherwise: {says: b, source: order}}}
rules:
- rule: general
  entry: [must admit, first threat]
  when: {document: [passport, visa], dangerous: no, age: 18..60}
  unless:
  - {threat: yes}
  - {nationality: not near, document: none}
  source: code 6(1)
- rule: measure
  dangerous: yes
  in: [A, B]
  at: land
  from: 2022-09-30
  until: 2023-01-01
  ended by: order
  under: {question: so}
  when: {nationality: not B or C}
  source: [order, code 2]
  confidence: low
- {rule: family, entry: may admit, asylum: presume assess, despite: general, source: code, note: z}
- {rule: text, untranslated: {words: a, why: b, doors: [entry]}, source: code}
always:
- {claim: one, for: {age: ..17}, entry: can admit, asylum: same for every nationality, law: code, right: yes}
- {claim: two, unless: {threat: yes}, dangerous: [no, yes], expected: fails, because: x}
cases:
- case: three
  on: 2022-10-01
  person: {nationality: B, document: [passport, visa], date of birth: 1990-02-28, stays: [2022-03-01..2022-03-20, 2022-09-01..]}
  entry: [may, tension]
  dangerous: no
  under: {question: so}
  by: family
  source: order 2
"""
TOKEN = re.compile(r"\w+|\s*\n\s*|\.\.|[^\w\n]")
STRANGE = [
    '', '?', 'none', 'not ', ' or ', '..', '0..', '..9', '-1', '999999999', '1_000', '0x1F', '1e9', '~', 'null', 'NO',
    '[]', '{}', '[', ']', '{', '}', ':', ': ', ',', '-', '- ', '\n', '\n- ', '\n  ', '\t', ' ', '"', "'", '""',
    '"\\e"', '"\\u2028"', '|', '>', '|\n  a', '#', '%', '@', '`', '&a ', '*a', '!!str ', '!!python/name:os.system ',
    '!x ', '<<: ', '? ', '---\n', '...\n', '\ufeff', '\x00', '\x1b', '\x85', '\u202e', '\U0001f600', '\xdf', '\u0130',
    '\u0663', '2022-02-29', '2024-02-29', '0001-01-01', '9999-12-31', '2022-1-1', "x" * 200, "[" * 20, "{a: " * 20,
    "a" * 3000, 'must ', 'may', 'presume ', 'first ', 'can ', 'same for every ', 'gap', 'conflict', 'tension',
    'despite: ', 'unless: ', 'when: ', 'ordinary: ',
]  # fmt: skip
LONGEST_SECONDS = 1.0
WATCHED = (
    "open",
    "os.",
    "subprocess.",
    "socket.",
    "exec",
    "compile",
    "import",
    "pickle.",
    "shutil.",
    "urllib.",
    "ctypes.",
    "code.",
)
DAY = date(2022, 10, 1)


def broken(text, choose, most=6):
    """The text after a few mutations of its tokens or bytes."""
    if choose(4) == 0:
        return broken_bytes(text.encode(), choose, most)
    tokens = TOKEN.findall(text)
    for _ in range(1 + choose(most)):
        at, other = choose(len(tokens)), choose(len(tokens))
        match choose(7):
            case 0:
                del tokens[at : at + 1 + choose(3)]
            case 1:
                tokens[at:at] = tokens[other : other + 1 + choose(8)]
            case 2:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = tokens[other]
            case 4:
                tokens[at] = STRANGE[choose(len(STRANGE))]
            case 5:
                tokens.insert(at, STRANGE[choose(len(STRANGE))])
            case _:
                tokens[at] = tokens[at][: choose(len(tokens[at]) + 1)] * (1 + choose(2))
        tokens = tokens or [""]
    return "".join(tokens).encode("utf-8", "surrogatepass")


def broken_bytes(data, choose, most=6):
    data = bytearray(data)
    for _ in range(1 + choose(most)):
        at = choose(len(data) + 1)
        match choose(4):
            case 0:
                data[at : at + 1] = bytes([choose(256)])
            case 1:
                del data[at : at + 1 + choose(40)]
            case 2:
                data[at:at] = data[choose(len(data) + 1) :][: choose(200)]
            case _:
                del data[at:]
    return bytes(data)


def broken_files(choose):
    """The files of a policy, one or more of them broken."""
    match choose(4):
        case 0:
            return {"words.yaml": broken(WORDS, choose), "rules.yaml": RULES.encode()}
        case 1:
            return {"all.yaml": broken(WORDS + RULES.replace("words: words.yaml\n", ""), choose)}
        case 2:
            return {"words.yaml": broken(WORDS, choose, 2), "rules.yaml": broken(RULES, choose, 2)}
        case _:
            return {"words.yaml": WORDS.encode(), "rules.yaml": broken(RULES, choose)}


class Watch:
    """Notices what Python opens, runs or loads while it is on."""

    def __init__(self):
        self.on = False
        self.seen = []
        sys.addaudithook(self.notice)

    def notice(self, event, arguments):
        if self.on and event.startswith(WATCHED):
            self.seen.append((event, repr(arguments)[:200]))


def check(texts, watch, seconds=LONGEST_SECONDS):
    """Reads files as a policy: gives a policy or faults, in time, and opens nothing. Tells whether it was a good policy."""
    start = time.process_time()
    watch.on, watch.seen = True, []
    try:
        policy = policy_from(texts)
    except FaultyPolicy as error:
        policy, faulty = None, error
    finally:
        watch.on = False
    taken = time.process_time() - start
    assert not watch.seen, watch.seen
    assert taken < seconds, f"took {taken:.2f} s"
    if policy is None:
        check_faults(faulty, texts)
        return False
    check_policy(policy)
    return True


def check_faults(error, texts):
    assert error.faults
    shown = str(error)
    assert all(character.isprintable() or character == "\n" for character in shown), repr(shown)
    assert [str(fault) for fault in pickle.loads(pickle.dumps(error)).faults] == [str(fault) for fault in error.faults]
    for fault in error.faults:
        lines = re.split(r"\r\n|\r|\n", texts[fault.file].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
        assert 1 <= fault.line <= len(lines), fault
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1, fault
        assert fault.shown == lines[fault.line - 1], fault


def check_policy(policy):
    """What was read without a fault means something for the ordinary person, on every day."""
    words = policy.words
    usual = {axis.number: axis.ordinary for axis in words.axes}
    assert sorted(policy.order) == sorted(policy.rules)
    for day in [DAY, *(epoch.day for epoch in epochs(policy.rules.values()))]:
        said = meaning(
            standing(policy, day).rules, words, lambda look: usual[look.axis] in look.places, words.doors, words.terms
        )
        assert all(answer.open or answer.shut for answer in said.doors.values())
