// A measure over time. The chart is the slider: a range input lies over its plot, and the line of the day follows it.

import { get } from "./api.js";
import { full, milliseconds } from "./days.js";
import { fill, h } from "./dom.js";
import { embed, image, theme } from "./vega.js";

const THUMB = 16;
const PACE = 160;
const WEEKS = 45;

export class Time {
  constructor(root, moved) {
    this.moved = moved;
    this.place = h("div", { class: "drawn", role: "img", "aria-label": "Chart over time; the slider on it chooses the day" });
    this.slider = h("input", { type: "range", class: "over", min: 0, max: 1, value: 0, "aria-label": "Day", oninput: () => this.slid() });
    this.key = h("ol", { class: "key" });
    this.says = h("p", { class: "quiet" });
    this.heading = h("h3", {});
    this.play = h("button", { type: "button", onclick: () => this.toggle() }, "▶ Play");
    this.span = h("button", { type: "button", "aria-pressed": "false", onclick: () => {
      this.short = !this.short;
      this.span.setAttribute("aria-pressed", String(this.short));
      this.draw(...this.last);
    } }, "First weeks");
    fill(root, h("div", { class: "bar-of" }, this.play, this.span, this.heading), h("div", { class: "frame" }, this.place, this.slider), this.says, this.key);
  }

  async draw(run, days, asked) {
    this.last = [run, days, asked];
    this.days = this.short ? days.days.slice(0, WEEKS) : days.days;
    const width = Math.max(280, this.place.clientWidth);
    const mode = theme();
    const spec = await get(`runs/${run}/time`, { measure: asked.measure, less: asked.less, beside: asked.beside, state: asked.state, theme: mode,
      width, last: this.short ? this.days.at(-1) : "" });
    if (this.last[0] !== run || this.last[2] !== asked) return;
    const { title, says } = spec.usermeta;
    delete spec.title;
    this.heading.textContent = title;
    this.says.textContent = says[0];
    fill(this.key, says.slice(1).map((one) => h("li", {}, one.replace(/^\d+: /, ""))));
    this.view = await embed(this.place, spec, "vega-lite");
    const [x] = this.view.origin();
    Object.assign(this.slider.style, { left: `${x - THUMB / 2}px`, width: `${this.view.width() + THUMB}px` });
    this.slider.max = this.days.length - 1;
    this.slider.value = Math.max(0, this.days.indexOf(asked.day));
    this.mark();
  }

  image(source) {
    const marks = [...this.key.children].map((one, place) => `${place + 1}: ${one.textContent}`).join(" · ");
    return image(this.view, this.heading.textContent, [this.says.textContent, marks, source].filter(Boolean));
  }

  slid() {
    this.mark();
    this.last[2].day = this.days[Number(this.slider.value)];
    this.moved(this.last[2].day);
  }

  mark() {
    const day = this.days[Number(this.slider.value)];
    this.slider.setAttribute("aria-valuetext", full(day));
    this.view?.signal("day", milliseconds(day)).run();
  }

  toggle() {
    if (this.playing) {
      clearInterval(this.playing);
      this.playing = null;
      this.play.textContent = "▶ Play";
      return;
    }
    this.play.textContent = "❚❚ Stop";
    if (Number(this.slider.value) >= Number(this.slider.max)) this.slider.value = 0;
    this.playing = setInterval(() => {
      if (!this.place.isConnected || Number(this.slider.value) >= Number(this.slider.max)) { this.toggle(); return; }
      this.slider.value = Number(this.slider.value) + 1;
      this.slid();
    }, PACE);
  }
}

