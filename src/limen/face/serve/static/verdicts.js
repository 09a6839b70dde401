// What a door answers, in a sign, a word and a class: words with every colour.

const KNOWN = {
  "must open": { kind: "open", sign: "✓" },
  "presume open": { kind: "open", sign: "✓" },
  may: { kind: "may", sign: "◐" },
  "must shut": { kind: "shut", sign: "✕" },
  "presume shut": { kind: "shut", sign: "✕" },
  depends: { kind: "depends", sign: "?" },
  gap: { kind: "gap", sign: "–" },
  conflict: { kind: "conflict", sign: "!" },
  "does not arise": { kind: "none", sign: "·" },
};

export const LEGEND = [
  ["open", "Must open"], ["may", "May open or stay shut"], ["depends", "Depends on what is not known"], ["shut", "Must stay shut"],
  ["gap", "No rule speaks"], ["conflict", "Rules contradict one another"], ["none", "Not asked of this person"],
];

export const look = (verdict) => KNOWN[verdict] || KNOWN.depends;

export const CONFIDENCE = { high: "●●●", medium: "●●○", low: "●○○", unstated: "○○○" };

export const REACH = {
  "must reach": { kind: "open", sign: "✓" }, "can reach": { kind: "may", sign: "◐" }, depends: { kind: "depends", sign: "?" }, cannot: { kind: "shut", sign: "✕" },
  "no way": { kind: "none", sign: "·" },
};
