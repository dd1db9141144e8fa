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

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };
  const place = ({ id, html }) => {
    const fresh = parsed(html);
    const there = document.getElementById(`e-${id}`);
    if (there) there.replaceWith(fresh);
    else if (isFirst) entries.prepend(fresh);
    else return null;
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
    if (waiting.length === 0) return notice.replaceChildren();
    const pattern = forms[plural.select(waiting.length)] ?? forms.other ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = pattern.replace("{n}", numbers.format(waiting.length));
    button.addEventListener("click", show);
    notice.replaceChildren(button);
  };
  const cameMissed = () => {
    const link = document.createElement("a");
    link.className = "button";
    link.href = `${address}?again=${Date.now()}#live`;
    link.textContent = missed;
    notice.replaceChildren(link);
  };

  document.addEventListener("midad-entry", ({ detail }) => {
    waiting = waiting.filter(({ id }) => id !== detail.id);
    const there = document.getElementById(`e-${detail.id}`);
    if (detail.gone) {
      if (there) there.replaceWith(parsed(detail.html));
    } else {
      waiting.push(detail);
      if (!there) known = detail.id;
    }
    announce();
  });
  document.addEventListener("midad-coverage", ({ detail }) => {
    coverage.querySelector("[data-coverage-head]").innerHTML = detail.html;
    // The line was cut, and something came meanwhile.
    if (isFirst && detail.newest !== known && !document.getElementById(`e-${detail.newest}`)) {
      if (!waiting.some(({ id }) => id === detail.newest)) cameMissed();
    }
  });
  const reload = coverage.querySelector("[data-coverage-reload]");
  if (reload && typeof EventSource === "function") reload.hidden = true;
}

if (coverage) begin();
