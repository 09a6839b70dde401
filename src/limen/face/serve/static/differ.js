// Two days of a policy: who is treated differently, through which rules, and the nearest of them on both sides.

import { post } from "./api.js";
import { full, plus } from "./days.js";
import { fill, h, trouble } from "./dom.js";
import { open, rulesOf } from "./people.js";
import * as state from "./state.js";

export async function differ(root, policy) {
  const card = h("section", { class: "card", "aria-label": "Two days" });
  const after = state.setting("against") || state.setting("on", policy.day);
  const before = state.setting("before") || plus(after, -1);
  const door = state.setting("at-door");
  const again = (changes) => { state.set(changes); differ(root, policy); };
  const form = h("div", { class: "asked" },
    h("label", {}, "Before ", h("input", { type: "date", id: "before", value: before, onchange: (event) => again({ before: event.target.value }) })),
    h("label", {}, " after ", h("input", { type: "date", id: "after", value: after, onchange: (event) => again({ against: event.target.value }) })),
    h("label", {}, " door ", h("select", { id: "at-door", value: door, onchange: (event) => again({ "at-door": event.target.value }) },
      h("option", { value: "" }, "every door"), policy.doors.map((one) => h("option", { value: one.name }, one.name)))));
  const held = document.activeElement?.id;
  fill(root, card);
  fill(card, h("h3", {}, "Who is treated differently on another day?"), form);
  if (held) document.getElementById(held)?.focus();
  card.setAttribute("aria-busy", "true");
  let found = null;
  try {
    found = await post("diff", { policy: policy.name, on: before, against: after, doors: door ? [door] : [], under: state.readings() });
    const place = policy.facts.find((one) => one.name === policy.place);
    fill(card, h("h3", {}, "Who is treated differently on another day?"), form,
      h("p", { class: "quiet" }, `${full(before)}: ${found.before.rules} rules; ${full(after)}: ${found.after.rules} rules. ` +
        `${found.changes.length} differences; the same at: ${found.same.join(", ") || "no door"}.`),
      h("ul", { class: "columns plain" }, found.changes.map((one) => h("li", { class: "inner" },
        h("h4", {}, `${one.door}${one.states.length ? ` · ${one.states.map((code) => place?.names[code] || code).slice(0, 6).join(", ")}` : ""}`),
        h("dl", { class: "who" }, h("dt", {}, "Nearest"), h("dd", {}, one.before.sentence),
          h("dt", {}, "Before"), h("dd", {}, h("strong", {}, one.before.answer), " ", open(policy, one.before, one.door)),
          h("dt", {}, "After"), h("dd", {}, h("strong", {}, one.after.answer), " ", open(policy, one.after, one.door)),
          one.kinds ? [h("dt", {}, "Kinds"), h("dd", {}, `${one.kinds.toLocaleString("en")} kinds of people`)] : null),
        rulesOf(one.rules)))),
      found.notes.map((note) => h("p", { class: "quiet" }, note)));
  } catch (error) {
    fill(card, h("h3", {}, "Who is treated differently on another day?"), form, trouble(error));
  }
  card.removeAttribute("aria-busy");
  return { data: async () => found, command: () => `limen diff ${policy.name} --on ${before} --against ${after}${door ? ` --door '${door}'` : ""}` };
}
