// One person: who it is as a sentence, the doors as bars over the calendar, why one of them answers as it does, the ways.

import { Latest, givenUp, post } from "./api.js";
import { bars } from "./bars.js";
import { between, full, plus } from "./days.js";
import { fill, h, trouble } from "./dom.js";
import { detail } from "./door.js";
import { Person } from "./person.js";
import { sentence } from "./sentence.js";
import * as state from "./state.js";
import { waysOf } from "./ways.js";

export async function show(root, policy) {
  const person = new Person(policy);
  const calendars = new Latest();
  const answers = new Latest();
  const top = h("section", { class: "card sentence", "aria-label": "The person" });
  const left = h("section", { class: "card", "aria-label": "Doors by day" });
  const right = h("section", { class: "card", "aria-label": "The answer of a door", "aria-live": "polite" });
  const below = h("section", { class: "card", "aria-label": "Ways" });
  let found = null;

  const day = () => state.setting("on", policy.day);
  const question = () => ({ policy: policy.name, under: person.under(), person: person.stated() });

  async function askCalendar() {
    left.setAttribute("aria-busy", "true");
    try {
      const doors = person.anywhere() ? [person.door()] : [];
      found = await calendars.ask((signal) =>
        post("calendar", { ...question(), doors, start: policy.start, end: plus(policy.end, -1) }, signal));
      found.doors = found.doors.filter((one) => one.stretches.some((stretch) => stretch.verdict !== "does not arise"));
      draw();
      await askDoor();
    } catch (error) {
      if (!givenUp(error)) { fill(left, trouble(error)); fill(right); }
    }
    left.removeAttribute("aria-busy");
  }

  function chosen() {
    const place = state.setting("at") || person.place();
    const rows = found.doors;
    return rows.find((row) => row.door === person.door() && (!place || row.place === place))
      || rows.find((row) => row.door === person.door()) || rows[0];
  }

  function draw() {
    bars(left, policy, found, { day: day(), chosen: chosen(), pick, moved });
  }

  function pick(row) {
    state.set({ at: row.place === person.place() ? "" : row.place, door: row.door });
    draw();
    askDoor();
  }

  let waiting;

  function moved(to) {
    state.set({ on: to });
    top.querySelector("input[type=date]").value = to;
    clearTimeout(waiting);
    waiting = setTimeout(askDoor, 250);
  }

  async function askDoor() {
    const row = found && chosen();
    if (!row) { fill(right, h("p", {}, "No door is asked of this person.")); return; }
    right.setAttribute("aria-busy", "true");
    try {
      const stated = { ...person.stated() };
      if (row.place && policy.place) stated[policy.place] = row.place;
      const answer = await answers.ask((signal) =>
        post("ask", { ...question(), person: stated, on: day(), doors: [row.door] }, signal));
      detail(right, policy, answer, day(), person, changed);
    } catch (error) {
      if (!givenUp(error)) fill(right, trouble(error));
    }
    right.removeAttribute("aria-busy");
  }

  function changed() {
    sentence(top, policy, person, day(), { changed, moved: (to) => { state.set({ on: to }); draw(); askDoor(); } });
    if (policy.ways.length) waysOf(below, policy, question, day);
    askCalendar();
  }

  fill(root, h("h2", { class: "hidden" }, "One person"), top, h("div", { class: "split" }, left, right),
    policy.ways.length ? below : null);
  changed();

  const command = () => ["limen ask", policy.name, ...Object.entries(person.stated()).map(([name, value]) =>
    quoted(`${name}=${Array.isArray(value) ? value.join(",") : value}`)),
    ...Object.entries(person.under()).map(([name, value]) => `--under ${quoted(`${name}=${value}`)}`),
    `--on ${day()}`, ...(chosen() ? [`--door ${quoted(chosen().door)}`] : [])].join(" ");

  return {
    data: async (copied, save) => [
      h("p", {}, "The facts stay on this machine; the file is made in the browser."),
      h("button", { type: "button", onclick: () => save("doors.csv", "text/csv", csvOf(found)) }, "Doors by day (.csv)"),
      h("button", { type: "button", onclick: () => save("doors.json", "application/json", JSON.stringify(found, null, 2)) },
        "Doors by day (.json)"),
    ],
    again: async (copied) => [
      h("p", {}, "The same answer from the command line:"), copied(command(), "the command"),
      h("p", {}, "and from Python:"), copied(script(policy, person, day(), chosen()), "the script"),
    ],
    cite: async (copied) => [copied(
      `The Limen developers: Limen ${policy.limen}, a laboratory for border, visa and asylum policy. Policy “${policy.title}” ` +
      `(${policy.name}), as on ${full(day())}.`, "the citation"),
    h("p", {}, "Hashes (SHA-256) of the files that were read:"),
    copied(Object.entries(policy.files).map(([name, mark]) => `${mark}  ${name.split("/").pop()}`).join("\n"), "the hashes")],
    period: () => between(policy.start, policy.end),
  };
}

const quoted = (text) => (/^[\w=.,:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function script(policy, person, day, row) {
  const doors = row ? `, doors=[${JSON.stringify(row.door)}]` : "";
  return `import limen\n\npolicy = limen.read(${JSON.stringify(policy.name)})\n` +
    `answers = policy.ask(${JSON.stringify(person.stated())}, on="${day}", under=${JSON.stringify(person.under())}${doors})\n` +
    "print(answers.doors[0].answer)\n";
}

function csvOf(found) {
  const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [["door", "place", "from", "until", "verdict", "answer", "if nothing is found", "confidence", "rules"]];
  for (const row of found.doors) {
    for (const one of row.stretches) {
      lines.push([row.door, row.place || "", one.start, one.end, one.verdict, one.answer, one.then_answer, one.confidence,
        one.rules.join("; ")]);
    }
  }
  return `${lines.map((line) => line.map(cell).join(",")).join("\n")}\n`;
}
