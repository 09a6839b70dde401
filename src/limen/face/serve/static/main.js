// The page: reads the address, fills the header, and shows one of three views.

import { get } from "./api.js";
import { byId, fill, h, say, trouble } from "./dom.js";
import * as state from "./state.js";

const VIEWS = { one: "./one.js", many: "./many.js", everyone: "./everyone.js" };
const TITLES = { one: "One person", many: "Many people", everyone: "Everyone" };

let shown;

async function start() {
  const root = byId("view");
  root.setAttribute("aria-busy", "true");
  try {
    const policies = await get("policies");
    const name = state.setting("scenario") || (policies.find((one) => one.simulated) || policies[0]).name;
    header(policies, name);
    const policy = await get(`policies/${encodeURIComponent(name)}`);
    alternatives(policy);
    document.title = `${TITLES[state.view()]} – ${policy.title} – Limen`;
    const module = await import(VIEWS[state.view()]);
    shown = await module.show(root, policy);
  } catch (error) {
    fill(root, trouble(error));
  }
  root.removeAttribute("aria-busy");
}

function header(policies, name) {
  const pick = byId("scenario");
  fill(pick, policies.map((one) => h("option", { value: one.name }, one.title)));
  pick.value = name;
  pick.addEventListener("change", () => location.assign(`/${state.view()}?scenario=${encodeURIComponent(pick.value)}`));
  tabs();
}

// The other views keep the settings that are shared; a person goes along behind the #.
function tabs() {
  for (const name of Object.keys(VIEWS)) {
    const tab = byId(`tab-${name}`);
    if (name === state.view()) tab.setAttribute("aria-current", "page");
    tab.addEventListener("click", () => { tab.href = state.addressOf(name, {}, location.hash.slice(1)); });
    tab.href = state.addressOf(name, {}, location.hash.slice(1));
  }
}

function alternatives(policy) {
  const pick = byId("alternative");
  byId("compare").hidden = !policy.alternatives.length || state.view() !== "many";
  fill(pick, h("option", { value: "" }, "nothing"), policy.alternatives.map((one) => h("option", { value: one.name }, one.title)));
  pick.value = state.setting("with");
  pick.addEventListener("change", () => {
    state.set({ with: pick.value });
    shown?.changed?.();
  });
}

function dialog(title, ...inside) {
  const box = byId("dialog");
  fill(box, h("h2", { id: "dialog-title" }, title), ...inside,
    h("form", { method: "dialog" }, h("button", {}, "Close")));
  box.showModal();
}

export function copied(text, label) {
  return h("div", { class: "copied" },
    h("pre", { tabindex: "0", "aria-label": label }, text),
    h("button", { type: "button", onclick: () => copy(text) }, `Copy ${label}`));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser does not let the page copy; select the text instead.");
  }
}

export function save(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

byId("copy").addEventListener("click", () => copy(location.href));
for (const [id, title] of [["data", "Data of this view"], ["again", "Run it yourself"], ["cite", "How to cite this"]]) {
  byId(id).addEventListener("click", async () => {
    try {
      dialog(title, ...((await shown?.[id]?.(copied, save)) || [h("p", {}, "There is nothing here yet.")]));
    } catch (error) {
      dialog(title, trouble(error));
    }
  });
}
addEventListener("hashchange", start);
addEventListener("popstate", () => { if (state.view() !== "one") start(); });
start();
