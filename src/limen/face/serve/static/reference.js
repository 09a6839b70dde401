// The description of the API, from /api/openapi.json, with a place to try each operation. Nothing is loaded from elsewhere.

import { byId, fill, h, table, trouble } from "./dom.js";

const root = byId("operations");

try {
  const described = await (await fetch("/api/openapi.json")).json();
  const groups = new Map();
  for (const [path, methods] of Object.entries(described.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] || "Other";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationOf(described, path, method, operation));
    }
  }
  fill(root, h("h1", {}, "The API"), h("p", {}, described.info.description),
    h("p", {}, `Version ${described.info.version}. `, h("a", { href: "/api/openapi.json" }, "The OpenAPI description")),
    [...groups].map(([tag, operations]) => h("section", { class: "card" }, h("h2", {}, tag), operations)));
} catch (error) {
  fill(root, h("h1", {}, "The API"), trouble(error));
}
root.removeAttribute("aria-busy");

function resolved(described, schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? described.components.schemas[name] : schema || {};
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeOf).filter((one) => one !== "null").join(" or ");
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return `list of ${typeOf(schema.items || {})}`;
  if (schema.additionalProperties && schema.type === "object") return `mapping to ${typeOf(schema.additionalProperties)}`;
  return schema.format || schema.type || "any";
}

function operationOf(described, path, method, operation) {
  const body = operation.requestBody && resolved(described, operation.requestBody.content["application/json"].schema);
  const answer = operation.responses["200"] || operation.responses["202"];
  const schema = resolved(described, answer?.content?.["application/json"]?.schema);
  return h("details", { class: "operation" },
    h("summary", {}, h("span", { class: "method" }, method.toUpperCase()), h("code", {}, path)),
    h("p", {}, operation.description || operation.summary),
    operation.parameters?.length ? table("Parameters", [{ head: "Name" }, { head: "In" }, { head: "Type" }, { head: "Default" }],
      operation.parameters.map((one) => [h("code", {}, one.name), one.in, typeOf(one.schema), String(one.schema.default ?? "")])) : null,
    body ? parts("The question", body) : null,
    schema.properties ? parts("The answer", schema) : null,
    attempt(path, method, operation, body));
}

function parts(title, schema) {
  return table(title, [{ head: "Name" }, { head: "Type" }, { head: "" }], Object.entries(schema.properties || {}).map(([name, one]) =>
    [h("code", {}, name), typeOf(one), [one.description || "", (schema.required || []).includes(name) && title === "The question" ? " Required." : ""].join("")]));
}

function exampleOf(body) {
  const example = {};
  for (const [name, one] of Object.entries(body.properties)) {
    if ((body.required || []).includes(name)) example[name] = one.examples?.[0] ?? (one.type === "string" ? "" : one.type === "integer" ? 1 : {});
  }
  for (const name of ["policy", "scenario"]) if (name in body.properties) example[name] = "mobilisation-2022";
  if ("person" in body.properties) example.person = { nationality: "RU", state: "FI" };
  if ("doors" in body.properties && "person" in body.properties) example.doors = ["entry"];
  if (example.format === undefined && "start" in example) Object.assign(example, { start: "2022-09-01", end: "2022-12-31" });
  return JSON.stringify(example, null, 2);
}

function attempt(path, method, operation, body) {
  if (path.endsWith("/events")) return null;
  const inputs = (operation.parameters || []).map((one) => [one, h("input", { "aria-label": `${one.name} of ${path}`, value: one.schema.default ?? "" })]);
  const text = body ? h("textarea", { "aria-label": `Question to ${path}`, spellcheck: "false" }, exampleOf(body)) : null;
  const answer = h("div", {});
  return h("div", {}, inputs.map(([one, input]) => h("p", {}, `${one.name} `, input)), text,
    h("p", {}, h("button", { type: "button", onclick: async () => {
      let address = path;
      const query = new URLSearchParams();
      for (const [one, input] of inputs) {
        if (one.in === "path") address = address.replace(`{${one.name}}`, encodeURIComponent(input.value));
        else if (input.value) query.set(one.name, input.value);
      }
      const response = await fetch(`${address}${query.size ? `?${query}` : ""}`,
        { method: method.toUpperCase(), headers: { "content-type": "application/json" }, body: text ? text.value : undefined });
      const said = await response.text();
      let shown = said;
      try { shown = JSON.stringify(JSON.parse(said), null, 2); } catch { /* it is shown as it came */ }
      fill(answer, h("p", {}, `${response.status}`), h("pre", { class: "answer", tabindex: "0", "aria-label": "Answer" }, shown.slice(0, 20000)));
    } }, "Try it")), answer);
}
