// Two writers, one story: what each changed since the version both know is taken; where both changed one block, both
// are kept, in a frame that a person resolves. Nothing that anybody wrote falls away here.

const LARGEST_GRID = 4_000_000;
/** So many of the shorter block's words in the other: it is the same block, edited. */
const ALIKE = 0.5;
const canon = (block) => JSON.stringify(block);

/** Pairs `[i, j]` of equal entries in order: a longest common subsequence, or, in huge texts, a plain one. */
function matches(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [enda, endb] = [a.length, b.length];
  while (enda > start && endb > start && a[enda - 1] === b[endb - 1]) [enda, endb] = [enda - 1, endb - 1];
  const pairs = Array.from({ length: start }, (_, at) => [at, at]);
  const [w, h] = [enda - start, endb - start];
  pairs.push(...(w * h > LARGEST_GRID ? inOrder : longest)(a.slice(start, enda), b.slice(start, endb)).map(([i, j]) => [i + start, j + start]));
  for (let at = 0; at < a.length - enda; at++) pairs.push([enda + at, endb + at]);
  return pairs;
}

function longest(a, b) {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

function inOrder(a, b) {
  const places = new Map();
  b.forEach((entry, at) => places.has(entry) || places.set(entry, at));
  const pairs = [];
  let last = -1;
  a.forEach((entry, at) => {
    const place = places.get(entry);
    if (place > last) pairs.push([at, (last = place)]);
  });
  return pairs;
}

/** The words of a block, to see whether one is another, edited. What kind of block it is does not count. */
function bag(block) {
  const found = new Set();
  const walk = (value) => {
    if (typeof value === "string") for (const word of value.split(/\s+/)) word && found.add(word);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === "object") for (const key in value) if (key !== "mine" && key !== "block") walk(value[key]);
  };
  walk(block);
  return found;
}

function likeness(a, b) {
  const [one, two] = [bag(a), bag(b)];
  let shared = 0;
  for (const word of one) if (two.has(word)) shared++;
  return shared / Math.max(1, Math.min(one.size, two.size));
}

/** What a side did to every block of the base, and what it put before each (and after the last). */
function changes(base, side) {
  const kept = matches(base.map(canon), side.map(canon));
  const fates = base.map(() => ({ gone: true }));
  const before = Array.from({ length: base.length + 1 }, () => []);
  let [i, j] = [0, 0];
  for (const [keptI, keptJ] of [...kept, [base.length, side.length]]) {
    edited(base, side, [i, keptI], [j, keptJ], fates, before);
    if (keptI < base.length) fates[keptI] = { same: true };
    [i, j] = [keptI + 1, keptJ + 1];
  }
  return { fates, before };
}

/** Between two kept blocks: which of the side's blocks are edited ones of the base, and which are new. */
function edited(base, side, [i, endI], [j, endJ], fates, before) {
  const evenly = endI - i === endJ - j || (endI - i) * (endJ - j) > 40_000;
  for (; j < endJ; j++) {
    const at = evenly ? i : successor(base, side[j], i, endI);
    if (at < endI && (base[at].block === side[j].block || likeness(base[at], side[j]) >= ALIKE)) {
      fates[at] = { to: side[j] };
      i = at + 1;
    } else {
      before[i].push(side[j]);
      if (evenly && i < endI) i++;
    }
  }
}

/** The first block of the base from `i` that this one may have been; `end` when there is none. */
function successor(base, block, i, end) {
  while (i < end && likeness(base[i], block) < ALIKE) i++;
  return i;
}

/** What I have for a block: of an open frame my side, and the other one too where I went on writing in it. */
function myBlocks(block, was) {
  if (block?.block !== "conflict") return block ? [block] : [];
  const touched = block.theirs.filter((each) => canon(each) !== canon(was));
  return [...touched, ...block.mine];
}
const theirBlocks = (block) => (block?.block === "conflict" ? block.theirs : block ? [block] : []);
const sameBlocks = (a, b) => canon(a) === canon(b);

/** Merges two bodies that grew from one. Frames among the blocks of the answer say where a person must choose. */
export function mergeBodies(base, mine, theirs) {
  const [my, their] = [changes(base, mine), changes(base, theirs)];
  const out = [];
  let conflicts = 0;
  const both = (mineSide, theirSide) => {
    if (sameBlocks(mineSide, theirSide)) return out.push(...theirSide);
    conflicts++;
    return out.push({ block: "conflict", theirs: theirSide, mine: mineSide });
  };
  for (let at = 0; at <= base.length; at++) {
    const theirNew = their.before[at];
    const known = new Set(theirNew.map(canon));
    out.push(...theirNew, ...my.before[at].filter((block) => !known.has(canon(block))));
    if (at === base.length) break;
    const [mineDid, theyDid] = [my.fates[at], their.fates[at]];
    if (mineDid.same && theyDid.same) out.push(base[at]);
    else if (mineDid.same) theyDid.to && out.push(theyDid.to);
    else if (theyDid.same) mineDid.to && out.push(mineDid.to);
    else if (mineDid.to || theyDid.to) both(myBlocks(mineDid.to, base[at]), theirBlocks(theyDid.to));
  }
  const waiting = out.filter((block) => block.block === "conflict").length;
  return { blocks: out, conflicts: waiting, fresh: conflicts };
}

/** Merges the fields. In conflict the server's word stands, and mine is offered beside it. */
export function mergeFields(base, mine, theirs) {
  const fields = {};
  const conflicts = {};
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, my, their] = [base[name] ?? "", mine[name] ?? base[name] ?? "", theirs[name] ?? base[name] ?? ""];
    if (my === their || their === was) fields[name] = my;
    else {
      fields[name] = their;
      if (my !== was) conflicts[name] = my;
    }
  }
  return { fields, conflicts };
}

/** Whether two texts are the same to the last letter. */
export const sameText = (a, b) => canon(a.body) === canon(b.body) && sameFields(a.fields, b.fields);
function sameFields(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? "") === (b[name] ?? ""));
}
