"""A small policy at an invented border, and helpers to ask about it."""

from datetime import date

import pytest

from limen.policy.people import PersonReader
from limen.policy.read import policy_from
from limen.text.nodes import read_document

WORDS = """
vocabulary: An invented border
place: {in: state, at: where}
facts:
  state: {values: [A, B], ordinary: A}
  where: {values: [border, consulate], ordinary: border}
  nationality: {values: [own, near, far], groups: {foreign: [near, far]}, ordinary: far, ask: What nationality?}
  document: {holds: [passport, visa, permit], ordinary: [passport]}
  purpose: {values: [tourism, family, study], ordinary: tourism}
  asks asylum: {values: [no, yes], ordinary: no}
  age: {whole number: 0..120, ordinary: 30, computed: {as: age on the day, from: date of birth}}
findings:
  individual threat: {values: [no, yes], ordinary: no, looked at by: guard}
  danger at home: {values: [no, yes], ordinary: no, looked at by: office}
terms:
  considered a threat: {values: [no, yes], unfilled: no}
doors:
  entry: {open: admit, shut: refuse, decided by: guard, asked: {where: border, nationality: foreign}}
  visa: {open: issue, shut: deny, asked: {where: consulate}}
  asylum: {open: assess, shut: turn away, protection: yes}
ranks: [union law, national law, measure, {rank: guidance, binding: no}]
impossible:
- {nationality: own, document: [visa, permit]}
"""

RULES = """
policy: An invented border
sources:
  code: {cite: Border Code, rank: union law, published: 2016-01-01, confidence: high}
  act: {cite: Aliens Act, rank: national law, published: 2018-01-01, confidence: medium}
  order: {cite: Order of May, rank: measure, published: 2022-05-25, confidence: low}
  advice: {cite: Advice, rank: guidance, published: 2022-01-01, confidence: medium}
readings:
  class or person:
    asks: May a class be a threat?
    answers:
      class: {says: Yes., source: order 1}
      person: {says: No., source: code 4}
rules:
- rule: conditions met
  entry: must admit
  when: {nationality: foreign, document: [visa, permit], considered a threat: no, individual threat: no}
  source: code 6
- rule: conditions not met
  entry: must refuse
  when:
  - {nationality: foreign, document: not visa or permit}
  - {nationality: foreign, considered a threat: yes}
  - {nationality: foreign, individual threat: yes}
  unless: {asks asylum: yes}
  source: code 14
- rule: look first
  entry: first individual threat
  source: code 4
- rule: tourists are a threat
  considered a threat: yes
  in: A
  from: 2022-06-01
  under: {class or person: class}
  when: {nationality: far, document: visa, purpose: tourism}
  source: order 2
- rule: family enters
  entry: must admit
  when: {nationality: foreign, purpose: family}
  despite: conditions not met
  source: code 3
- rule: asylum is assessed
  asylum: must assess
  when: {asks asylum: yes, age: 18..}
  source: code 20
- rule: children are assessed
  asylum: must assess
  when: {asks asylum: yes, age: ..17}
  source: act 3
- rule: no asylum in the order
  asylum: must turn away
  in: A
  from: 2022-06-01
  when: {asks asylum: yes, nationality: far}
  source: order 3
- rule: visas
  visa: may issue
  when: {nationality: foreign}
  source: act 1
- rule: advice against tourists
  visa: presume deny
  when: {purpose: tourism}
  source: advice
"""


@pytest.fixture
def make():
    """Reads a policy from texts: the words and rules of the invented border, with more or other files."""

    def made(*more, words=WORDS, rules=RULES):
        texts = {"words.yaml": words, "rules.yaml": rules, **{f"more{i}.yaml": text for i, text in enumerate(more)}}
        return policy_from({name: text.encode() for name, text in texts.items() if text})

    return made


@pytest.fixture
def policy(make):
    """The invented border."""
    return make()


@pytest.fixture
def person(policy):
    """Reads a person from YAML in flow style, as known in part."""

    def read(text, policy=policy):
        document = read_document("person", text.encode())
        found = PersonReader(policy.words).person(document, document.root)
        assert not document.faults, document.faults
        return found

    return read


@pytest.fixture
def before():
    """A day before the order."""
    return date(2022, 5, 1)


@pytest.fixture
def after():
    """A day after the order."""
    return date(2022, 7, 1)
