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

// Shows a specification inside an element; what stood there goes. Returns the view.
export async function embed(element, spec, mode) {
  const vegaEmbed = await loaded();
  const { $schema, ...plain } = spec;
  const found = await vegaEmbed(element, plain, { mode, ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false,
    hover: false });
  return found.view;
}
