// Questions to the server on this machine.

async function answered(response) {
  if (response.ok) return response.json();
  let says = `The server answered ${response.status}.`;
  try {
    says = (await response.json()).error || says;
  } catch {
    // what came was no JSON: the number has to do
  }
  throw new Error(says);
}

export async function post(path, question, signal) {
  const body = JSON.stringify(question);
  return answered(await fetch(`/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body, signal }));
}

export async function get(path, parameters = {}, signal) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  return answered(await fetch(`/api/${path}${query.size ? `?${query}` : ""}`, { signal }));
}

export async function cancel(run) {
  return answered(await fetch(`/api/runs/${run}`, { method: "DELETE" }));
}

// Only the last of several questions counts: an earlier one that is still open is given up.
export class Latest {
  async ask(make) {
    this.controller?.abort();
    const own = new AbortController();
    this.controller = own;
    const found = await make(own.signal);
    if (own.signal.aborted) throw new DOMException("given up", "AbortError");
    return found;
  }
}

export const givenUp = (error) => error.name === "AbortError";
