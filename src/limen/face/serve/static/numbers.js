// The numbers of one day as tables: by state with intervals beside what was counted, and queues with their waiting times.

import { full, short } from "./days.js";
import { fill, h, table } from "./dom.js";

const number = (value) => (value === null || value === undefined ? "<10" : Math.round(value).toLocaleString("en").replace("-", "−"));
const signed = (value) => (value === null ? "n.p." : `${value > 0 ? "+" : ""}${number(value)}`);

export function numbers(root, policy, days, { day, chosen, pick }) {
  const place = Math.max(0, days.days.indexOf(day));
  const on = days.days[place];
  const told = days.less ? signed : number;
  const rows = days.states.map((row) => ({ ...row, value: row.daily.median[place], low: row.daily.low80[place], high: row.daily.high80[place] }))
    .sort((one, other) => Math.abs(other.value || 0) - Math.abs(one.value || 0));
  const most = Math.max(1, ...rows.map((row) => Math.abs(row.value || 0)));
  const counted = (code) => days.counted.filter((one) => one.state === code && one.start <= on && on <= one.end)
    .sort((one, other) => (one.end > one.start) - (other.end > other.start))[0];
  const any = rows.some((row) => counted(row.state));
  const columns = [{ head: "To" }, { head: days.less ? "Change" : days.unit, number: true }, { head: "80% interval", number: true }];
  if (any) columns.push({ head: "Counted", number: true, says: "what was counted on the day, or the mean a day of the days that were counted together" });
  const held = document.activeElement?.dataset?.state;
  fill(root, h("h3", {}, `${days.measure} by state`), table(`${full(on)}, ${days.draws} draws${days.less ? ": with the alternative, less as it stands" : ""}`, columns,
    rows.map((row) => {
      const seen = counted(row.state);
      const name = h("button", { type: "button", class: "state", "data-state": row.state, "aria-pressed": String(row.state === chosen),
        title: "Show over time", onclick: () => pick(row.state) }, row.name,
      h("span", { class: "length", style: { width: `${(100 * Math.abs(row.value || 0)) / most}%` } }));
      const cells = [name, told(row.value), days.less ? `${told(row.low)} to ${told(row.high)}` : `${told(row.low)}–${told(row.high)}`];
      if (any) cells.push(seen ? h("span", { title: `${seen.series}; ${seen.published_by}, ${short(seen.start)} to ${short(seen.end)}` },
        `${number(seen.a_day)}${seen.start === seen.end ? "" : " ⌀"}`) : "");
      return { cells, attributes: row.state === chosen ? { class: "chosen" } : {} };
    })),
  any ? h("p", { class: "quiet" }, "⌀: mean a day of several days that were counted together.") : null,
  h("p", { class: "quiet" }, "Medians over the draws. Numbers of people from 1 to 9 are not published."));
  if (held) root.querySelector(`[data-state="${held}"]`)?.focus();
}

export function queues(root, days, day) {
  const place = Math.max(0, days.days.indexOf(day));
  const rows = days.queues.filter((one) => one.daily.median[place] !== 0);
  root.hidden = !days.queues.length;
  fill(root, h("h3", {}, "Who waits where"), rows.length ? table(`At the end of ${full(days.days[place])}`, [{ head: "Gate or office" },
    { head: "Waiting", number: true }, { head: "80% interval", number: true },
    { head: "Days at this pace", number: true, says: "waiting divided by those dealt with on the day" }],
  rows.map((one) => [one.gate, number(one.daily.median[place]), `${number(one.daily.low80[place])}–${number(one.daily.high80[place])}`,
    one.days[place] === null ? "" : one.days[place] < 0.05 ? "<0.1" : one.days[place].toLocaleString("en", { maximumFractionDigits: 1 })])) : h("p", {}, "Nobody waits."));
}
