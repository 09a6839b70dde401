// Days as texts such as 2022-09-30, as numbers since the first of a period, and in words.

const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const IN_FULL = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December"];

export const milliseconds = (day) => Date.parse(`${day}T00:00:00Z`);
export const between = (start, end) => Math.round((milliseconds(end) - milliseconds(start)) / DAY);
export const plus = (day, number) => new Date(milliseconds(day) + number * DAY).toISOString().slice(0, 10);

const parts = (day) => day.split("-").map(Number);

export function short(day) {
  const [, month, date] = parts(day);
  return `${date} ${MONTHS[month - 1]}`;
}

export function full(day) {
  const [year, month, date] = parts(day);
  return `${date} ${IN_FULL[month - 1]} ${year}`;
}

// `from 30 September 2022`, and until when, where the text says so.
export function span(start, end) {
  if (start && end) return `${full(start)} until ${full(end)}`;
  if (start) return `from ${full(start)}`;
  return end ? `until ${full(end)}` : "";
}

// The firsts of months in a period, with a name each; the year where it begins.
export function months(start, end) {
  const found = [];
  const [year, month] = parts(start);
  for (let step = 0; ; step += 1) {
    const at = new Date(Date.UTC(year, month - 1 + step, 1)).toISOString().slice(0, 10);
    if (at >= end) return found;
    if (at >= start) {
      const [y, m] = parts(at);
      found.push({ day: at, name: m === 1 || !found.length ? `${MONTHS[m - 1]} ${y}` : MONTHS[m - 1] });
    }
  }
}
