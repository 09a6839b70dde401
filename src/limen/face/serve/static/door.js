// Why a door answers as it does: rules with their texts, what to ask, what would change it.

import { full, span } from "./days.js";
import { fill, fold, h } from "./dom.js";
import { CONFIDENCE, look } from "./verdicts.js";

export function detail(root, policy, answers, day, person, changed) {
  const door = answers.doors[0];
  if (!door) { fill(root, h("p", {}, "No door is asked of this person.")); return; }
  const place = policy.facts.find((fact) => fact.name === policy.place);
  const where = door.place ? place?.names[door.place] || door.place : "";
  const shown = door.if_nothing_is_found.length ? door.if_nothing_is_found : door.possibilities;
  const verdict = shown.length === 1 ? shown[0].verdict : "depends";
  const [deciding, others] = reasonsOf(door);
  fill(root,
    h("h3", { class: `answer ${look(verdict).kind}` }, `${look(verdict).sign} ${where ? `${where}: ` : ""}${door.door}`),
    h("p", { class: "big" }, shown.length === 1 ? shown[0].answer : door.answer),
    h("p", { class: "quiet" }, `${full(day)} · decided by ${door.decided_by || "nobody named"} · confidence ${door.confidence} `,
      h("span", { "aria-hidden": "true" }, CONFIDENCE[door.confidence] || "")),
    door.if_nothing_is_found.length ? h("p", { class: "quiet" },
      "If whoever looks finds nothing out of the ordinary. Before anybody has looked: ", h("strong", {}, door.answer), ".") : null,
    readings(person),
    possibilities(door),
    door.not_known.map((one) => h("p", { class: "warning" }, `Since ${full(one.since)} it is not known whether “${one.rule}” stands: ${one.what}`)),
    h("h4", {}, "Why"),
    h("ol", { class: "reasons" }, deciding.map(reason)),
    others.length ? fold(`${others.length} ${others.length === 1 ? "rule" : "rules"} that may speak`,
      h("ol", { class: "reasons" }, others.map(reason))) : null,
    door.near_misses.length ? h("div", { class: "note" }, h("h4", {}, "What would change the answer"),
      h("ul", {}, door.near_misses.map((one) => h("li", {}, miss(one))))) : null,
    door.enough?.length ? h("div", {}, h("h4", {}, "These facts are enough for it"), h("p", {}, door.enough.join("; "))) : null,
    answers.ask_next.length ? h("div", {}, h("h4", {}, "What to ask next"),
      h("ul", {}, answers.ask_next.slice(0, 5).map((one) => h("li", {}, one.ask || one.fact, next(policy, person, one, changed))))) : null,
    answers.look_at.length ? h("div", {}, h("h4", {}, "Who has to look"),
      h("ul", {}, answers.look_at.map((one) => h("li", {}, `${one.looked_at_by || "somebody"}: ${one.ask || one.finding}`,
        one.duty ? h("strong", {}, " (a duty)") : null)))) : null,
    door.by_reading.length ? h("div", {}, h("h4", {}, "It depends on how disputed texts are read"),
      h("ul", {}, door.by_reading.map((one) => h("li", {},
        `${Object.entries(one.readings).map(([name, value]) => `${name}: ${value}`).join("; ")} → `,
        h("strong", {}, one.answers.join(" or ")))))) : null,
    door.untranslated.length ? fold("What of the texts could not be put into rules",
      h("ul", {}, door.untranslated.map((one) => h("li", {}, one)))) : null,
    answers.warnings.map((text) => h("p", { class: "warning" }, text)),
    answers.notes.map((text) => h("p", { class: "quiet" }, text)));
}

// The rules behind the answer that is shown, and those that may speak. Where nothing is found, what that settles comes first.
function reasonsOf(door) {
  const settled = new Set(door.why_if_nothing_is_found);
  const first = door.reasons.filter((one) => !one.certain && settled.has(one.rule));
  return [[...first, ...door.reasons.filter((one) => one.certain)],
    door.reasons.filter((one) => !one.certain && !settled.has(one.rule))];
}

// Under which readings of disputed texts the answer holds: it is one of several where these are chosen.
function readings(person) {
  const chosen = Object.entries(person.under());
  return chosen.length ? h("p", { class: "quiet readings" }, "Disputed texts are taken to mean: ",
    chosen.map(([name, answer]) => `${name}: ${answer}`).join("; "), ". Another reading may give another answer.") : null;
}

function possibilities(door) {
  if (door.possibilities.length < 2) return null;
  return fold("Every possible answer", h("ul", {}, door.possibilities.map((one) => h("li", {}, h("strong", {}, one.answer),
    one.when.length ? h("ul", {}, one.when.slice(0, 6).map((all) => h("li", {}, all.join("; ") || "always"))) : null))));
}

function reason(one) {
  return h("li", {},
    h("span", { class: "says" }, one.rule, " ", h("span", { class: "effect" }, one.says.join("; "))),
    one.texts.map((text) => h("span", { class: "text", title: text.cite },
      text.link?.startsWith("http") ? h("a", { href: text.link, rel: "noreferrer" }, text.name) : text.name,
      text.locator ? ` ${text.locator}` : "", text.published ? `, published ${full(text.published)}` : "")),
    h("span", { class: "text" }, [one.rank === one.speaks_at ? one.rank : `${one.rank}, speaking as ${one.speaks_at}`,
      span(one.start, one.end), `confidence ${one.confidence}`].filter(Boolean).join(" · "), " ",
    h("span", { "aria-hidden": "true" }, CONFIDENCE[one.confidence] || "")),
    one.when.length ? h("span", { class: "text" }, `if ${one.when.slice(0, 3).map((all) => all.join("; ")).join(", or ")}`) : null,
    one.prevails_over.length ? h("span", { class: "text" }, `prevails over ${one.prevails_over.join(", ")}`) : null,
    h("span", { class: "place" }, one.where.split("/").pop()));
}

function miss(one) {
  return `${one.changes.join(" and ")} → ${one.answer}`;
}

function next(policy, person, question, changed) {
  const fact = policy.facts.find((one) => question.fact === one.name || question.fact.startsWith(`${one.name} (`));
  if (!fact || fact.kind !== "one") return null;
  return h("span", { class: "answers" }, fact.values.slice(0, 8).map((value) => h("button", { type: "button", class: "small",
    onclick: () => { person.change(fact, value); changed(); } }, fact.names[value] || value)));
}
