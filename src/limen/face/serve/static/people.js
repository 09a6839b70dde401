// People that a proof or a comparison names: a sentence, the rules behind the answer, and a link that opens them in the first view.

import { full, span } from "./days.js";
import { h } from "./dom.js";

// `a person with state FI, where consulate` with the state called by its name.
export function sentenceOf(policy, example) {
  const named = policy.facts.find((fact) => fact.name === policy.place);
  const where = example.facts?.[policy.place];
  return example.sentence.replace(/^a person/, "A person").replace(`${policy.place} ${where}`, `${policy.place} ${named?.names[where] || where}`);
}

export function open(policy, example, door) {
  const fragment = new URLSearchParams(Object.entries(example.facts).map(([name, value]) =>
    [name, [value].flat().join(",") || "none"])).toString();
  const query = new URLSearchParams({ scenario: policy.name, on: example.on, ...(door ? { door } : {}) });
  for (const [question, answer] of Object.entries(example.readings || {})) query.append("under", `${question}=${answer}`);
  return h("a", { class: "button", href: `/one?${query}#${fragment}` }, "Open this person");
}

export function rulesOf(list) {
  return h("ol", { class: "reasons" }, list.map((one) => h("li", {},
    h("span", { class: "says" }, one.rule, " ", h("span", { class: "effect" }, one.says.join("; "))),
    one.texts.map((text) => h("span", { class: "text" },
      text.link?.startsWith("http") ? h("a", { href: text.link, rel: "noreferrer" }, text.name) : text.name,
      text.locator ? ` ${text.locator}` : "")),
    h("span", { class: "text" }, [one.how, one.rank, span(one.start, one.end), `confidence ${one.confidence}`]
      .filter(Boolean).join(" · ")))));
}

export const readingsOf = (readings) => Object.entries(readings).map(([name, value]) => `${name}: ${value}`).join("; ");

export function counterexample(policy, example, door, more) {
  return h("div", {},
    h("dl", { class: "who" },
      h("dt", {}, "Who"), h("dd", {}, sentenceOf(policy, example)),
      h("dt", {}, "When"), h("dd", {}, full(example.on)),
      Object.entries(example.answers || {}).map(([name, answer]) => [h("dt", {}, name), h("dd", {}, h("strong", {}, answer))]),
      more),
    example.reasons?.length ? h("h4", {}, "Why") : null, example.reasons?.length ? rulesOf(example.reasons) : null,
    h("p", {}, open(policy, example, door)));
}
