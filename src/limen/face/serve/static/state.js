// What is shown, kept in the address: settings in the query, facts about a person only behind the #, which no browser sends.

const inQuery = () => new URLSearchParams(location.search);
const inFragment = () => new URLSearchParams(location.hash.replace(/^#/, ""));

export const view = () => location.pathname.replace(/^\//, "").replace(/\..*$/, "") || "one";

export const setting = (name, otherwise = "") => inQuery().get(name) ?? otherwise;

export function set(changes) {
  const query = inQuery();
  for (const [name, value] of Object.entries(changes)) {
    if (value === "" || value === null || value === undefined || value === false) query.delete(name);
    else query.set(name, value);
  }
  replace(query, location.hash);
}

// Readings of disputed texts, as under=question=answer. They say nothing of a person.
export function readings() {
  return Object.fromEntries(inQuery().getAll("under").map((text) => {
    const at = text.indexOf("=");
    return [text.slice(0, at), text.slice(at + 1)];
  }));
}

export function setReadings(under) {
  const query = inQuery();
  query.delete("under");
  for (const [question, answer] of Object.entries(under)) query.append("under", `${question}=${answer}`);
  replace(query, location.hash);
}

export const facts = () => Object.fromEntries(inFragment());

export function setFacts(found) {
  const fragment = new URLSearchParams(Object.entries(found)).toString();
  replace(inQuery(), fragment ? `#${fragment}` : "");
}

export function addressOf(name, changes = {}, fragment = "") {
  const query = inQuery();
  for (const [key, value] of Object.entries(changes)) {
    if (value === "" || value === null) query.delete(key);
    else query.set(key, value);
  }
  return `/${name}${query.size ? `?${query}` : ""}${fragment ? `#${fragment}` : ""}`;
}

function replace(query, hash) {
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${hash}`);
}
