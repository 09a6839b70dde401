"""A small whole scenario of our own invention, for tests of whatever reads or runs one.

Hill and Lake are regions of the state Home; three ways lead out: by road to East over the Bridge, by air to West, and by the
green border to East. One kind of people can be called up; some hold a visa of East or West, some nothing. `write_small(folder)`
writes it; `changes` replaces whole files (None leaves one out), `edits` single texts inside a file.
"""

from pathlib import Path

POLICY_WORDS = """vocabulary: A small border
place: {in: state, at: where}
facts:
  state: {values: [Home, East, West], ordinary: East, ask: Which state decides?}
  where: {values: [land border, airport, inside], ordinary: land border}
  travels by: {values: [car, aircraft, on foot], ordinary: car}
  liable: {values: [no, yes], ordinary: no, ask: Can the person be called up?}
  age: {whole number: 0..120, ordinary: 30}
  visa: {values: [no visa, short-stay visa, residence permit], ordinary: no visa}
  issued by: {values: [nobody, this state, another state], ordinary: nobody}
  home region: {values: [another region, Hill], ordinary: another region}
  protection: {values: [no, made], ordinary: no}
findings:
  danger: {values: [no, yes], ordinary: no, looked at by: asylum office}
terms:
  called up: {values: [no, yes], unfilled: no}
doors:
  exit: {open: let out, shut: stop, decided by: Home's guards, asked: {state: Home}}
  entry: {open: admit, shut: refuse, decided by: border guard, asked: {state: [East, West], protection: no}}
  asylum procedure:
    {open: assess, shut: turn away, decided by: asylum office, protection: yes, asked: {state: [East, West], protection: made}}
ranks: [law]
impossible:
- {visa: no visa, issued by: [this state, another state]}
- {visa: not no visa, issued by: nobody}
"""

POLICY_RULES = """policy: A small border closes
words: words.yaml
sources:
  home-law: {cite: Law of Home on leaving, rank: law, published: 2021-12-01}
  east-law: {cite: Law of East on entry, rank: law, published: 2021-12-01}
readings:
  danger at home:
    asks: Does being called up count as danger?
    answers: {never: {says: It does not., source: east-law}, always: {says: It does., source: east-law}}
rules:
- {rule: the liable are called up, called up: yes, from: 2022-01-10, when: {liable: yes}, source: home-law}
- {rule: whoever is called up stays, exit: must stop, in: Home, when: {called up: yes}, source: home-law}
- {rule: everybody else may go, exit: must let out, in: Home, unless: {called up: yes}, source: home-law}
- {rule: visas of this state open, entry: must admit, in: [East, West], when: {visa: not no visa, issued by: this state},
   source: east-law}
- {rule: visas of another state may open, entry: may admit, in: [East, West], when: {visa: not no visa, issued by: another state},
   source: east-law}
- {rule: without a visa nobody enters, entry: must refuse, in: [East, West], when: {visa: no visa}, source: east-law}
- {rule: every claim is assessed, asylum procedure: must assess, in: [East, West], when: {protection: made}, source: east-law}
"""

FILES = {
    "scenario.yaml": """title: A small border closes
says: Invented.
period: {from: 2022-01-01, report from: 2022-01-08, until: 2022-02-01}
under: {danger at home: always}
""",
    "policy/words.yaml": POLICY_WORDS,
    "policy/rules.yaml": POLICY_RULES,
    "world/places.csv": """place,kind,state,latitude,longitude,facts,source,confidence,note
Hill,origin,Home,50.5,10,home region=Hill,atlas,high,
Lake,origin,Home,51,11.25,,atlas,high,
Bridge,crossing,East,50.75,12,,atlas,high,the only bridge
West Airport,airport,West,48,-2,,atlas,high,
East,state,East,52,15,,atlas,high,
West,state,West,47,-3,,atlas,high,
""",
    "world/gates.csv": """gate,persons_a_day,up_to,per_waiting,source,confidence,note
Bridge,300,450,0.05,"Bridge authority, yearly report",medium,
flights to West,80,80,0,timetable,high,
""",
    "world/ways.yaml": """ways:
- way: Bridge by car
  to: East
  place: Bridge
  mode: road
  gate: Bridge
  doors:
  - exit: {state: Home, where: land border, travels by: car}
  - entry:
      state: East
      where: land border
      travels by: car
      issued by: {own: this state, other: another state}
  claim: {asylum procedure: {state: East, where: land border, protection: made}}
- way: flight to West
  to: West
  place: West Airport
  mode: air
  gate: flights to West
  doors:
  - exit: {state: Home, where: airport, travels by: aircraft}
  - entry: {state: West, where: airport, travels by: aircraft, issued by: {own: this state, other: another state}}
- way: over the fields
  to: East
  place: East
  mode: green border
  claim: {asylum procedure: {state: East, where: inside, travels by: on foot, protection: made}}
  note: Nobody lets anybody out or in.
""",
    "world/routes.csv": """origin,way,hours,source,confidence,note
Hill,Bridge by car,3,atlas,high,
Lake,Bridge by car,5.5,atlas,high,
Hill,flight to West,9,timetable,medium,
Lake,flight to West,8,timetable,medium,
Hill,over the fields,30,atlas,low,
""",
    "people/people.yaml": """kinds:
- kind: liable
  facts: {liable: yes, age: 27}
  leaving: {danger: yes}
  says: Men who can be called up.
- kind: others
  facts: {liable: no, age: 40}
holdings:
- holding: visa of East
  facts: {visa: short-stay visa, issued by: another state}
  issuer: East
- holding: permit of West
  facts: {visa: residence permit, issued by: another state}
  issuer: West
- holding: nothing
  facts: {visa: no visa, issued by: nobody}
""",
    "people/margins.csv": """margin,origin,kind,holding,persons,source,confidence,note
by region,Hill,,,40000,census,high,
by region,Lake,,,60000,census,high,
by kind,,liable,,21000,census,high,
by kind,,others,,79000,census,high,
by papers,,,visa of East,5003,census,medium,
by papers,,,permit of West,1998,census,medium,
by papers,,,nothing,93000,census,medium,rounded
""",
    "people/seed.csv": """origin,kind,holding,weight,source,confidence,note
Hill,,visa of East,2.5,"Own assumption: nearer to East",low,
""",
    "evidence/sources.yaml": """sources:
  atlas: {cite: Atlas of Home, link: https://example.org/atlas, published: 2020-01-01}
  census: {cite: Census of Home}
  timetable: {cite: Timetable of the airport, note: winter}
  counts: {cite: Weekly counts of East, link: https://example.org/counts}
""",
    "evidence/events.yaml": """events:
- event: the order
  from: 2022-01-10
  until: 2022-01-31
  presses: {liable: leaving a day, others: leaving of others a day}
  rise days: rise days
  half-life days: half-life days
  source: home-law
  confidence: high
""",
    "evidence/practice.csv": """door,state,way,answer,from,until,share,low,high,source,confidence,note
entry,,,may,,,0.8,0.6,0.9,"Own assumption, to be fitted",low,
entry,West,,may,,2022-01-15,1,1,1,counts,high,
entry,West,,may,2022-01-15,,0.5,,,counts,medium,
""",
    "evidence/parameters.csv": """parameter,of,value,low,high,spread,unit,source,confidence,note
leaving a day,liable,0.02,0.01,0.04,lognormal,share a day,"Own assumption, to be fitted",low,
leaving of others a day,,0.005,0.001,0.01,logit,share a day,"Own assumption, to be fitted",low,
rise days,,2,1,4,lognormal,days,"Own assumption, to be fitted",low,
half-life days,the order,7,,,fixed,days,"Own assumption, to be fitted",medium,
warmth,,-1.5,-2,-1,normal,degrees,atlas,high,
""",
    "evidence/series.csv": """series,title,measure,states,ways,unit,per_day,stock
entries to East,Entries to East,entries,East,Bridge by car; over the fields,crossings,,
pending in East,Pending in East,pending,East,,persons,no,yes
""",
    "evidence/observations/east.csv": (
        "period_start,period_end,place,border_or_counterpart,measure,value,unit,published_by,source_title,source_url,confidence,"
        "derived,note,series\n"
        '2022-01-10,2022-01-16,East,Home->East,entries,1234,crossings,East,"Weekly counts, second week",'
        "https://example.org/counts,high,0,,entries to East\n"
        "2021-12-01,2021-12-31,East,Home->East,entries,900,crossings,East,Weekly counts,,medium,yes,before all this,\n"
        "2022-01-17,2022-01-23,East,,change,-20,percent,East,Weekly counts,,high,no,,\n"
    ),
    "evidence/quoted.csv": """title,series,from,until,value,change,source
"""
    """"1,234 crossings",entries to East,2022-01-10,2022-01-16,1234,no,counts
down by a fifth,entries to East,2022-01-17,2022-01-23,-20,yes,counts
""",
}


def texts_of(changes=None, edits=None):
    """The bytes of the files by their path; `edits`: by path, what is replaced (it has to be there) by what."""
    texts = {path: text for path, text in {**FILES, **(changes or {})}.items() if text is not None}
    for path, pairs in (edits or {}).items():
        for old, new in pairs.items():
            assert old in texts[path], f"{path} has no {old!r}"
            texts[path] = texts[path].replace(old, new)
    return {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}


def write_small(folder, changes=None, edits=None):
    """Writes the scenario into a folder, which is made where it is not there, and returns its path."""
    folder = Path(folder)
    for path, data in texts_of(changes, edits).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
