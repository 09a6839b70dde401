// Many people: runs as they come in, a map of one day, the same as a table beside counts, and a chart over time that is the slider.

import { cancel, get, post } from "./api.js";
import { full } from "./days.js";
import { fill, h, say, trouble } from "./dom.js";
import { Map } from "./map.js";
import { numbers, queues } from "./numbers.js";
import { follow } from "./progress.js";
import * as state from "./state.js";
import { Time } from "./time.js";

const DRAWS = 20;
const MEASURES = ["entries", "first-time applications", "refusals", "claims at the border", "pending"];
const SHOWS = { "": "as it stands", changed: "with the alternative", difference: "the difference" };

export async function show(root, policy) {
  if (!policy.simulated) {
    fill(root, h("section", { class: "card" }, h("h2", {}, "Many people"),
      h("p", {}, "This policy has no people and places: it can be asked and checked, not simulated. Choose another scenario.")));
    return {};
  }
  const parts = {
    map: h("section", { class: "card map", "aria-label": "Map" }),
    table: h("section", { class: "card", "aria-label": "Numbers" }),
    time: h("section", { class: "card time", "aria-label": "Over time" }),
    queues: h("section", { class: "card", "aria-label": "Queues" }),
  };
  const status = h("div", { class: "runs" });
  for (const part of Object.values(parts)) part.setAttribute("aria-busy", "true");
  fill(root, h("h2", { class: "hidden" }, "Many people"), h("div", { class: "split many" },
    h("div", { class: "stack" }, parts.map, parts.time, parts.queues), h("div", { class: "stack" }, controls(), parts.table)));
  const map = new Map(parts.map, policy);
  const time = new Time(parts.time, moved);
  let base = null;
  let other = null;
  let days = null;
  let stopping = () => {};
  let drawnAt = 0;

  const measure = () => (MEASURES.includes(state.setting("measure")) ? state.setting("measure") : "entries");
  const mode = () => (other && state.setting("show") in SHOWS ? state.setting("show") : "");
  const settings = () => ({ scenario: policy.name, draws: Number(state.setting("draws", DRAWS)), seed: Number(state.setting("seed", 1)) });
  const day = () => {
    const wanted = state.setting("on", policy.day);
    return !days || (days.days[0] <= wanted && wanted <= days.days.at(-1)) ? wanted : days.days[0];
  };

  function controls() {
    const number = (name, label, value, most) => h("label", {}, `${label} `, h("input", { type: "number", id: name, min: 1, max: most, value,
      onchange: (event) => { state.set({ [name]: event.target.value }); } }));
    return h("section", { class: "card controls", "aria-label": "The simulation" },
      h("p", { class: "asked" },
        h("label", {}, "Show ", h("select", { id: "measure", value: state.setting("measure", "entries"), onchange: (event) => {
          state.set({ measure: event.target.value, state: "" });
          redraw();
        } }, MEASURES.map((one) => h("option", { value: one }, one)))),
        h("span", { id: "mode" })),
      h("p", { class: "asked" }, number("draws", "Draws", state.setting("draws", DRAWS), 2000),
        number("seed", "seed", state.setting("seed", 1), 2 ** 32 - 1),
        h("button", { type: "button", onclick: () => start() }, "Run")), status);
  }

  function modes() {
    fill(document.getElementById("mode"), other ? h("label", {}, h("select", { id: "show", "aria-label": "Which of the two", value: mode(),
      onchange: (event) => { state.set({ show: event.target.value }); redraw(); } },
    Object.entries(SHOWS).map(([value, says]) => h("option", { value }, says)))) : null);
  }

  async function start() {
    stopping();
    try {
      const asked = settings();
      base = await post("runs", asked);
      other = state.setting("with") ? await post("runs", { ...asked, alternative: state.setting("with") }) : null;
      modes();
      const both = [base, other].filter(Boolean);
      stopping = follow(both, (told) => {
        base = told.find((one) => one.id === base.id) || base;
        other = other && (told.find((one) => one.id === other.id) || other);
        progress(told);
        const ended = told.every((one) => !["waiting", "running"].includes(one.state));
        if (ended || (Date.now() - drawnAt > 1500 && told.every((one) => one.done > 1))) redraw();
      });
    } catch (error) {
      fill(status, trouble(error));
    }
  }

  // The lines of runs stay while their numbers change, so that a button can be pressed at any time.
  const lines = new globalThis.Map();

  function progress(told) {
    if (told.some((one) => !lines.has(one.id)) || lines.size !== told.length) {
      lines.clear();
      for (const one of told) lines.set(one.id, lineOf(one));
      fill(status, [...lines.values()].map((line) => line.element));
    }
    for (const one of told) {
      const { says, bar, button } = lines.get(one.id);
      says.textContent = `${one.asked.alternative || "as it stands"}: ${one.done} of ${one.total} draws` +
        `${one.state === "running" ? "" : `, ${one.state}`}${one.says ? `: ${one.says}` : ""}`;
      bar.value = one.done;
      button.hidden = !["waiting", "running"].includes(one.state);
    }
    if (!days) fill(parts.table, h("p", { class: "quiet" }, "The first draws are taken…"));
  }

  function lineOf(one) {
    const says = h("span", {});
    const bar = h("progress", { max: one.total, value: one.done, "aria-label": `Draws, ${one.asked.alternative || "as it stands"}` });
    const button = h("button", { type: "button", class: "small", onclick: async () => {
      await cancel(one.id);
      say("Cancelled. The draws that are there are kept.");
    } }, "Cancel");
    return { says, bar, button, element: h("div", { class: "run" }, says, bar, button) };
  }

  async function redraw() {
    drawnAt = Date.now();
    const run = mode() ? other : base;
    const less = mode() === "difference" ? base.id : "";
    try {
      days = await get(`runs/${run.id}/days`, { measure: measure(), less });
    } catch (error) {
      fill(parts.table, base.done ? trouble(error) : h("p", { class: "quiet" }, "The first draws are taken…"));
      return;
    }
    table();
    const chosen = state.setting("state");
    const beside = other && !mode() && other.done > 1 ? other.id : "";
    await Promise.all([map.draw(run.id, days, { measure: measure(), less, day: day(), chosen }),
      time.draw(run.id, days, { measure: measure(), less, beside, state: chosen, day: day() })]);
    for (const part of Object.values(parts)) part.removeAttribute("aria-busy");
  }

  function table() {
    numbers(parts.table, policy, days, { day: day(), chosen: state.setting("state"), pick: (code) => {
      state.set({ state: code === state.setting("state") ? "" : code });
      redraw();
    } });
    queues(parts.queues, days, day());
    map.caption(days, day());
  }

  let frame = 0;

  function moved(to) {
    state.set({ on: to });
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => { map.move(days, to); table(); });
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (days) redraw(); });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width || !days) return;
    width = innerWidth;
    clearTimeout(frame);
    frame = setTimeout(redraw, 250);
  });
  await start();

  const run = () => (mode() ? other : base);
  const source = async () => (await get(`runs/${run().id}`)).citation;
  return {
    changed: () => start(),
    data: async (copied, save) => [h("p", {}, "All days and states, as far as the run has come:"),
      h("ul", {}, ["csv", "json", "zip"].map((ending) => h("li", {}, h("a", { href: `/many.${ending}${withSettings()}` }, `.${ending}`),
        ending === "zip" ? " with metadata and citation" : ""))),
      h("p", { class: "quiet" }, "Numbers of people from 1 to 9 in a state are not published."),
      h("p", {}, "Pictures: ",
        h("button", { type: "button", onclick: async () => save("map.png", "image/png", await map.image(`${full(day())}: ${measure()}`, await source())) },
          "Map (.png)"), " ",
        h("button", { type: "button", onclick: async () => save("chart.png", "image/png", await time.image(await source())) }, "Chart (.png)"))],
    again: async (copied) => [h("p", {}, "The same numbers from the command line:"), copied((await get(`runs/${run().id}`)).command, "the command"),
      h("p", {}, "and from Python:"), copied((await get(`runs/${run().id}`)).python, "the script")],
    cite: async (copied) => {
      const told = await get(`runs/${run().id}`);
      return [copied(told.citation, "the citation"), h("h3", {}, "BibTeX"), copied(told.bibtex, "the BibTeX"),
        h("h3", {}, "Hashes (SHA-256) of the files"),
        copied(Object.entries(told.files).map(([name, mark]) => `${mark}  ${name}`).join("\n"), "the hashes")];
    },
  };

  function withSettings() {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(settings())) query.set(name, value);
    return `?${query}`;
  }
}


