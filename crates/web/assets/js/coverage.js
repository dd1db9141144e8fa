// Live coverage in a page that is open. The page's one stream hands over what it hears; nothing moves under whoever reads
// until they press the button. What was removed goes at once.
const coverage = document.querySelector("[data-coverage]");

function begin() {
  const { numbering, address, news, missed } = coverage.dataset;
  const language = document.documentElement.lang || "ar";
  const numbers = new Intl.NumberFormat(numbering ? `${language}-u-nu-${numbering}` : language, { useGrouping: false });
  const plural = new Intl.PluralRules(language);
  const forms = JSON.parse(news);
  const notice = coverage.querySelector("[data-coverage-notice]");
  const entries = coverage.querySelector("[data-coverage-entries]");
  const isFirst = coverage.dataset.first === "true";
  let known = coverage.dataset.top;
  let waiting = [];
  let missedSome = false;

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };
  const timeOf = (entry) => entry.querySelector("time")?.dateTime ?? "";
  /** It stands on an older page than this one shows. */
  const isBelow = (html) => entries.lastElementChild !== null && timeOf(parsed(html)) < timeOf(entries.lastElementChild);
  const place = ({ id, html }) => {
    const fresh = parsed(html);
    const there = document.getElementById(`e-${id}`);
    if (there) there.replaceWith(fresh);
    else if (!isFirst) return null;
    else {
      const older = [...entries.children].find((one) => timeOf(one) <= timeOf(fresh));
      if (older) older.before(fresh);
      else entries.append(fresh);
    }
    coverage.querySelector("[data-coverage-empty]")?.remove();
    return fresh;
  };
  const show = () => {
    const came = waiting;
    waiting = [];
    notice.replaceChildren();
    // An older page shows what is new on the first one.
    if (came.some(({ id }) => !isFirst && !document.getElementById(`e-${id}`))) return location.assign(`${address}#live`);
    const placed = came.map(place).filter(Boolean);
    for (const one of placed) one.classList.add("fresh");
    placed.at(-1)?.focus();
  };
  const announce = () => {
    if (missedSome) return cameMissed();
    if (waiting.length === 0) return notice.replaceChildren();
    const pattern = forms[plural.select(waiting.length)] ?? forms.other ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = pattern.replace("{n}", numbers.format(waiting.length));
    button.addEventListener("click", show);
    notice.replaceChildren(button);
  };
  /** What stands there now, after a line that was cut: what changed or went is put right, what is new waits. */
  const catchUp = async () => {
    try {
      const got = await fetch(location.href.split("#")[0], { signal: AbortSignal.timeout(15_000) });
      if (!got.ok) throw new Error(`${got.status}`);
      const now = new DOMParser().parseFromString(await got.text(), "text/html").querySelector("[data-coverage]");
      const found = [...now.querySelectorAll("[data-entry]")];
      waiting = waiting.filter(({ id }) => found.some((one) => one.dataset.entry === id));
      for (const one of found) hear({ id: one.dataset.entry, gone: one.classList.contains("gone"), html: one.outerHTML });
      coverage.querySelector("[data-coverage-head]").innerHTML = now.querySelector("[data-coverage-head]").innerHTML;
      if (isFirst) known = now.dataset.top;
      missedSome = false;
    } catch {
      missedSome = true;
    }
    announce();
  };
  const cameMissed = () => {
    const link = document.createElement("a");
    link.className = "button";
    link.href = `${address}?again=${Date.now()}#live`;
    link.textContent = missed;
    notice.replaceChildren(link);
  };

  const hear = (detail) => {
    const at = waiting.findIndex(({ id }) => id === detail.id);
    const there = document.getElementById(`e-${detail.id}`);
    if (detail.gone) {
      waiting = waiting.filter(({ id }) => id !== detail.id);
      if (there) there.replaceWith(parsed(detail.html));
      return;
    }
    // Put right where it stands, or where it waits; one of an older page stays there.
    if (at < 0 && there?.textContent === parsed(detail.html).textContent) return;
    if (at >= 0) waiting[at] = detail;
    else if (there || !isBelow(detail.html)) waiting.push(detail);
    if (!there && !isBelow(detail.html)) known = detail.id;
  };
  document.addEventListener("midad-entry", ({ detail }) => {
    hear(detail);
    announce();
  });
  document.addEventListener("midad-again", catchUp);
  document.addEventListener("midad-coverage", ({ detail }) => {
    coverage.querySelector("[data-coverage-head]").innerHTML = detail.html;
    // The line was cut, and something came meanwhile.
    if (isFirst && detail.newest !== known && !document.getElementById(`e-${detail.newest}`)) {
      if (!waiting.some(({ id }) => id === detail.newest)) catchUp();
    }
  });
  const reload = coverage.querySelector("[data-coverage-reload]");
  if (reload && typeof EventSource === "function") reload.hidden = true;
}

if (coverage) begin();
