// The person as a sentence whose words can be changed; further facts, findings and readings below it.

import { fill, fold, h } from "./dom.js";
import { UNKNOWN } from "./person.js";
import * as state from "./state.js";

export function sentence(root, policy, person, day, { changed, moved }) {
  const focused = document.activeElement?.id;
  const opened = [...root.querySelectorAll("details")].map((one) => one.open);
  const words = [];
  for (const { fact, words: before } of person.spoken) {
    words.push(h("span", { class: "part" }, `${before} `, control(fact, person, changed)));
  }
  const where = policy.where && person.byName.get(policy.where);
  if (where) words.push(h("span", { class: "part" }, "at the ", control(where, person, changed)));
  if (policy.place) words.push(h("span", { class: "part" }, "of ", control(person.byName.get(policy.place), person, changed, "any state")));
  words.push(h("span", { class: "part" }, "on ", h("input", {
    type: "date", id: "day", "aria-label": "Day", value: day, onchange: (event) => event.target.value && moved(event.target.value),
  })));
  const doors = h("select", { id: "door", "aria-label": "Door", value: person.door(), onchange: (event) => {
    state.set({ door: event.target.value, at: "" });
    changed();
  } }, policy.doors.map((one) => h("option", { value: one.name }, one.name)));
  words.push(h("span", { class: "part" }, "Door: ", doors));
  const stated = Object.keys(state.facts()).length;
  fill(root,
    h("p", { class: "words" }, words),
    h("div", { class: "folds" },
      h("fieldset", { class: "rest" }, h("legend", {}, "Facts that are not stated are"),
        choice("rest", "ordinary", !person.open(), () => { state.set({ rest: "" }); changed(); }),
        choice("rest", "not known", person.open(), () => { state.set({ rest: "open" }); changed(); })),
      fold(`${person.others.length} further facts`, grid(person.others, person, changed)),
      person.findings.length ? fold("What somebody found out", h("p", { class: "quiet" },
        "Left open unless you state it: nobody has looked yet."), grid(person.findings, person, changed)) : null,
      policy.readings.length ? fold("How disputed texts are read", readings(policy, person, changed)) : null,
      stated ? h("button", { type: "button", onclick: () => { state.setFacts({}); changed(); } }, "Forget what was stated") : null));
  root.querySelectorAll("details").forEach((one, place) => { one.open = opened[place] || false; });
  if (focused) document.getElementById(focused)?.focus();
}

function choice(name, label, on, change) {
  return h("label", {}, h("input", { type: "radio", name, id: `${name}-${label}`, checked: on, onchange: change }), ` ${label}`);
}

const idOf = (fact) => `fact-${fact.name.replace(/\W+/g, "-")}`;

function grid(facts, person, changed) {
  return h("div", { class: "facts" }, facts.map((fact) => h("div", { class: "fact" },
    h("label", { for: idOf(fact) }, fact.ask || fact.name), control(fact, person, changed),
    fact.says ? h("p", { class: "quiet" }, fact.says) : null)));
}

function control(fact, person, changed, any = "not known") {
  const value = person.value(fact);
  const told = (event) => { person.change(fact, event.target.value); changed(); };
  const name = fact.name;
  if (fact.kind === "number") {
    return h("input", { type: "number", id: idOf(fact), min: fact.values[0], max: fact.values.at(-1), value, placeholder: "?",
      "aria-label": name, onchange: told });
  }
  if (fact.kind === "set") return things(fact, person, changed);
  const options = fact.values.map((one) => h("option", { value: one }, fact.names[one] || one));
  if (value.includes(",") && !fact.values.includes(value)) options.push(h("option", { value }, value.replaceAll(",", " or ")));
  return h("select", { id: idOf(fact), "aria-label": name, value, onchange: told }, h("option", { value: "" }, any), options);
}

function things(fact, person, changed) {
  const held = new Set(person.value(fact).split(",").filter((one) => one && one !== "none"));
  const told = () => { person.change(fact, [...held].join(",") || "none"); changed(); };
  return h("span", { class: "things", id: idOf(fact), role: "group", "aria-label": fact.name }, fact.values.map((one) =>
    h("label", {}, h("input", { type: "checkbox", checked: held.has(one), onchange: (event) => {
      if (event.target.checked) held.add(one); else held.delete(one);
      told();
    } }), ` ${one}`)));
}

function readings(policy, person, changed) {
  const under = person.under();
  return h("div", { class: "facts" }, policy.readings.map((one) => {
    const id = `reading-${one.name.replace(/\W+/g, "-")}`;
    const told = (event) => {
      const said = state.readings();
      said[one.name] = event.target.value || UNKNOWN;
      if (said[one.name] === (policy.under[one.name] ?? UNKNOWN)) delete said[one.name];
      state.setReadings(said);
      changed();
    };
    return h("div", { class: "fact" }, h("label", { for: id }, one.ask || one.name),
      h("select", { id, value: under[one.name] || "", onchange: told }, h("option", { value: "" }, "every reading"),
        one.values.map((answer) => h("option", { value: answer }, answer))));
  }));
}
