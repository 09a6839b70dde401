// Elements from plain calls: h("p", { class: "quiet" }, "text", other).

export function h(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, inside);
  if (attributes.value !== undefined && tag === "select") element.value = attributes.value;
  return element;
}

function append(element, inside) {
  for (const one of inside.flat(Infinity)) {
    if (one !== null && one !== undefined && one !== false && one !== "") element.append(one);
  }
}

export function fill(element, ...inside) {
  element.replaceChildren();
  append(element, inside);
  return element;
}

export const byId = (id) => document.getElementById(id);

// A table with a caption. Columns: { head, number, says }; rows: arrays of texts or elements, the first is the head of the row.
export function table(caption, columns, rows, more = {}) {
  const cell = (value, place) =>
    h(place ? "td" : "th", { scope: place ? null : "row", class: columns[place].number ? "number" : null }, value);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", more,
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, columns.map((one) =>
        h("th", { scope: "col", class: one.number ? "number" : null, title: one.says || null }, one.head)))),
      h("tbody", {}, rows.map((row) => h("tr", row.attributes || {}, (row.cells || row).map(cell))))));
}

export function fold(summary, ...inside) {
  return h("details", {}, h("summary", {}, summary), ...inside);
}

let telling;

// Says something to whoever looks or listens, for a while.
export function say(text) {
  const place = byId("said");
  place.textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => { place.textContent = ""; }, 4000);
}

export function trouble(error) {
  return h("div", { class: "trouble", role: "alert" }, h("strong", {}, "That cannot be answered. "), h("pre", {}, error.message));
}
