// Claims: each proved for everyone, or refuted by the nearest person; and the smallest repair of one that fails.

import { post } from "./api.js";
import { fill, fold, h, trouble } from "./dom.js";
import { counterexample, readingsOf } from "./people.js";
import { full } from "./days.js";
import * as state from "./state.js";

export async function claims(root, policy, checked) {
  const list = h("section", { class: "card", "aria-label": "Claims" });
  const detail = h("section", { class: "card", "aria-label": "The claim", "aria-live": "polite" });
  fill(root, h("div", { class: "split wide" }, list, detail));
  list.setAttribute("aria-busy", "true");
  let report;
  try {
    report = await checked(state.setting("only") === "day" ? state.setting("on", policy.day) : "");
  } catch (error) {
    fill(list, trouble(error));
    return {};
  } finally {
    list.removeAttribute("aria-busy");
  }
  const all = [...report.claims, ...report.reach].sort((one, other) => order(one) - order(other));
  const draw = () => {
    const wanted = state.setting("claim");
    const chosen = all.find((one) => one.claim === wanted) || all.find((one) => !one.holds) || all[0];
    const holds = all.filter((one) => one.holds).length;
    const cases = report.cases.filter((one) => !one.surprise).length;
    fill(list,
      h("h3", {}, "Does the policy keep its promises?"),
      h("p", { class: "quiet" }, `Checked for everybody whom the words of the policy can describe, ` +
        `${report.on ? `on ${full(report.on)}` : `on every day (${report.epochs} spans of days with the same rules)`}, ` +
        `${report.rules} rules: ${holds} of ${all.length} claims hold; ${cases} of ${report.cases.length} cases are as expected.`),
      h("p", { class: "folds" }, one("Every day", "", report.on), one(`Only ${full(state.setting("on", policy.day))}`, "day", !report.on)),
      h("ul", { class: "claims" }, all.map((claim) => h("li", {}, h("button", { type: "button", class: "claim", "aria-pressed":
        String(claim === chosen), onclick: () => { state.set({ claim: claim.claim }); draw(); } },
      h("span", { class: `verdict ${claim.holds ? "open" : "shut"}` }, claim.holds ? "✓ Holds" : "✕ Fails"),
      h("span", {}, h("span", { class: "says" }, claim.claim), h("span", { class: "text" }, told(claim))))))));
    if (chosen) explain(detail, policy, chosen);
  };
  const one = (label, only, active) => h("button", { type: "button", class: "small", "aria-pressed": String(!active), onclick: () => {
    state.set({ only });
    claims(root, policy, checked);
  } }, label);
  draw();
  return { data: async () => report, command: () => `limen check ${policy.name}${report.on ? ` --on ${report.on}` : ""}` };
}

const order = (claim) => (claim.holds ? 2 : 0) + (claim.surprise ? -1 : 0);

function told(claim) {
  if (claim.vacuous) return "It says nothing: nobody possible is in its scope.";
  if (claim.holds) return claim.right ? "Proved for everyone it is about. It states a right." : "Proved for everyone it is about.";
  return `${claim.expected_to_fail ? "Known to fail" : "Not as expected"}: there is a person for whom it does not hold.`;
}

function explain(root, policy, claim) {
  const law = claim.law.map((text) => [text.name, text.locator].filter(Boolean).join(" ")).join("; ");
  const failure = claim.failures[0];
  const repairs = h("div", {});
  fill(root,
    h("h3", { class: `answer ${claim.holds ? "open" : "shut"}` }, claim.holds ? "✓ It holds" : "✕ Counterexample"),
    h("p", { class: "big" }, claim.claim),
    law ? h("p", { class: "quiet" }, law) : null,
    claim.because ? h("p", {}, claim.because) : null,
    claim.support ? h("div", {}, h("h4", {}, "What the proof rests on"),
      claim.support.rules.length ? h("ul", {}, claim.support.rules.map((rule) => h("li", {}, rule)))
        : h("p", {}, "No rule is needed: none says otherwise."),
      claim.support.confidence ? h("p", { class: "quiet" }, `The lowest confidence among them is ${claim.support.confidence}.`) : null) : null,
    failure?.example ? [counterexample(policy, failure.example, failure.asks.split(":")[0], [
      h("dt", {}, "Asked"), h("dd", {}, failure.asks), h("dt", {}, "Days"), h("dd", {}, failure.days.join("; ")),
      failure.readings.length ? [h("dt", {}, "Only if one reads"), h("dd", {}, failure.readings.map(readingsOf).join(", or "))] : null]),
    failure.twin ? [h("h4", {}, "The other person of the pair"), counterexample(policy, failure.twin, failure.asks.split(":")[0])] : null]
      : null,
    failure?.person ? stopped(policy, failure) : null,
    claim.failures.length > 1 ? fold(`${claim.failures.length - 1} further ways in which it fails`, h("ul", {},
      claim.failures.slice(1).map((one) => h("li", {}, `${one.asks}: ${(one.example || one.person).sentence}, ${one.days.join("; ")}`)))) : null,
    failure?.example ? [h("button", { type: "button", onclick: () => repair(repairs, policy, claim.claim) }, "Seek the smallest repair"), repairs]
      : null);
}

function stopped(policy, failure) {
  const { person } = failure;
  return h("div", {},
    h("dl", { class: "who" }, h("dt", {}, "Who"), h("dd", {}, person.sentence), h("dt", {}, "When"), h("dd", {}, full(person.on)),
      h("dt", {}, "Days"), h("dd", {}, failure.days.join("; "))),
    h("h4", {}, "The doors that stop them"),
    h("ul", {}, person.stops.slice(0, 12).map((stop) => h("li", {}, `${stop.door} in ${stop.in_state}: `, h("strong", {}, stop.answer),
      h("span", { class: "text" }, ` ${stop.ways.slice(0, 3).join(", ")}${stop.ways.length > 3 ? "…" : ""}`)))));
}

async function repair(root, policy, claim) {
  fill(root, h("p", { class: "quiet" }, "Changes are tried and proved…"));
  try {
    const found = await post("repair", { policy: policy.name, claim, under: state.readings() });
    fill(root, found.why_none ? h("p", {}, found.why_none) : null,
      found.repairs.map((one, place) => h("div", { class: "note" }, h("h4", {}, `Repair ${place + 1}`),
        one.changes.map((change) => [h("p", {}, h("strong", {}, change.rule), ` ${change.says}`), change.text ? h("pre", {}, change.text) : null]),
        h("p", {}, one.touched.length ? "Whom it touches:" : "It touches nobody else."),
        h("ul", {}, one.touched.map((who) => h("li", {}, `${who.meant ? "" : "besides: "}${who.door}: ${who.nearest}: ${who.before} → ${who.after}`))),
        one.now_fail.length ? h("p", {}, `No longer holds: ${one.now_fail.join("; ")}.`) : null)),
      found.notes.map((note) => h("p", { class: "quiet" }, note)));
  } catch (error) {
    fill(root, trouble(error));
  }
}
