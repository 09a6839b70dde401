"""Faulty scenarios: the small one with one thing changed, by a name that says what is wrong with it.

Each is a mapping from a file to what is replaced in it by what, or to its whole new text (None: the file is left out).
"""

from .small import FILES

PLACES, GATES, WAYS, ROUTES = (f"world/{name}" for name in ("places.csv", "gates.csv", "ways.yaml", "routes.csv"))
PEOPLE, MARGINS, SEED = "people/people.yaml", "people/margins.csv", "people/seed.csv"
SOURCES, EVENTS, PRACTICE = "evidence/sources.yaml", "evidence/events.yaml", "evidence/practice.csv"
PARAMETERS, SERIES, QUOTED = "evidence/parameters.csv", "evidence/series.csv", "evidence/quoted.csv"
COUNTS, HEADER = "evidence/observations/east.csv", "scenario.yaml"

TABLES = {
    "a table is empty": {GATES: ""},
    "a table is no text": {GATES: b"gate,\xff\n"},
    "a column is misspelt": {GATES: {"persons_a_day": "persons a day"}},
    "a column is missing": {GATES: {"gate,persons_a_day,up_to": "gate,persons_a_day"}},
    "a column stands twice": {GATES: {"confidence,note": "confidence,confidence"}},
    "a column has no name": {GATES: {"confidence,note": "confidence,"}},
    "semicolons instead of commas": {GATES: FILES[GATES].replace(",", ";")},
    "a row is too short": {GATES: {"flights to West,80,80,0,timetable,high,": "flights to West,80"}},
    "a row is too long": {GATES: {"timetable,high,": "timetable, winter,high,"}},
    "a quote is never closed": {GATES: {'yearly report"': "yearly report"}},
    "text after a quote": {GATES: {'yearly report"': 'yearly report" of it'}},
    "a quote inside a cell": {GATES: {"flights to West": 'flights "to" West'}},
    "a cell is very long": {GATES: {"flights to West": "x" * 10_001}},
    "a number is no number": {GATES: {"300": "many"}},
    "a number has separators": {GATES: {"300": '"1,300"'}},
    "a number is endless": {GATES: {"450": "1e999"}},
    "a number is not finite": {GATES: {"450": "nan"}},
    "a day is no day": {PRACTICE: {"West,,may,2022-01-15": "West,,may,2022-01-32"}},
    "a choice is misspelt": {PLACES: {"Hill,origin": "Hill,orign"}},
    "yes is misspelt": {SERIES: {",no,yes": ",no,yess"}},
    "a part of a list is empty": {SERIES: {"car; over": "car;; over"}},
    "a fact is no pair": {PLACES: {"home region=Hill": "home region"}},
    "a fact stands twice in a cell": {PLACES: {"home region=Hill": "home region=Hill; home region=Hill"}},
}

SOURCED = {
    "figures without sources": {
        PLACES: {"home region=Hill,atlas": "home region=Hill,"},
        GATES: {"0,timetable": "0,"},
        ROUTES: {"30,atlas": "30,"},
        MARGINS: {"40000,census": "40000,"},
        SEED: {'"Own assumption: nearer to East"': ""},
        EVENTS: {"  source: home-law\n": ""},
        PRACTICE: {"1,1,1,counts": "1,1,1,"},
        PARAMETERS: {"degrees,atlas": "degrees,"},
        COUNTS: {"East,Weekly counts,,medium": ",Weekly counts,,medium", "East,Weekly counts,,high": "East,,,high"},
        QUOTED: {"no,counts": "no,"},
    },
    "figures without confidence": {
        PLACES: {"home region=Hill,atlas,high": "home region=Hill,atlas,"},
        GATES: {"0,timetable,high": "0,timetable,certain"},
        EVENTS: {"  confidence: high": "  confidence: hihg"},
        COUNTS: {",,medium,yes": ",,meduim,yes"},
    },
    "a source is misspelt": {GATES: {"timetable": "timetabel"}, EVENTS: {"home-law": "homelaw"}},
    "the id of a source has a space": {SOURCES: {"  atlas:": "  an atlas:"}},
    "a source without words": {SOURCES: {"{cite: Census of Home}": "{note: of Home}"}},
    "a source is a text": {SOURCES: {"{cite: Census of Home}": "Census of Home"}},
    "sources are a list": {SOURCES: "- atlas\n"},
}

WORLD = {
    "a place beyond the poles": {PLACES: {"50.5,10": "95,10"}, PARAMETERS: {"-1.5,-2,-1": "-1.5,-2,-1"}},
    "a place beyond the date line": {PLACES: {"50.5,10": "50.5,190"}},
    "a place in an unknown state": {PLACES: {"East,50.75": "Eest,50.75"}},
    "a place with an unknown fact": {PLACES: {"home region=Hill": "home regoin=Hill"}},
    "a place with an unknown value": {PLACES: {"home region=Hill": "home region=Hil"}},
    "a crossing states facts of people": {PLACES: {"50.75,12,": "50.75,12,home region=Hill"}},
    "a place stands twice": {PLACES: {"Lake,origin,Home,51": "Hill,origin,Home,51"}},
    "there are no origins": {PLACES: {"Hill,origin": "Hill,state", "Lake,origin": "Lake,state"}},
    "a place has no name": {PLACES: {"Lake,origin": ",origin"}},
    "no way leads to a state": {
        PLACES: {"West,state,West": "West,state,West"},
        WAYS: {"to: West": "to: East", "state: West": "state: East"},
    },
    "a gate carries less than nobody": {GATES: {"300": "-300"}},
    "a gate gives way downwards": {GATES: {"450": "200"}},
    "a gate stands twice": {GATES: {"flights to West": "Bridge"}, WAYS: {"gate: flights to West": "gate: Bridge"}},
    "a negative number of hours": {ROUTES: {"5.5": "-5.5"}},
    "a route from nowhere": {ROUTES: {"Lake,Bridge": "Laek,Bridge"}},
    "a route to nowhere": {ROUTES: {"30,atlas": "30,atlas", "Hill,over the fields": "Hill,over the feilds"}},
    "a route from a crossing": {ROUTES: {"Hill,over the fields": "Bridge,over the fields"}},
    "a route stands twice": {ROUTES: {"Lake,flight": "Hill,flight"}},
    "an origin without a route": {
        ROUTES: {"Lake,Bridge by car,5.5,atlas,high,\n": "", "Lake,flight to West,8,timetable,medium,\n": ""}
    },
    "ways are a text": {WAYS: "none\n"},
    "ways are missing": {WAYS: "way: Bridge\n"},
    "there are no ways": {WAYS: "ways: []\n"},
    "a way without keys": {WAYS: {"- way: flight to West\n  to: West\n": "- note: flight\n"}},
    "a way has an unknown key": {WAYS: {"  mode: air": "  mood: air"}},
    "a way stands twice": {WAYS: {"- way: over the fields": "- way: Bridge by car"}},
    "a way to an unknown state": {WAYS: {"  to: West": "  to: Wset"}},
    "a way over an unknown place": {WAYS: {"place: West Airport": "place: West Airprot"}},
    "a way over a region of origin": {WAYS: {"place: West Airport": "place: Hill"}},
    "a step says no state": {WAYS: {"exit: {state: Home, where: airport,": "exit: {where: airport,"}},
    "a way by an unknown mode": {WAYS: {"mode: air": "mode: flight"}},
    "a way through an unknown gate": {WAYS: {"gate: flights to West": "gate: flight to West"}},
    "a way without a gate": {WAYS: {"  gate: Bridge\n": ""}},
    "a way without doors": {
        WAYS: {
            "  doors:\n  - exit: {state: Home, where: airport, travels by: aircraft}\n  - entry: {state: West, where: airport,"
            " travels by: aircraft, issued by: {own: this state, other: another state}}\n": ""
        }
    },
    "a way with an empty list of doors": {
        WAYS: {
            "  doors:\n  - exit: {state: Home, where: airport, travels by: aircraft}\n  - entry: {state: West, where: airport,"
            " travels by: aircraft, issued by: {own: this state, other: another state}}\n": "  doors: []\n"
        }
    },
    "the green border has doors": {
        WAYS: {"  mode: green border\n": "  mode: green border\n  doors: [{exit: {state: Home}}]\n"}
    },
    "a door is misspelt": {WAYS: {"- exit: {state: Home, where: airport": "- exti: {state: Home, where: airport"}},
    "two doors in one step": {
        WAYS: {
            "  - exit: {state: Home, where: airport, travels by: aircraft}\n  - entry: {": "  - exit: {}\n    entry: {"
        }
    },
    "a door is a text": {WAYS: {"- exit: {state: Home, where: airport, travels by: aircraft}": "- exit: Home"}},
    "a claim holds two doors": {WAYS: {"protection: made}}\n  note": "protection: made}, entry: {}}\n  note"}},
    "a claim is a text": {
        WAYS: {
            "claim: {asylum procedure: {state: East, where: inside, travels by: on foot, protection: made}}": "claim: x"
        }
    },
    "a step states an unknown fact": {
        WAYS: {"where: airport, travels by: aircraft}\n": "wehre: airport, travels by: aircraft}\n"}
    },
    "a step states an unknown value": {
        WAYS: {"where: airport, travels by: aircraft}\n": "where: airprot, travels by: aircraft}\n"}
    },
    "a step states several values": {WAYS: {"where: inside": "where: [inside, airport]"}},
    "a step states a term": {WAYS: {"where: inside": "called up: yes"}},
    "a step states that something is unknown": {WAYS: {"where: inside": "where: '?'"}},
    "a step states a range": {WAYS: {"where: inside": "age: 18..30"}},
    "a relative fact without the other value": {
        WAYS: {"{own: this state, other: another state}\n  claim": "{own: this state}\n  claim"}
    },
    "a relative fact has an unknown value": {
        WAYS: {"{own: this state, other: another state}\n  claim": "{own: this state, other: other}\n  claim"}
    },
    "a way without a route": {ROUTES: {"Hill,over the fields,30,atlas,low,\n": ""}},
}

PEOPLE_AND_TOTALS = {
    "people are a list": {PEOPLE: "- kind: x\n"},
    "holdings are missing": {PEOPLE: "kinds:\n- kind: liable\n- kind: others\n"},
    "there are no kinds": {PEOPLE: "kinds: []\nholdings: []\n"},
    "a kind stands twice": {PEOPLE: {"kind: others": "kind: liable"}},
    "a holding stands twice": {PEOPLE: {"holding: permit of West": "holding: visa of East"}},
    "a kind with an unknown fact": {PEOPLE: {"liable: yes, age: 27": "laible: yes, age: 27"}},
    "a kind with an unknown value": {PEOPLE: {"liable: yes, age: 27": "liable: maybe, age: 27"}},
    "a kind too old": {PEOPLE: {"age: 27": "age: 270"}},
    "a kind without a name": {PEOPLE: {"- kind: liable\n  facts": "- facts"}},
    "a kind leaves for an unknown reason": {PEOPLE: {"danger: yes": "dnager: yes"}},
    "papers of an unknown state": {PEOPLE: {"issuer: East": "issuer: Eest"}},
    "facts are a text": {PEOPLE: {"facts: {liable: no, age: 40}": "facts: none"}},
    "there are no margins": {MARGINS: FILES[MARGINS].splitlines()[0]},
    "a margin of an unknown region": {MARGINS: {"by region,Lake": "by region,Laek"}},
    "a margin of an unknown kind": {MARGINS: {",liable,": ",laible,"}},
    "a margin of an unknown holding": {MARGINS: {",nothing,": ",nothign,"}},
    "a margin leaves a region out": {MARGINS: {"by region,Lake,,,60000,census,high,\n": "", "40000": "100000"}},
    "a margin names a region twice": {MARGINS: {"by region,Lake": "by region,Hill"}},
    "a margin is by different things": {MARGINS: {"by region,Lake,,": "by region,Lake,others,"}},
    "a margin without a name": {MARGINS: {"by region,Lake": ",Lake"}},
    "less than nobody": {MARGINS: {"40000": "-40000"}},
    "nobody at all": {MARGINS: "margin,origin,kind,holding,persons,source,confidence\nall,,,,0,census,high\n"},
    "margins contradict each other": {MARGINS: {"60000": "70000"}},
    "a margin that the seed rules out": {SEED: {"Hill,,visa of East,2.5": ",liable,,0"}},
    "a margin that the policy rules out": {
        PEOPLE: {"visa: residence permit, issued by: another state": "visa: no visa, issued by: another state"}
    },
    "a margin that facts rule out": {
        PEOPLE: {"visa: residence permit, issued by: another state": "liable: no, age: 27"},
        MARGINS: {"1998": "1998"},
    },
    "margins that cannot hold together": {
        MARGINS: "margin,origin,kind,holding,persons,source,confidence\nregion and kind,Hill,liable,,30000,census,high\n"
        "region and kind,Hill,others,,10000,census,high\nregion and kind,Lake,liable,,30000,census,high\n"
        "region and kind,Lake,others,,30000,census,high\nby kind,,liable,,40000,census,high\nby kind,,others,,60000,census,high\n"
    },
    "a negative weight": {SEED: {"2.5": "-2.5"}},
    "a weight of an unknown region": {SEED: {"Hill,": "Hil,"}},
}

EVIDENCE = {
    "practice of an unknown door": {PRACTICE: {"entry,West,,may,,": "enrty,West,,may,,"}},
    "practice of an unknown state": {PRACTICE: {"entry,West,,may,,": "entry,Wset,,may,,"}},
    "practice on an unknown way": {PRACTICE: {"entry,West,,may,,": "entry,West,flight,may,,"}},
    "practice of an unknown answer": {PRACTICE: {"entry,West,,may,,": "entry,West,,must,,"}},
    "practice without a door": {PRACTICE: {"entry,West,,may,,": ",West,,may,,"}},
    "a share over one": {PRACTICE: {"0.8,0.6,0.9": "80,60,90"}},
    "a share with doubt at one": {PRACTICE: {"0.8,0.6,0.9": "0.8,0.6,1"}},
    "a share out of order": {PRACTICE: {"0.8,0.6,0.9": "0.8,0.9,0.6"}},
    "practice ends before it begins": {PRACTICE: {"West,,may,2022-01-15,": "West,,may,2022-01-15,2022-01-15"}},
    "practice says two things of one day": {PRACTICE: {"West,,may,2022-01-15": "West,,may,2022-01-14"}},
    "a parameter of nothing": {PARAMETERS: {"leaving a day,liable": "leaving a day,laible"}},
    "a parameter of a pair with an unknown state": {PARAMETERS: {"warmth,": "warmth,East>Wset"}},
    "a parameter stands twice": {PARAMETERS: {"warmth": "rise days"}},
    "a parameter without a name": {PARAMETERS: {"warmth": ""}},
    "a parameter without a unit": {PARAMETERS: {"degrees": ""}},
    "a parameter with an unknown spread": {PARAMETERS: {"normal,degrees": "gaussian,degrees"}},
    "a parameter that is a share over one": {PARAMETERS: {"0.02,0.01,0.04": "2,1,4"}},
    "a parameter out of order": {PARAMETERS: {"2,1,4": "2,3,4"}},
    "a parameter without its ends": {PARAMETERS: {"2,1,4": "2,,"}},
    "a lognormal parameter from zero": {PARAMETERS: {"2,1,4": "2,0,4"}},
    "a logit parameter from zero": {PARAMETERS: {"0.005,0.001": "0.005,0"}},
    "a fixed parameter with doubt": {PARAMETERS: {"7,,,fixed": "7,6,8,fixed"}},
    "events are missing": {EVENTS: "event: the order\n"},
    "an event stands twice": {EVENTS: FILES[EVENTS] + FILES[EVENTS].split("\n", 1)[1]},
    "an event without a name": {EVENTS: {"- event: the order\n  from": "- from"}},
    "an event ends before it begins": {EVENTS: {"2022-01-31": "2022-01-09"}},
    "an event on no day": {EVENTS: {"2022-01-31": "soon"}},
    "an event presses nobody": {EVENTS: {"{liable: leaving a day, others: leaving of others a day}": "{}"}},
    "an event presses an unknown kind": {EVENTS: {"{liable:": "{laible:"}},
    "an event by an unknown parameter": {EVENTS: {"rise days: rise days": "rise days: rise dasy"}},
    "an event by a parameter of another kind": {EVENTS: {"leaving of others a day": "leaving a day"}},
    "a series stands twice": {SERIES: {"pending in East,": "entries to East,"}},
    "a series of an unknown state": {SERIES: {"pending,East": "pending,Eest"}},
    "a series of an unknown way": {SERIES: {"Bridge by car;": "Bridge by cart;"}},
    "a series of an unknown measure": {SERIES: {"pending,East": "pendnig,East"}},
    "a series a day and in stock": {SERIES: {",no,yes": ",yes,yes"}},
    "a series without a measure": {SERIES: {"pending,East": ",East"}},
    "an observation ends before it begins": {COUNTS: {"2022-01-10,2022-01-16": "2022-01-10,2022-01-09"}},
    "an observation without a day": {COUNTS: {"2022-01-10,2022-01-16": "2022-01-10,"}},
    "an observation of an unknown series": {COUNTS: {",entries to East": ",entires to East"}},
    "an observation outside the days": {COUNTS: {"before all this,": "before all this,entries to East"}},
    "an observation published before it was counted": {
        COUNTS: "".join(
            f"{line},{more}\n"
            for line, more in zip(
                FILES[COUNTS].splitlines(), ("published_on", "2022-01-15", "", "2022-01-23"), strict=True
            )
        )
    },
    "an observation in another unit than its series": {COUNTS: {",1234,crossings": ",1234,persons"}},
    "a series in another unit than its measure": {SERIES: {",persons,": ",requests,"}},
    "a series of days in the unit of their sum": {SERIES: {"fields,crossings,,": "fields,crossings,yes,"}},
    "an observation below nothing": {COUNTS: {",1234,": ",-1234,"}},
    "a quoted figure of an unknown series": {QUOTED: {"down by a fifth,entries": "down by a fifth,entires"}},
    "a quoted figure ends before it begins": {QUOTED: {"2022-01-17,2022-01-23": "2022-01-17,2022-01-16"}},
    "a quoted figure is negative": {QUOTED: {"1234,no": "-1234,no"}},
}

MEMBERS, MADE = "evidence/posterior.csv", "evidence/posterior.yaml"
FITTED = {
    MEMBERS: """parameter,of,median,low,high,z
leaving a day,liable,0.02,0.01,0.03,-0.5 0.25 1
practice,entry|||may|None|None,0.8,0.7,0.9,0.1 0 -1e-1
""",
    MADE: """command: limen fit small
seed: 1
until: 2022-01-20
files: {world/places.csv: 0123456789abcdef}
""",
}
"""A posterior of the small scenario, without faults."""


def fitted(changes, without=""):
    """The posterior with texts replaced, or without one of its files."""
    texts = {path: text for path, text in FITTED.items() if path != without}
    for old, new in changes.items():
        assert any(old in text for text in texts.values())
        texts = {path: text.replace(old, new) for path, text in texts.items()}
    return texts


NEEDS_HEAD = "kind,share,low,high,source,confidence\n"
NEEDS = {
    "needs of nobody": {"evidence/needs.csv": f"{NEEDS_HEAD},0.2,0.1,0.4,atlas,low\n"},
    "needs of an unknown kind": {"evidence/needs.csv": f"{NEEDS_HEAD}liabel,0.2,0.1,0.4,atlas,low\n"},
    "needs of a kind twice": {"evidence/needs.csv": NEEDS_HEAD + "liable,0.2,0.1,0.4,atlas,low\n" * 2},
    "needs beyond all": {"evidence/needs.csv": f"{NEEDS_HEAD}liable,1.2,0.1,0.4,atlas,low\n"},
    "needs without a source": {"evidence/needs.csv": f"{NEEDS_HEAD}liable,0.2,0.1,0.4,,\n"},
}

POSTERIOR = {
    "a posterior of an unknown parameter": fitted({"leaving a day": "leeving a day"}),
    "a posterior of a parameter without doubt": fitted({"leaving a day,liable": "half-life days,the order"}),
    "a posterior of a parameter twice": fitted({"practice,entry|||may|None|None": "leaving a day,liable"}),
    "a posterior without a name": fitted({"leaving a day,liable": ",liable"}),
    "a posterior with members missing": fitted({"0.1 0 -1e-1": "0.1 0"}),
    "a posterior of words": fitted({"0.25": "a quarter"}),
    "a posterior out of this world": fitted({"0.25": "25"}),
    "a posterior without members": fitted({"-0.5 0.25 1": ""}),
    "a posterior without how it was made": fitted({}, without=MADE),
    "a posterior that is only how it was made": fitted({}, without=MEMBERS),
    "a posterior without a seed": fitted({"seed: 1\n": ""}),
    "a posterior with a seed in words": fitted({"seed: 1": "seed: one"}),
    "a posterior until a day that is not simulated": fitted({"2022-01-20": "2022-03-01"}),
    "a posterior until no day": fitted({"2022-01-20": "soon"}),
    "a posterior made with a list": fitted({"{world/places.csv: 0123456789abcdef}": "[world/places.csv]"}),
    "a posterior made with something unknown": fitted({"command:": "comand:"}),
}

WHOLE = {
    "nothing is there": dict.fromkeys(FILES),
    "only the policy is there": {path: None for path in FILES if not path.startswith("policy/")},
    "the policy is missing": {path: None for path in FILES if path.startswith("policy/")},
    "the policy is faulty too": {"policy/rules.yaml": {"must stop": "must stopp"}, GATES: {"300": "many"}},
    "files with unknown names": {"evidence/practise.csv": "door\n", "world/routes.yaml": "routes: []\n"},
    "a scenario is a list": {HEADER: "- title\n"},
    "a scenario without a title": {HEADER: {"title: A small border closes\n": ""}},
    "a period out of order": {HEADER: {"report from: 2022-01-08": "report from: 2022-02-08"}},
    "a period without an end": {HEADER: {", until: 2022-02-01": ""}},
    "a period of a century": {HEADER: {"2022-02-01": "2122-02-01"}},
    "a period is a text": {HEADER: {"{from: 2022-01-01, report from: 2022-01-08, until: 2022-02-01}": "January"}},
    "officials read something unknown": {HEADER: {"danger at home": "danger at hoem"}},
    "officials read it in an unknown way": {HEADER: {"always": "allways"}},
    "officials read it in two ways": {HEADER: {"always": "[always, never]"}},
    "officials read nothing": {HEADER: {"under: {danger at home: always}\n": ""}},
}

BAD = {**TABLES, **SOURCED, **WORLD, **PEOPLE_AND_TOTALS, **EVIDENCE, **POSTERIOR, **NEEDS, **WHOLE}


def texts_of_bad(name):
    """The files of a faulty scenario."""
    from .small import texts_of

    changes = {path: change for path, change in BAD[name].items() if not isinstance(change, dict)}
    return texts_of(changes, {path: change for path, change in BAD[name].items() if isinstance(change, dict)})
