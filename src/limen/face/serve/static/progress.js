// The progress of runs, as the server sends it. Returns what stops listening.

export function follow(runs, told) {
  const latest = new globalThis.Map(runs.map((one) => [one.id, one]));
  const sources = runs.map((one) => {
    const source = new EventSource(`/api/runs/${one.id}/events`);
    source.addEventListener("progress", (event) => {
      const found = JSON.parse(event.data);
      latest.set(found.id, found);
      if (!["waiting", "running"].includes(found.state)) source.close();
      told([...latest.values()]);
    });
    return source;
  });
  return () => sources.forEach((one) => one.close());
}
