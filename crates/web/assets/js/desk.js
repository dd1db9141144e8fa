// The desk by keyboard, and without loading a page after each act. Keys go by their place on the keyboard (`event.code`),
// so that they work with the Arabic layout on. An act takes effect on the screen at once; it is sent in its turn, again
// and again until the desk has answered, under a name of its own, so that what is heard twice is done once. Without this
// file every form works as it stands.
const desk = document.querySelector("[data-desk]");
const cards = desk?.querySelector("[data-cards]");
const said = desk?.querySelector("[data-said]");
const help = desk?.querySelector("[data-help]");
const words = desk?.querySelector("[data-settled-words]")?.dataset ?? {};
const language = document.documentElement.lang || "ar";
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language, { useGrouping: false, numberingSystem: desk?.dataset.numbering ?? "latn" });
const title = document.title;
const asFragment = { accept: "text/vnd.midad.fragment" };

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

const counted = (forms, n) => {
  const patterns = JSON.parse(forms);
  return (patterns[plural.select(n)] ?? patterns.other).replace("{n}", numbers.format(n));
};
const named = (pattern, name) => (pattern ?? "{name}").replace("{name}", `\u2068${name}\u2069`);
const all = () => [...(cards?.querySelectorAll("[data-card]:not([data-inert])") ?? [])];
const current = () => document.activeElement?.closest?.("[data-card]") ?? cards?.querySelector("[data-current]") ?? null;
const fresh = () => document.dispatchEvent(new Event("midad-fresh"));

function stand(card) {
  if (!card) return;
  for (const other of cards.querySelectorAll("[data-current]")) if (other !== card) delete other.dataset.current;
  card.dataset.current = "";
  claim(card);
}

function reach(card) {
  if (!card) return;
  stand(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function go(step) {
  const list = all();
  const at = list.indexOf(current());
  reach(list[Math.min(Math.max(at + step, 0), list.length - 1)]);
  if (list.length - at < ENOUGH && desk.querySelector("[data-next]")) more();
}

/* More cards, before they are needed. */

let fetching = false;
const settledHere = new Set();
const ENOUGH = 12;

/** This page from its beginning: what was hidden behind a copy, or came in meanwhile. */
function fromTheStart() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["after", "done", "act"]) asked.delete(name);
  return `${location.pathname}?${asked}`;
}

async function more() {
  const link = desk.querySelector("[data-next]");
  if (fetching || (!link && (all().length > 0 || owed.length > 0))) return;
  fetching = true;
  try {
    const answer = await fetch(link ? link.href : fromTheStart());
    if (answer.redirected && !new URL(answer.url).pathname.startsWith("/desk")) return failed({ status: 401 });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const isNew = (card) => !document.getElementById(card.id) && !settledHere.has(card.id);
    cards.append(...[...page.querySelectorAll("[data-cards] > [data-card]")].filter(isNew).map((card) => document.adoptNode(card)));
    link?.closest("p").remove();
    const next = page.querySelector("[data-next]")?.closest("p");
    if (next) desk.querySelector("[data-empty]").after(document.adoptNode(next));
    fresh();
    if (!current()) reach(all()[0]);
  } catch {
    // The link is still there.
  } finally {
    fetching = false;
    emptied();
  }
}

/** Nothing is left: there may be more, or it is said. */
function emptied() {
  const nothing = all().length === 0;
  desk.querySelector("[data-empty]").hidden = !nothing || Boolean(desk.querySelector("[data-next]"));
}

/* Acts that are owed to the desk, in their order. They outlive the page. */

const OWED = "midad-desk-owed";
/** Only one's own: what a colleague owes at this browser waits until that colleague is back. */
let owed = remembered().filter((act) => act.by === words.me);
let sending = false;
const away = new Map();

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(OWED) ?? "[]");
  } catch {
    return [];
  }
}

function remember() {
  try {
    const ofOthers = remembered().filter((act) => act.by !== words.me);
    localStorage.setItem(OWED, JSON.stringify([...ofOthers, ...owed]));
  } catch {
    // Told below, as long as the page is open.
  }
  const line = desk.querySelector("[data-owed]");
  if (!line) return;
  line.hidden = owed.length === 0 || !owed[0].failed;
  if (!line.hidden) line.textContent = counted(line.dataset.owed, owed.length);
}

function rule(form, button) {
  const card = form.closest("[data-card]");
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  if (body.get("act") === "refuse" && !body.get("reason")) return form.querySelector("input[name=reason]").focus();
  body.set("sent_as", crypto.randomUUID());
  // What is undone next is this act, and it is not known yet.
  said.replaceChildren();
  owed.push({ by: words.me, card: card.id, action: form.getAttribute("action"), body: body.toString() });
  leave(card);
  remember();
  send();
}

/** The card goes at once; the next one is there already. */
function leave(card) {
  const list = all();
  const at = list.indexOf(card);
  const next = list[at + 1] ?? list[at - 1];
  away.set(card.id, card);
  card.remove();
  settledHere.add(card.id);
  if (next) reach(next);
  if (list.length - at < ENOUGH) more();
  emptied();
  ticked();
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    while (owed.length > 0) {
      const act = owed[0];
      const answer = await fetch(act.action, { method: "POST", body: new URLSearchParams(act.body), headers: asFragment });
      const html = await answer.text();
      if (answer.status === 401 || answer.status >= 500 || answer.status === 429) {
        failed(answer);
        later();
        return;
      }
      owed.shift();
      remember();
      if (answer.ok) ruled(act, html);
      else cameBack(act, html, answer);
    }
  } catch {
    failed(null);
    later();
  } finally {
    sending = false;
  }
}

let waits = 1000;

function later() {
  if (owed[0]) owed[0].failed = true;
  remember();
  setTimeout(send, waits);
  waits = Math.min(waits * 2, 30000);
}

function ruled(act, html) {
  waits = 1000;
  said.replaceChildren(parsed(html));
  away.delete(act.card);
  if (all().length === 0) more();
}

function cameBack(act, html, answer) {
  const card = parsed(html).querySelector("[data-card]") ?? away.get(act.card);
  away.delete(act.card);
  failed(answer.status === 409 || answer.status === 422 ? null : answer, true);
  if (!card) return;
  settledHere.delete(card.id);
  document.getElementById(card.id)?.remove();
  cards.insertBefore(card, current());
  desk.querySelector("[data-empty]").hidden = true;
  fresh();
  reach(card);
}

function failed(answer, quiet) {
  if (quiet) return said.replaceChildren();
  const line = document.createElement("p");
  line.className = "problems";
  line.textContent = answer?.status === 401 ? said.dataset.signIn : said.dataset.lost;
  said.replaceChildren(line);
}

async function undo(form) {
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: asFragment });
    const html = await answer.text();
    if (!answer.ok) return answer.status === 409 ? location.reload() : failed(answer);
    const card = parsed(html).querySelector("[data-card]");
    said.replaceChildren();
    settledHere.delete(card.id);
    desk.querySelector("[data-empty]").hidden = true;
    document.getElementById(card.id)?.remove();
    cards.insertBefore(card, current());
    fresh();
    reach(card);
  } catch {
    failed(null);
  }
}

/** Notes, second opinions and the like: the card comes back as it is now, at its place. */
async function care(form, button) {
  const card = form.closest("[data-card]");
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: asFragment });
    const now = parsed(await answer.text()).querySelector("[data-card]");
    if (!now) return failed(answer);
    card.replaceWith(now);
    fresh();
    reach(now);
  } catch {
    failed(null);
  }
}

function submitted(event) {
  const form = event.target;
  if (form.matches("[data-ruling]") && cards?.contains(form)) {
    event.preventDefault();
    rule(form, event.submitter);
  } else if (form.matches("[data-undo]") && cards) {
    event.preventDefault();
    undo(form);
  } else if (form.matches("[data-care]") && cards?.contains(form)) {
    event.preventDefault();
    care(form, event.submitter);
  } else if (form.matches("[data-bulk-run]") && form.getAttribute("action") === "/desk/bulk") {
    event.preventDefault();
    runBulk(form, event.submitter);
  }
}

/* Many at once, in parts, with how far it has come. */

const AT_ONCE = 25;

async function runBulk(form, button) {
  const which = [...form.querySelectorAll("input[name=which]:checked")].map((tick) => tick.value);
  const around = new URLSearchParams(new FormData(form));
  around.delete("which");
  button.disabled = true;
  let done = null;
  try {
    for (let at = 0; at < which.length; at += AT_ONCE) {
      const body = new URLSearchParams(around);
      for (const one of which.slice(at, at + AT_ONCE)) body.append("which", one);
      const answer = await fetch("/desk/bulk", { method: "POST", body, headers: asFragment });
      if (!answer.ok) throw answer;
      done = await answer.text();
      said.textContent = counted(form.dataset.bulkRun, Math.min(at + AT_ONCE, which.length));
    }
    location.assign(`/desk?act=${encodeURIComponent(around.get("sent_as"))}`);
  } catch {
    // What was carried out stays and can be undone; pressed again, the rest follows under the same name.
    failed(null);
    if (done) said.append(parsed(done));
    button.disabled = false;
  }
}

function ticked() {
  const bulk = desk.querySelector("[data-bulk]");
  if (!bulk) return;
  const n = desk.querySelectorAll("[data-tick]:checked").length;
  bulk.querySelector("[data-ticked]").textContent = n > 0 ? counted(bulk.dataset.tickedForms, n) : "";
  bulk.classList.toggle("has-ticks", n > 0);
}

/* Keys. */

const keysOff = help?.querySelector("[data-keys-off]");
const KEYS_OFF = "midad-desk-keys-off";

function remembersOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "yes";
  } catch {
    return false;
  }
}

const isTyping = (where) => where.closest?.("textarea, select, input:not([type=radio]):not([type=checkbox])");

function pressed(event) {
  if (event.key === "Escape" && event.target.closest?.("[data-card]")) return reach(event.target.closest("[data-card]"));
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || help?.open || isTyping(event.target)) return;
  if (keysOff?.checked && event.code !== "KeyH") return;
  const act = moves[event.code] ?? (() => inCard(event.code));
  if (act() !== false) event.preventDefault();
}

const moves = {
  KeyJ: () => go(1),
  KeyK: () => go(-1),
  KeyU: () => undoLast(),
  KeyH: () => help.showModal(),
  Slash: () => help.showModal(),
  KeyR: refuse,
  KeyX: dispute,
  KeyE: () => write("escalate"),
  KeyN: () => write("note"),
  KeyM: () => toggle("[data-more]"),
  KeyV: () => toggle("[data-veiled]"),
  KeyS: tick,
  KeyB: () => desk.querySelector("[data-bulk] select")?.focus(),
  KeyO: () => desk.querySelector("[data-one-card]")?.click(),
};

const here = () => current() ?? all()[0];

function undoLast() {
  const form = said.querySelector("form");
  if (!form) return false;
  form.requestSubmit();
}

function refuse() {
  const details = here()?.querySelector("[data-refuse]");
  if (!details) return false;
  details.open = true;
  details.querySelector("input[type=radio]").focus();
}

/** The finding that one is at, or the first that nobody has disputed. */
function dispute() {
  const card = here();
  const at = card?.querySelector(".findings li.pointed") ?? card;
  const button = at?.querySelector("[data-dispute]");
  if (!button) return false;
  button.click();
}

function write(act) {
  const details = here()?.querySelector("[data-more]");
  const button = details?.querySelector(`[value="${act}"]`);
  if (!button) return false;
  details.open = true;
  details.querySelector("textarea[name=note]").focus();
}

function toggle(css) {
  const details = here()?.querySelector(css);
  if (!details) return false;
  details.open = !details.open;
}

function tick() {
  const box = here()?.querySelector("[data-tick]");
  if (!box) return false;
  box.click();
}

/** A key on the card one is at: a button is pressed; a rule's digit chooses it and refuses, «something else» and «against the law» ask why. */
function inCard(code) {
  const card = here();
  const digit = code.replace(/^Numpad(?=\d)/, "Digit");
  const target = card?.querySelector(`[data-key="${CSS.escape(digit)}"]`);
  if (!target) return false;
  if (target.type !== "radio") return target.click();
  const details = target.closest("details");
  if (!details.open) return false;
  target.checked = true;
  const asksWhy = target.value === "other" || target.value === "unlawful";
  if (asksWhy && !details.querySelector("[name=why]").value) details.querySelector("[name=why]").focus();
  else details.querySelector("button[value=refuse]").click();
}

/* What a mark means, as long as one is at it. */

function pointed(event, on) {
  const mark = event.target.closest?.("a.marked");
  for (const id of mark?.getAttribute("aria-describedby")?.trim().split(/\s+/) ?? []) {
    document.getElementById(id)?.classList.toggle("pointed", on);
  }
}

/* Who is at which card. */

let claiming = 0;
let claimed = null;
const CLAIM_AFTER = 400;
const RENEW = 45000;

function claim(card) {
  if (claimed === card.id) return;
  claimed = card.id;
  clearTimeout(claiming);
  claiming = setTimeout(() => sendClaim(card), CLAIM_AFTER);
}

async function sendClaim(card) {
  if (!card.isConnected || claimed !== card.id || !desk.dataset.live) return;
  const body = new URLSearchParams({ story: card.dataset.story, comment: card.dataset.comment });
  try {
    const answer = await fetch("/desk/claims", { method: "POST", body });
    if (answer.status === 200) mark(card, await answer.text());
  } catch {
    // Told at the next time, if the desk can be reached then.
  }
  claiming = setTimeout(() => sendClaim(card), RENEW);
}

const cardOf = (told) => document.getElementById(`card-${told.comment}`);

function mark(card, name) {
  const line = card?.querySelector("[data-claimed]");
  // An answer that comes late says less than the decision that was told meanwhile.
  if (!line || "inert" in card.dataset) return;
  line.textContent = named(words.claimedWords, name);
  line.hidden = false;
}

/** Somebody else has decided: the card stays where it is, and nothing can be done with it any more. */
function settled(told) {
  const card = cardOf(told);
  if (!card || told.by === words.me) return;
  const wasHere = current() === card;
  card.dataset.inert = "";
  const line = card.querySelector("[data-claimed]");
  line.textContent = named(words.settledWords, told.name);
  line.hidden = false;
  // Whoever decided goes on to the next card: that news may come after this one, and must not hide it.
  delete line.dataset.by;
  for (const part of card.querySelectorAll("form, details")) part.remove();
  for (const box of card.querySelectorAll("[data-tick]")) box.closest("label").remove();
  if (wasHere) card.focus({ preventScroll: true });
}

/* Counts, as they change. */

function listen() {
  const stream = new EventSource(desk.dataset.live);
  const news = desk.querySelector("[data-news]");
  let before = Number(desk.dataset.waiting);
  let arrived = 0;
  document.title = before > 0 ? `(${before}) ${title}` : title;
  stream.addEventListener("claimed", (event) => {
    const told = JSON.parse(event.data);
    for (const line of cards?.querySelectorAll("[data-claimed]") ?? []) {
      if (line.dataset.by === told.by) line.hidden = true;
    }
    const card = cardOf(told);
    if (!card || told.by === words.me || "inert" in card.dataset) return;
    mark(card, told.name);
    card.querySelector("[data-claimed]").dataset.by = told.by;
  });
  stream.addEventListener("settled", (event) => settled(JSON.parse(event.data)));
  stream.addEventListener("waiting", (event) => {
    const told = JSON.parse(event.data);
    for (const name of ["waiting", "reported"]) {
      const place = desk.querySelector(`[data-count="${name}"]`);
      if (place) place.textContent = numbers.format(told[name]);
    }
    document.title = told.waiting > 0 ? `(${told.waiting}) ${title}` : title;
    arrived = Math.max(0, arrived + told.waiting - before);
    before = told.waiting;
    if (!news || told.waiting <= all().length) return news && (news.hidden = true);
    if (arrived > 0) tell(news, arrived);
  });
  addEventListener("pagehide", () => stream.close());
}

function tell(news, n) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = location.pathname + location.search;
  link.textContent = counted(news.dataset.forms, n);
  news.replaceChildren(link);
  news.hidden = false;
}

function begin() {
  document.addEventListener("keydown", pressed);
  desk.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick]")) ticked();
    if (event.target.matches("[data-one-card]")) {
      cards.classList.toggle("one-card", event.target.checked);
      fetch("/desk/settings", { method: "POST", body: new URLSearchParams(new FormData(event.target.form)), redirect: "manual" }).catch(() => failed(null));
    }
  });
  cards.addEventListener("focusin", (event) => stand(event.target.closest("[data-card]")));
  const opener = desk.querySelector("[data-help-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  keysOff.checked = remembersOff();
  keysOff.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysOff.checked ? "yes" : ""));
  for (const act of owed) document.getElementById(act.card)?.remove();
  const first = all()[0];
  if (first) {
    stand(first);
    first.focus({ preventScroll: true });
  }
  addEventListener("online", () => send());
  if (owed.length > 0) send();
  ticked();
}

if (desk) {
  document.addEventListener("submit", submitted);
  document.addEventListener("focusin", (event) => pointed(event, true));
  document.addEventListener("focusout", (event) => pointed(event, false));
  if (cards) begin();
  if (typeof EventSource === "function" && desk.dataset.live) listen();
}
