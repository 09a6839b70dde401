// Vega from the bundle that the server carries, with its expression interpreter: nothing is compiled from text.

let loading;

export function loaded() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/vega.js";
    script.onload = () => resolve(window.vegaEmbed);
    script.onerror = () => reject(new Error("The charts could not be loaded."));
    document.head.append(script);
  });
  return loading;
}

export const theme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

const MARGIN = 12;
const LINE = 15;

// A view as a PNG of twice its size, with lines of text above and below it.
export async function image(view, title, below) {
  const drawn = await view.toCanvas(2);
  const page = document.createElement("canvas");
  const ink = getComputedStyle(document.body);
  const pen = page.getContext("2d");
  const font = (size, weight = 400) => { pen.font = `${weight} ${2 * size}px ${ink.fontFamily}`; };
  font(11);
  const lines = below.flatMap((text) => broken(pen, text, drawn.width - 4 * MARGIN));
  page.width = drawn.width;
  page.height = drawn.height + 2 * (36 + LINE * lines.length + MARGIN);
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--paper");
  pen.fillRect(0, 0, page.width, page.height);
  pen.drawImage(drawn, 0, 72);
  pen.fillStyle = ink.color;
  font(15, 600);
  pen.fillText(title, 2 * MARGIN, 48);
  font(11);
  lines.forEach((text, place) => pen.fillText(text, 2 * MARGIN, drawn.height + 72 + 2 * LINE * (place + 1)));
  return new Promise((resolve) => { page.toBlob(resolve, "image/png"); });
}

function broken(pen, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// Shows a specification inside an element; what stood there goes. Returns the view.
export async function embed(element, spec, mode) {
  const vegaEmbed = await loaded();
  const { $schema, ...plain } = spec;
  const found = await vegaEmbed(element, plain, { mode, ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false,
    hover: false });
  return found.view;
}
