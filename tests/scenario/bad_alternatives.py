"""Faulty alternatives of the small scenario, by a name that says what is wrong with each."""

HEAD = "alternative: East closes\nsays: Invented.\n"
NUMBER = (
    "{number: returns a day, of: East, from: 2022-01-20, times: 2, low: 1, high: 3, source: atlas, confidence: low}"
)
SHARE = (
    "{door: entry, state: East, answer: may, from: 2022-01-20, share: 0.5, low: 0.3, high: 0.7, "
    "source: atlas, confidence: low}"
)
RULE = "{rule: nobody enters, entry: must refuse, in: East, from: 2022-01-20, source: east-law}"

GOOD = f"""{HEAD}asked by:
- {{who: Somebody, says: Close it., source: atlas}}
sources:
  east-order: {{cite: Order of East, rank: law, published: 2022-01-15}}
withdraw: visas of another state may open
dates:
- {{rule: the liable are called up, from: 2022-01-12, until: open}}
rules:
- {RULE}
practice:
- {SHARE}
numbers:
- {NUMBER}
"""


def number(old, new):
    assert old in NUMBER, old
    return f"{HEAD}numbers:\n- {NUMBER.replace(old, new)}\n"


def share(old, new):
    assert old in SHARE, old
    return f"{HEAD}practice:\n- {SHARE.replace(old, new)}\n"


def rule(text):
    return f"{HEAD}rules:\n- {text}\n"


BAD = {
    "no mapping": "- alternative\n",
    "no title": "says: Invented.\nwithdraw: every claim is assessed\n",
    "an unknown key": f"{HEAD}withdrawn: every claim is assessed\nwithdraw: every claim is assessed\n",
    "nothing is changed": HEAD,
    "a rule that is not there is withdrawn": f"{HEAD}withdraw: every claim is asessed\n",
    "a rule is withdrawn twice": f"{HEAD}withdraw: [every claim is assessed, every claim is assessed]\n",
    "dates of a rule that is not there": f"{HEAD}dates:\n- {{rule: every claim is asessed, from: 2022-01-12}}\n",
    "dates of a rule that is withdrawn": (
        f"{HEAD}withdraw: every claim is assessed\ndates:\n- {{rule: every claim is assessed, from: 2022-01-12}}\n"
    ),
    "dates without a day": f"{HEAD}dates:\n- {{rule: every claim is assessed}}\n",
    "dates that are no days": f"{HEAD}dates:\n- {{rule: every claim is assessed, from: 12 January}}\n",
    "dates out of order": f"{HEAD}dates:\n- {{rule: the liable are called up, until: 2022-01-05}}\n",
    "a rule of a name that is taken": rule(RULE.replace("nobody enters", "every claim is assessed")),
    "a source of a name that is taken": f"{HEAD}sources:\n  east-law: {{cite: Law, rank: law}}\nrules:\n- {RULE}\n",
    "a rule with an unknown fact": rule(RULE.replace("in: East", "in: East, when: {visum: no visa}")),
    "a rule that prevails over nothing": rule(RULE.replace("in: East", "in: East, despite: nothing")),
    "rules in a circle": (
        f"{HEAD}rules:\n- {RULE.replace('in: East', 'in: East, despite: somebody enters')}\n"
        f"- {RULE.replace('nobody', 'somebody').replace('in: East', 'in: East, despite: nobody enters')}\n"
    ),
    "somebody asks without a source": f"{HEAD}asked by: {{who: Somebody, says: Close it.}}\nwithdraw: every claim is assessed\n",
    "an unknown number": number("returns a day", "retruns a day"),
    "a number of something unknown": number("East", "Eest"),
    "a number of nothing": number(" of: East,", ""),
    "a number of all that is of a state": number("returns a day", "threats among travellers"),
    "a number without a day": number(" from: 2022-01-20,", ""),
    "a number that ends before it begins": number("from: 2022-01-20", "from: 2022-01-20, until: 2022-01-10"),
    "a number changed in two ways": number("times: 2", "times: 2, plus: 1"),
    "a number changed twice": f"{HEAD}numbers:\n- {NUMBER}\n- {NUMBER}\n",
    "a number in words": number("times: 2", "times: twice"),
    "a number out of its range": number("low: 1", "low: 2.5"),
    "a number with half a range": number("low: 1, ", ""),
    "a fixed number with a range": number("times: 2", "times: 2, spread: fixed"),
    "a lognormal number from below zero": number("low: 1", "low: -1"),
    "a logit number from zero": number("times: 2, low: 1, high: 3", "becomes: 0.5, low: 0, high: 0.9, spread: logit"),
    "a number without a source": number("source: atlas, ", ""),
    "a number of unknown confidence": number("confidence: low", "confidence: some"),
    "a share beyond all": share("share: 0.5", "share: 1.5"),
    "a share at an unknown door": share("entry", "entri"),
    "a share in an unknown state": share("East", "Eest"),
    "a share on an unknown way": share("state: East", "way: [Bridge by car, Brigde by foot]"),
    "a share of an unknown answer": share("answer: may", "answer: perhaps"),
}
