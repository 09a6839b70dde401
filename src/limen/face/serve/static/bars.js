// Doors as bars over the calendar: when each opened and closed. The line of the day can be dragged, or moved with arrow keys.

import { between, full, months, plus, short } from "./days.js";
import { fill, fold, h, table } from "./dom.js";
import { LEGEND, look } from "./verdicts.js";

export function bars(root, policy, found, { day, chosen, pick, moved }) {
  const total = between(found.start, found.end);
  const part = (one) => `${(100 * between(found.start, one)) / total}%`;
  const several = new Set(found.doors.map((row) => row.place)).size < 2;
  const place = policy.facts.find((fact) => fact.name === policy.place);
  const named = (row) => (several || !row.place ? row.door : place?.names[row.place] || row.place);
  const line = h("span", { class: "day", style: { left: part(day) } });
  const rows = h("div", { class: "rows" });

  function write(on) {
    fill(rows, found.doors.map((row) => {
      const now = at(row, on);
      const { kind, sign } = look(now.if_nothing_is_found);
      const unsettled = now.verdict !== now.if_nothing_is_found;
      return h("button", { type: "button", class: `row${row === chosen ? " chosen" : ""}`, "aria-pressed": String(row === chosen),
        "aria-label": `${named(row)}: ${now.then_answer} on ${full(on)}`, onclick: () => pick(row) },
      h("span", { class: "name" }, named(row)),
      h("span", { class: "bar" }, row.stretches.map((one) => h("span", {
        class: `stretch ${look(one.if_nothing_is_found).kind}`, style: { left: part(one.start), width: `calc(${part(one.end)} - ${part(one.start)})` },
        title: `${full(one.start)} until ${full(one.end)}: ${one.then_answer}`,
      }))),
      h("span", { class: `verdict ${kind}` }, `${sign} ${word(now, row)}${unsettled ? " *" : ""}`));
    }));
  }

  const slider = h("input", { type: "range", class: "slider", min: 0, max: total - 1, value: Math.max(0, between(found.start, day)),
    "aria-label": "Day", "aria-valuetext": full(day), oninput: (event) => {
      const on = plus(found.start, Number(event.target.value));
      event.target.setAttribute("aria-valuetext", full(on));
      line.style.left = part(on);
      write(on);
      heading.textContent = full(on);
      moved(on);
    } });
  const heading = h("span", { class: "on" }, full(day));
  write(day);
  const kinds = new Set(found.doors.flatMap((row) => row.stretches.map((one) => look(one.if_nothing_is_found).kind)));
  const held = root.querySelector(".slider") === document.activeElement && root.contains(document.activeElement);
  const track = h("div", { class: "track" }, line, slider);
  track.style.setProperty("--rows", found.doors.length);
  fill(root,
    h("h3", {}, several ? "Which doors are open to this person" : `Where is the door “${chosen?.door || ""}” open`, " · ", heading),
    found.doors.length ? h("div", { class: "calendar" },
      h("div", { class: "axis", "aria-hidden": "true" }, months(found.start, found.end).map((one) =>
        h("span", { style: { left: part(one.day) } }, one.name))),
      track, rows) : h("p", {}, "No door is asked of this person."),
    h("ul", { class: "legend" }, LEGEND.filter(([kind]) => kinds.has(kind)).map(([kind, says]) =>
      h("li", {}, h("span", { class: `swatch ${kind}` }), says))),
    h("p", { class: "quiet" }, "* if nobody finds anything against the person; the answer may be another where somebody does."),
    found.warnings.map((text) => h("p", { class: "warning" }, text)),
    fold("The same as a table", table("Doors by day", [{ head: several ? "Door" : "State" }, { head: "From" }, { head: "Until" },
      { head: "Answer" }, { head: "If nothing is found" }, { head: "Confidence" }],
    found.doors.flatMap((row) => row.stretches.map((one) =>
      [named(row), short(one.start), short(one.end), one.answer, one.then_answer, one.confidence])))));
  if (held) slider.focus();
}

const at = (row, day) => row.stretches.find((one) => one.start <= day && day < one.end) || row.stretches[0];

function word(stretch, row) {
  const { kind } = look(stretch.if_nothing_is_found);
  return { open: row.open, shut: row.shut, may: `may ${row.open}`, depends: "depends", gap: "no rule", conflict: "conflict",
    none: "not asked" }[kind];
}
