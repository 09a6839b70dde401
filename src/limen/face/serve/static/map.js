// The map of one day: flows out of the state that is left. It can be zoomed and moved with buttons, a wheel or a pointer.

import { get } from "./api.js";
import { full } from "./days.js";
import { fill, h } from "./dom.js";
import { embed, image, theme } from "./vega.js";

const STEP = 1.4;
const BESIDE = "The table beside the map has the same numbers.";

export const rowsOf = (days, place) => days.states
  .map((row) => ({ state: row.state, name: row.name, latitude: row.latitude, longitude: row.longitude, value: row.daily.median[place] }))
  .filter((row) => row.latitude !== null && row.value)
  .map((row) => ({ ...row, text: Math.round(row.value).toLocaleString("en") }));

export class Map {
  constructor(root, policy) {
    this.policy = policy;
    this.place = h("div", { class: "drawn", role: "img", "aria-label": "Map of flows; the table beside it has the same numbers" });
    this.head = h("div", { class: "head" });
    this.foot = h("p", { class: "quiet footnote" }, BESIDE);
    const button = (label, sign, change) => h("button", { type: "button", "aria-label": label, title: label, onclick: change }, sign);
    const buttons = h("div", { class: "zoom", role: "group", "aria-label": "Map" },
      button("Zoom in", "+", () => this.zoom(STEP)), button("Zoom out", "−", () => this.zoom(1 / STEP)),
      button("Move west", "←", () => this.shift(80, 0)), button("Move east", "→", () => this.shift(-80, 0)),
      button("Move north", "↑", () => this.shift(0, 60)), button("Move south", "↓", () => this.shift(0, -60)),
      button("The whole map", "⤢", () => this.reset()));
    fill(root, this.head, h("div", { class: "frame" }, this.place, buttons), this.foot);
    this.position = { zoom: 1, right: 0, down: 0 };
    this.pointer();
  }

  async draw(run, days, { measure, less, day, chosen }) {
    const width = Math.max(280, this.place.clientWidth);
    const height = Math.round(Math.min(620, Math.max(330, Math.min(width * 0.62, innerHeight * 0.52))));
    const mode = theme();
    const key = JSON.stringify([run, measure, less, width, mode, days.draws]);
    if (this.key !== key) {
      this.key = key;
      const spec = await get(`runs/${run}/map`, { measure, less, day, theme: mode, width, height });
      if (this.key !== key) return;
      this.footnote = spec.usermeta.footnote;
      this.foot.textContent = `${this.footnote} ${BESIDE}`;
      for (const signal of spec.signals) if (signal.name in this.position) signal.value = this.position[signal.name];
      this.view = await embed(this.place, spec, "vega");
    }
    if (!this.view) return;
    this.view.signal("chosen", chosen);
    this.move(days, day);
  }

  move(days, day) {
    if (!this.view || !days) return;
    const place = Math.max(0, days.days.indexOf(day));
    this.view.data("flows", rowsOf(days, place)).run();
  }

  caption(days, day) {
    const place = Math.max(0, days.days.indexOf(day));
    const left = days.departures?.median[place];
    const total = days.total.median[place];
    const number = (value) => Math.round(value ?? 0).toLocaleString("en");
    fill(this.head, h("h3", {}, full(days.days[place])),
      h("p", { class: "quiet" }, `${days.measure}: ${days.less ? "difference " : ""}${number(total)} ${days.unit}` +
        `${left === undefined || days.less ? "" : ` · ${number(left)} people set out`}`));
  }

  image(title, source) { return image(this.view, title, [this.footnote, source]); }

  zoom(by) {
    const before = this.position.zoom;
    this.position.zoom = Math.min(12, Math.max(0.6, before * by));
    this.position.right *= this.position.zoom / before;
    this.position.down *= this.position.zoom / before;
    this.apply();
  }

  shift(right, down) {
    this.position.right += right;
    this.position.down += down;
    this.apply();
  }

  reset() {
    this.position = { zoom: 1, right: 0, down: 0 };
    this.apply();
  }

  apply() {
    if (!this.view) return;
    for (const [name, value] of Object.entries(this.position)) this.view.signal(name, value);
    this.view.runAsync();
  }

  pointer() {
    let from = null;
    this.place.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" && this.position.zoom === 1) return;
      from = [event.clientX, event.clientY];
      this.place.setPointerCapture(event.pointerId);
    });
    this.place.addEventListener("pointermove", (event) => {
      if (!from) return;
      this.shift(event.clientX - from[0], event.clientY - from[1]);
      from = [event.clientX, event.clientY];
    });
    this.place.addEventListener("pointerup", () => { from = null; });
    this.place.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
  }
}
