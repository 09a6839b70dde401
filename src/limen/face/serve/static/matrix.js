// Equal treatment: where one fact decides, as a matrix of doors and states. A cell opens the pair of people behind it.

import { post } from "./api.js";
import { full } from "./days.js";
import { fill, h, table, trouble } from "./dom.js";
import { open, rulesOf } from "./people.js";
import * as state from "./state.js";

const MARKS = {
  decides: ["✕", "decides", "shut"], alike: ["✓", "alike", "open"], uncovered: ["?", "not covered", "depends"], none: ["·", "not asked", "none"],
};

export async function matrix(root, policy) {
  const usable = policy.facts.filter((fact) => fact.kind !== "set" && ![policy.place, policy.where].includes(fact.name));
  const by = usable.some((fact) => fact.name === state.setting("by")) ? state.setting("by")
    : (usable.find((fact) => fact.name === "nationality") || usable[0]).name;
  const fact = usable.find((one) => one.name === by);
  const among = state.setting("among").split(",").filter((one) => fact.values.includes(one));
  const day = state.setting("on", policy.day);
  const card = h("section", { class: "card", "aria-label": "Equal treatment" });
  const detail = h("section", { class: "card", "aria-label": "The pair", "aria-live": "polite" });
  const again = (changes) => { state.set(changes); matrix(root, policy); };
  const form = h("div", { class: "asked" },
    h("label", {}, "Does it decide: ", h("select", { id: "by", value: by, onchange: (event) => again({ by: event.target.value, among: "" }) },
      usable.map((one) => h("option", { value: one.name }, one.name)))),
    h("label", {}, " on ", h("input", { type: "date", id: "audit-day", value: day, onchange: (event) => again({ on: event.target.value }) })),
    fact.kind === "one" ? h("span", { class: "things", role: "group", "aria-label": "Among" }, "among: ", fact.values.map((one) => h("label", {},
      h("input", { type: "checkbox", checked: !among.length || among.includes(one), onchange: (event) => {
        const left = new Set(among.length ? among : fact.values);
        if (event.target.checked) left.add(one); else left.delete(one);
        again({ among: left.size === fact.values.length ? "" : fact.values.filter((value) => left.has(value)).join(",") });
      } }), ` ${fact.names[one] || one}`))) : null);
  const held = document.activeElement?.id;
  fill(root, h("div", { class: "split wide" }, card, detail));
  fill(card, h("h3", {}, `Where ${by} decides`), form, h("p", { class: "quiet" }, "Working…"));
  if (held) document.getElementById(held)?.focus();
  card.setAttribute("aria-busy", "true");
  let found = null;
  try {
    found = await post("audit", { policy: policy.name, by, among, on: day, under: state.readings() });
    if (!card.isConnected) return {};
    const doors = found.doors.filter((door) => door.covered.length);
    const place = policy.facts.find((one) => one.name === policy.place);
    const states = place ? place.values : [""];
    const rows = states.map((where) => ({ cells: [place?.names[where] || where || "everywhere",
      ...doors.map((door) => cell(policy, door, where, detail, by))] }))
      .filter((row) => row.cells.slice(1).some((one) => typeof one !== "string" || !one.startsWith("·")));
    fill(card, h("h3", {}, `Where ${by} decides`), form,
      h("p", { class: "quiet" }, `${found.values} · ${full(day)}. Two people are compared who differ in this one fact, and in as little else ` +
        "as can be. A map of the rules as written, and no verdict on any of these places."),
      h("div", { class: "matrix" }, table(`By state and door: where ${by} decides`, [{ head: place ? "State" : "Place" }, ...doors.map((door) => ({ head: door.door }))], rows)),
      h("ul", { class: "legend" }, Object.values(MARKS).map(([sign, says, kind]) => h("li", { class: `verdict ${kind}` }, `${sign} ${says}`))),
      found.notes.map((note) => h("p", { class: "quiet" }, note)));
    const first = doors.flatMap((door) => door.findings.map((finding) => [door, finding])).find(([, finding]) => finding.covered);
    if (first) pair(detail, policy, first[0], [first[1]], by, "");
    else fill(detail, h("p", {}, "Nobody of whom rules speak is answered otherwise because of it."));
  } catch (error) {
    fill(card, h("h3", {}, `Where ${by} decides`), form, trouble(error));
  }
  card.removeAttribute("aria-busy");
  if (held) document.getElementById(held)?.focus();
  return { data: async () => found, command: () => `limen audit ${policy.name} --by '${by}'${among.length ? ` --among '${among.join(",")}'` : ""} --on ${day}` };
}

function cell(policy, door, where, detail, by) {
  const here = door.covered.filter((one) => !one.states.length || one.states.includes(where));
  const kind = here.some((one) => one.decides) ? "decides" : here.some((one) => one.alike) ? "alike"
    : here.some((one) => one.not_covered) ? "uncovered" : "none";
  const [sign, says, look] = MARKS[kind];
  const findings = door.findings.filter((one) => !one.states.length || one.states.includes(where));
  if (kind === "decides" && findings.length) {
    return h("button", { type: "button", class: "small verdict shut", "aria-label": `${door.door}, ${where}: ${says}`,
      onclick: () => pair(detail, policy, door, findings, by, where) }, `${sign} ${findings.length}`);
  }
  if (kind === "none") return `${sign}`;
  return h("span", { class: `verdict ${look}`, title: says }, sign, h("span", { class: "hidden" }, ` ${says}`));
}

function pair(root, policy, door, findings, by, where) {
  fill(root, h("h3", { class: "answer shut" }, `${by} decides: ${door.door}`),
    h("p", { class: "quiet" }, `${where ? `${where}, ` : ""}decided by ${door.decided_by}`),
    findings.slice(0, 5).map((one, place) => h("div", { class: "pair" },
      findings.length > 1 ? h("h4", {}, `Way ${place + 1} of ${findings.length}`) : null,
      one.covered ? null : h("p", { class: "warning" }, "Rules speak of one of the two only: the other is not known to be treated otherwise."),
      h("dl", { class: "who" },
        h("dt", {}, "One"), h("dd", {}, one.person.sentence, " — ", h("strong", {}, one.person.answer), " ", open(policy, one.person, door.door)),
        h("dt", {}, "Other"), h("dd", {}, one.twin.sentence, " — ", h("strong", {}, one.twin.answer), " ", open(policy, one.twin, door.door)),
        one.values.map((alike) => [h("dt", {}, alike.values), h("dd", {}, alike.answer)])),
      h("h4", {}, "Through these rules"), rulesOf(one.rules))),
    findings.length > 5 ? h("p", { class: "quiet" }, `${findings.length - 5} further ways are in the data.`) : null);
}
