// Who could lawfully reach a door, such as the asylum procedure: states by papers, for one kind of people on one day.

import { post } from "./api.js";
import { between, full, plus } from "./days.js";
import { fill, h, table, trouble } from "./dom.js";
import * as state from "./state.js";
import { REACH } from "./verdicts.js";

export async function reaching(root, policy) {
  const card = h("section", { class: "card", "aria-label": "Who can reach", "aria-busy": "true" });
  fill(root, card);
  const door = state.setting("reach") || (policy.doors.find((one) => one.name === "asylum procedure") || policy.doors[0]).name;
  fill(card, h("h3", {}, `Who could lawfully reach: ${door}`));
  let found;
  try {
    found = await post("reach", { scenario: policy.name, door });
  } catch (error) {
    fill(card, trouble(error));
    card.removeAttribute("aria-busy");
    return {};
  }
  const kinds = [...new Set(found.rows.map((row) => row.kind))];
  const papers = [...new Set(found.rows.map((row) => row.holding))];
  const states = [...new Set(found.rows.map((row) => row.state))];
  const place = policy.facts.find((one) => one.name === policy.place);
  const output = h("div", {});
  const slider = h("input", { type: "range", class: "plain-slider", id: "reach-day", "aria-label": "Day", min: 0,
    max: between(policy.first, policy.last), oninput: () => { state.set({ on: plus(policy.first, Number(slider.value)) }); draw(); } });
  slider.value = Math.min(Math.max(0, between(policy.first, state.setting("on", policy.day))), Number(slider.max));
  const kind = () => (kinds.includes(state.setting("kind")) ? state.setting("kind") : kinds[0]);

  function draw() {
    const day = plus(policy.first, Number(slider.value));
    slider.setAttribute("aria-valuetext", full(day));
    const here = found.rows.filter((row) => row.kind === kind() && row.start <= day && day < row.end);
    const leads = (code) => here.some((row) => row.state === code && row.reach !== "no way");
    const reached = states.filter(leads);
    const none = states.filter((code) => !leads(code)).map((code) => place?.names[code] || code);
    fill(output, h("p", { class: "big" }, full(day)),
      h("div", { class: "matrix" }, table(`${kind()}, ${full(day)}: by state, and by the papers held`, [{ head: "State" },
        ...papers.map((one) => ({ head: one }))], reached.map((code) => [place?.names[code] || code,
        ...papers.map((paper) => shown(here.filter((row) => row.state === code && row.holding === paper)))]))),
      none.length ? h("p", {}, `No way leads before that door in: ${none.join(", ")}.`) : null);
  }

  fill(card, h("h3", {}, `Who could lawfully reach: ${door}`),
    h("div", { class: "asked" },
      h("label", {}, "Door ", h("select", { id: "reach-door", value: door, onchange: (event) => {
        state.set({ reach: event.target.value });
        reaching(root, policy);
      } }, policy.doors.map((one) => h("option", { value: one.name }, one.name)))),
      h("label", {}, " kind of people ", h("select", { id: "kind", value: kind(), onchange: (event) => { state.set({ kind: event.target.value }); draw(); } },
        kinds.map((one) => h("option", { value: one }, one))))),
    slider, output,
    h("ul", { class: "legend" }, Object.entries(REACH).map(([says, { kind: look, sign }]) => h("li", { class: `verdict ${look}` }, `${sign} ${says}`))),
    found.notes.map((note) => h("p", { class: "quiet" }, note)));
  draw();
  card.removeAttribute("aria-busy");
  return { data: async () => found, command: () => `limen reach ${policy.name} --door '${door}'` };
}

function shown(rows) {
  if (!rows.length) return "";
  return h("span", {}, [...new Set(rows.map((row) => row.reach))].map((reach) => {
    const { kind, sign } = REACH[reach] || REACH.depends;
    const row = rows.find((one) => one.reach === reach);
    const why = [row.way && `by ${row.way}`, row.stopped_by && `${row.stopped_by} in ${row.stopped_in}`, row.risk && `risk: ${row.risk}`]
      .filter(Boolean).join("; ");
    return h("span", { class: `verdict ${kind}`, title: `${reach}${why ? `, ${why}` : ""}` }, `${sign} ${reach.replace(" reach", "")}`,
      row.stopped_by ? h("span", { class: "text" }, ` (${row.stopped_by})`) : null, " ");
  }));
}
