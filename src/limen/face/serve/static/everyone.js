// Everyone: does it hold for all people that the policy can describe? Five questions, one shown at a time.

import { post } from "./api.js";
import { claims } from "./claims.js";
import { differ } from "./differ.js";
import { fill, h } from "./dom.js";
import { clashes } from "./clashes.js";
import { matrix } from "./matrix.js";
import { reaching } from "./reaching.js";
import * as state from "./state.js";

const PARTS = {
  claims: ["Claims", claims], clashes: ["Gaps and tensions", clashes], audit: ["Equal treatment", matrix],
  diff: ["Two days", differ], reach: ["Who can reach", reaching],
};

export async function show(root, policy) {
  const inside = h("div", { class: "part-of" });
  const kept = {};
  const checked = (on) => {
    kept[on] ??= post("check", { policy: policy.name, on: on || null, under: state.readings() });
    return kept[on];
  };
  const there = Object.entries(PARTS).filter(([name]) => name !== "reach" || policy.simulated);
  const tabs = h("div", { class: "parts", role: "group", "aria-label": "Questions" }, there.map(([name, [title]]) =>
    h("button", { type: "button", "data-part": name, onclick: () => { state.set({ part: name, claim: "" }); draw(); } }, title)));
  let shown = {};

  async function draw() {
    const name = PARTS[state.setting("part")] ? state.setting("part") : "claims";
    for (const one of tabs.children) one.setAttribute("aria-pressed", String(one.dataset.part === name));
    inside.replaceChildren();
    shown = (await PARTS[name][1](inside, policy, checked)) || {};
  }

  fill(root, h("h2", { class: "hidden" }, "Everyone"), tabs, inside);
  await draw();
  const command = () => shown.command?.() || `limen check ${policy.name}`;
  return {
    data: async (copied, save) => {
      const found = await shown.data?.();
      return found ? [h("button", { type: "button", onclick: () =>
        save(`${found.command}.json`, "application/json", JSON.stringify(found, null, 2)) }, `${found.command} (.json)`),
      h("p", {}, "The same as the command prints with ", h("code", {}, "--json"), ".")] : [h("p", {}, "Nothing is asked yet.")];
    },
    again: async (copied) => [h("p", {}, "The same from the command line:"), copied(command(), "the command"),
      h("p", {}, "and from Python:"), copied(`import limen\n\nreport = limen.read(${JSON.stringify(policy.name)}).check()\n` +
        "print(report.fine)\n", "the script")],
    cite: async (copied) => [copied(`The Limen developers: Limen ${policy.limen}, a laboratory for border, visa and asylum policy. ` +
      `Policy “${policy.title}” (${policy.name}). Given again by: ${command()}`, "the citation"),
    h("p", {}, "Hashes (SHA-256) of the files that were read:"),
    copied(Object.entries(policy.files).map(([file, mark]) => `${mark}  ${file.split("/").pop()}`).join("\n"), "the hashes")],
  };
}
