// The ways of a person as chains of doors: those that come to the same stand together.

import { Latest, givenUp, post } from "./api.js";
import { fill, fold, h, trouble } from "./dom.js";
import { REACH } from "./verdicts.js";

const asked = new Latest();
const ORDER = ["must reach", "can reach", "depends", "cannot"];

export function waysOf(root, policy, question, day) {
  const out = h("div", {});
  const button = h("button", { type: "button", onclick: async () => {
    out.setAttribute("aria-busy", "true");
    fill(out, h("p", { class: "quiet" }, "Every door of every way is asked…"));
    try {
      const person = { ...question().person };
      delete person[policy.place];
      for (const name of [policy.where, "crossing", "travels by", "bound for", "papers issued by"]) delete person[name];
      const issuer = question().person[policy.place] || "";
      const found = await asked.ask((signal) =>
        post("ways", { ...question(), person, on: day(), brief: true, issuer: typeof issuer === "string" ? issuer : "" }, signal));
      fill(out, part("To be let in", found.ways, "through"), part("To ask for protection", found.ways, "protection"),
        found.warnings.map((text) => h("p", { class: "warning" }, text)),
        found.notes.map((text) => h("p", { class: "quiet" }, text)));
    } catch (error) {
      if (!givenUp(error)) fill(out, trouble(error));
    }
    out.removeAttribute("aria-busy");
  } }, "Walk every way");
  fill(root, h("h3", {}, "By which ways could this person leave, enter or ask for protection?"), button, out);
}

function part(title, ways, which) {
  const alike = new Map();
  for (const way of ways) {
    const walked = way[which];
    if (!walked) continue;
    const key = JSON.stringify([walked.reach, walked.reach_if_nothing_is_found,
      walked.steps.map((step) => [step.door, step.lawful, step.lawful_if_nothing_is_found]), walked.risks]);
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push([way, walked]);
  }
  if (!alike.size) return null;
  const groups = [...alike.values()].sort((a, b) =>
    ORDER.indexOf(a[0][1].reach_if_nothing_is_found) - ORDER.indexOf(b[0][1].reach_if_nothing_is_found));
  return h("div", {}, h("h4", {}, title), h("ol", { class: "ways" }, groups.map(chain)));
}

function chain(group) {
  const walked = group[0][1];
  const look = REACH[walked.reach_if_nothing_is_found] || REACH.depends;
  const names = group.map(([way]) => `${way.way} (${way.state})`);
  const [least, most] = walked.takes;
  return h("li", {},
    h("span", { class: `verdict ${look.kind}` }, `${look.sign} ${walked.reach_if_nothing_is_found}`),
    h("ol", { class: "chain" }, walked.steps.map((step) => {
      const lawful = step.lawful_if_nothing_is_found;
      return h("li", { class: step.risk ? "risk" : "" }, h("span", { class: `step ${kindOf(lawful)}` }, `${step.door} · ${step.state}`),
        h("span", { class: "text" }, step.nobody || `${lawful}${step.risk ? ", a risk" : ""}`));
    })),
    walked.stopped_by ? h("p", { class: "text" }, `Stopped by ${walked.stopped_by}.`) : null,
    most ? h("p", { class: "text" }, `${least} to ${most} days at the doors that say how long they take.`) : null,
    walked.risks.length ? h("p", { class: "text" }, `Risk: ${walked.risks.join(", ")}.`) : null,
    names.length > 4 ? fold(`${names.length} ways: ${names.slice(0, 3).join(", ")}…`, h("p", {}, names.join(", ")))
      : h("p", { class: "text" }, names.join(", ")));
}

function kindOf(lawful) {
  return { "surely open": "open", "can open": "may", "surely shut": "shut", depends: "depends" }[lawful] || "none";
}
