// Where nobody has said anything, where a lower rule stands against a higher one, and where two of one rank contradict.

import { fill, h, trouble } from "./dom.js";
import { open } from "./people.js";
import * as state from "./state.js";

export async function clashes(root, policy, checked) {
  const card = h("section", { class: "card", "aria-busy": "true", "aria-label": "Gaps and tensions" });
  fill(root, card);
  let report;
  try {
    report = await checked(state.setting("only") === "day" ? state.setting("on", policy.day) : "");
    fill(card,
      h("div", { class: "columns" },
        part("Conflicts", "Two rules of one rank that must both be followed, and nothing above decides.", report.conflicts.map((one) =>
          clash(policy, one))),
        part("Tensions", "A rule says what a higher one excludes.", report.tensions.map((one) => clash(policy, one))),
        part("Gaps", "People about whom nobody has said anything at a door.", report.gaps.map((one) => h("li", {},
          h("strong", {}, one.door), h("p", {}, one.when.map((all) => all.join("; ")).join(", or ")),
          h("p", { class: "text" }, `${one.days.join("; ")}${one.kinds ? `; ${one.kinds} of ${one.of_kinds} kinds of people` : ""}`),
          open(policy, one.example, one.door)))),
        part("Rules that never speak", "They are in the files and decide nothing.", report.dead.map((one) => h("li", {},
          h("strong", {}, one.rule), h("p", {}, one.why)))),
        part("Not known whether they stand", "Rules of which one cannot say, from a day on, whether they are in force.",
          report.not_known.map((one) => h("li", {}, h("strong", {}, one.rule), h("p", {}, `since ${one.since}: ${one.what}`))))),
      report.notes.map((note) => h("p", { class: "quiet" }, note)));
  } catch (error) {
    fill(card, trouble(error));
  }
  card.removeAttribute("aria-busy");
  return { data: async () => report };
}

function part(title, says, found) {
  return h("div", {}, h("h3", {}, `${title} (${found.length})`), h("p", { class: "quiet" }, says),
    found.length ? h("ul", { class: "plain" }, found) : h("p", {}, "None."));
}

function clash(policy, one) {
  return h("li", {}, h("strong", {}, one.about), h("p", {}, one.rules.join(" against ")),
    one.overruled ? h("p", { class: "text" }, `Overruled: ${one.overruled}`) : null,
    h("p", { class: "text" }, `${one.example.sentence}; ${one.days.slice(0, 2).join("; ")}`), open(policy, one.example, one.about));
}
