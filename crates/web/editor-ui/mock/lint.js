// A few suggestions as the desk makes them, enough to try their display.
const RULES = [
  [/"([^"]*)"/g, "quotes", (m) => `«${m[1]}»`],
  [/(?<=[\u0621-\u064a]),/g, "punctuation", () => "،"],
  [/(?<=[\u0621-\u064a])\?/g, "punctuation", () => "؟"],
  [/ {2,}/g, "double-space", () => " "],
  [/ (?=[،؛؟!.])/g, "space-before", () => ""],
  [/ـ+/g, "tatweel", () => ""],
];

export const suggestions = (text) =>
  RULES.flatMap(([pattern, kind, replacement]) =>
    [...text.matchAll(pattern)].map((m) => ({ start: m.index, end: m.index + m[0].length, kind, replacement: replacement(m) })),
  ).sort((a, b) => a.start - b.start);
