// The person of the address: facts that are stated, and what is taken for those that are not.

import * as state from "./state.js";

export const UNKNOWN = "?";

// Facts that make the sentence, in order, with the words before them. A policy has some of them, or others of its own.
const PHRASES = [
  ["age", "Aged"], ["nationality", "citizen of"], ["born in", "born in"], ["travel document", "with a"], ["document", "and"],
  ["visa", "with"], ["papers issued by", "issued by"], ["issued by", "issued by"], ["purpose", "travelling for"],
  ["asylum claim", "asylum:"], ["claims asylum", "claiming asylum:"], ["service", "army:"],
];
const FEWEST = 4;

export class Person {
  constructor(policy) {
    this.policy = policy;
    this.byName = new Map(policy.facts.map((fact) => [fact.name, fact]));
    const asked = policy.facts.filter((fact) => !fact.finding && fact.name !== policy.place && fact.name !== policy.where);
    this.spoken = PHRASES.filter(([name]) => asked.some((fact) => fact.name === name))
      .map(([name, words]) => ({ fact: this.byName.get(name), words }));
    for (const fact of asked) {
      if (this.spoken.length >= FEWEST) break;
      if (!this.spoken.some((one) => one.fact === fact)) this.spoken.push({ fact, words: `${fact.name}:` });
    }
    const inSentence = new Set(this.spoken.map((one) => one.fact));
    this.others = asked.filter((fact) => !inSentence.has(fact));
    this.findings = policy.facts.filter((fact) => fact.finding);
  }

  // Whether facts that nobody stated are left open; else they are taken as ordinary.
  open() { return state.setting("rest") === "open"; }

  place() { return this.policy.place ? this.value(this.byName.get(this.policy.place)) : ""; }

  anywhere() { return Boolean(this.policy.place) && !this.place(); }

  door() {
    const wanted = state.setting("door");
    const there = this.policy.doors.map((one) => one.name);
    if (there.includes(wanted)) return wanted;
    return there.includes("entry") ? "entry" : there[0];
  }

  // What is taken of a fact where nobody stated it: the ordinary value; of a finding, and of the place, nothing.
  usual(fact) {
    if (fact.finding || fact.name === this.policy.place) return "";
    if (this.open() && !this.spoken.some((one) => one.fact === fact) && fact.name !== this.policy.where) return "";
    return fact.kind === "set" ? fact.ordinary.join(",") || "none" : fact.ordinary[0];
  }

  // The value of a fact as a text: values with commas between them; empty where it is not known.
  value(fact) {
    const said = state.facts()[fact.name];
    if (said === undefined) return this.usual(fact);
    return said === UNKNOWN ? "" : said;
  }

  change(fact, value) {
    const facts = state.facts();
    if (value === this.usual(fact)) delete facts[fact.name];
    else facts[fact.name] = value === "" ? UNKNOWN : value;
    state.setFacts(facts);
  }

  under() {
    const said = state.readings();
    const all = { ...this.policy.under, ...said };
    return Object.fromEntries(Object.entries(all).filter(([, answer]) => answer !== UNKNOWN));
  }

  // All that is said of the person, as the API takes it.
  stated() {
    const found = {};
    for (const fact of this.policy.facts) {
      const value = this.value(fact);
      if (value === "") continue;
      found[fact.name] = fact.kind === "set" ? value.split(",").filter((one) => one !== "none") : several(fact, value);
      if (fact.kind === "set" && !found[fact.name].length) found[fact.name] = "none";
    }
    for (const [name, value] of Object.entries(state.facts())) {
      const given = this.policy.facts.find((fact) => fact.computed_from === name);
      if (given && value !== UNKNOWN) { found[name] = value; delete found[given.name]; }
    }
    return found;
  }
}

function several(fact, value) {
  if (fact.values.includes(value) || fact.kind === "number" || !value.includes(",")) return value;
  return value.split(",");
}
