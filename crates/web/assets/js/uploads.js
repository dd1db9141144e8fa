// Files are sent part by part, each with how far it is; a line that breaks costs one part. Without this file their forms send
// them whole. A form of many files lists what became of each; one of a single file (`data-fills`) is sent when that is there,
// and names it in the field of that name.
const LARGEST = 512 * 1024;
// A line that is too slow for a part gets smaller ones.
const SMALLEST = 64 * 1024;
const MOST_WHOLE = 3;
const numberingSystem = document.querySelector("[data-numbering]")?.dataset.numbering ?? "latn";
const percent = new Intl.NumberFormat(document.documentElement.lang || "ar", { style: "percent", numberingSystem });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Sends; given up when its time is over, or when its sender stops it. */
function ask(path, body, stop, patience = 120_000) {
  const given = new AbortController();
  const up = () => given.abort();
  const clock = setTimeout(up, patience);
  stop.addEventListener("abort", up, { once: true });
  const asked = fetch(path, { method: "POST", body, headers: { accept: "application/json" }, signal: given.signal });
  return asked.finally(() => {
    clearTimeout(clock);
    stop.removeEventListener("abort", up);
  });
}

/** Resolves when the line may be there again, or the sender has stopped it. */
async function pauseFor(ms, stop) {
  const stopped = new Promise((done) => stop.addEventListener("abort", done, { once: true }));
  if (navigator.onLine) return Promise.race([stopped, wait(ms)]);
  const back = new Promise((done) => addEventListener("online", done, { once: true }));
  return Promise.race([stopped, back, wait(30_000)]);
}

for (const form of document.querySelectorAll("form[data-parts]")) {
  const list = form.querySelector("[data-uploads]");
  const input = form.elements.namedItem("file");
  const say = form.dataset;
  const failed = { said: say.failed, again: true };
  const waiting = [];
  let busy = false;

  /** One step: an answer that ends it, or how far it is and under which number. */
  async function step(file, { part, at }, size, stop) {
    if (part === null) {
      const begun = await ask(say.parts, new URLSearchParams({ length: file.size, name: file.name }), stop);
      if (begun.status >= 500) throw new Error("later");
      if (begun.status !== 201) return { end: begun.status === 422 ? await begun.json() : failed };
      return { part: (await begun.json()).part, at: 0 };
    }
    const sent = await ask(`${say.parts}/${part}?at=${at}`, file.slice(at, at + size), stop);
    if (sent.status === 404) return { part: null, at: 0, lost: true };
    if (sent.status >= 500) throw new Error("later");
    if (sent.redirected || ![200, 202, 409].includes(sent.status)) return { end: failed };
    const answer = await sent.json();
    return sent.status === 200 ? { end: answer } : { part, at: answer.at };
  }

  /** The whole at once, as the form sends it: where nobody keeps parts, as when another process answers each time. */
  async function sendWhole(file, stop) {
    if (say.fills) return { whole: true };
    const action = form.getAttribute("action");
    const whole = new FormData();
    whole.append("file", file);
    // Forty megabytes over a slow line.
    const sent = await ask(action, whole, stop, 600_000);
    if (sent.status >= 500) throw new Error("later");
    const { picture, problem } = await sent.json();
    return picture ? { said: say.kept, open: `${action}/${encodeURIComponent(picture.file)}` } : { said: problem };
  }

  const giveUp = (part) => part && fetch(`${say.parts}/${part}/removal`, { method: "POST", keepalive: true }).catch(() => {});

  /** Sends one to its end, however often the line breaks. */
  async function send(file, { bar, far, said, stop }) {
    let where = { part: null, at: 0 };
    addEventListener("pagehide", () => giveUp(where.part), { signal: stop });
    let [pause, size, lost, wholes] = [1_000, LARGEST, 0, 0];
    while (!stop.aborted) {
      try {
        const words = where.at >= file.size && file.size > 0 ? say.developing : say.sending;
        if (said.textContent !== words) said.textContent = words;
        bar.value = where.at / Math.max(1, file.size);
        far.textContent = percent.format(bar.value);
        if (lost >= 2) wholes += 1;
        where = lost >= 2 ? { end: await sendWhole(file, stop) } : await step(file, where, size, stop);
        if (where.end) return where.end;
        lost += where.lost ? 1 : 0;
        [pause, size] = [1_000, Math.min(size * 2, LARGEST)];
        if (where.at >= file.size) await wait(1_000);
      } catch {
        if (wholes >= MOST_WHOLE) return failed;
        if (!stop.aborted) said.textContent = say.broken;
        size = Math.max(size / 2, SMALLEST);
        await pauseFor(pause, stop);
        pause = Math.min(pause * 2, 30_000);
      }
    }
    giveUp(where.part);
    return { said: say.stopped, again: true };
  }

  function made(name, words, pressed) {
    const one = document.createElement(name);
    one.textContent = words;
    if (name === "button") one.type = "button";
    if (pressed) one.addEventListener("click", pressed);
    return one;
  }

  function line(file) {
    const one = document.createElement("li");
    const said = made("span", say.turn);
    said.setAttribute("role", "status");
    one.append(made("bdi", file.name), " ", said);
    list.append(one);
    list.hidden = false;
    return { file, one, said };
  }

  async function run({ file, one, said }) {
    const halt = new AbortController();
    const [bar, far] = [document.createElement("progress"), made("span", "")];
    const off = made("button", say.stop, () => halt.abort());
    const shown = made("span", "");
    bar.setAttribute("aria-label", file.name);
    // The bar says it already.
    far.setAttribute("aria-hidden", "true");
    bar.max = 1;
    bar.value = 0;
    shown.className = "upload-far";
    shown.append(bar, " ", far, " ", off);
    said.before(shown);
    delete one.dataset.done;
    const answer = await send(file, { bar, far, said, stop: halt.signal });
    shown.remove();
    said.textContent = answer.said ?? say.kept;
    one.dataset.done = answer.open || answer.kept ? "kept" : "refused";
    if (!answer.again) return answer;
    const again = made("button", say.again, () => {
      again.remove();
      said.textContent = say.turn;
      take([{ file, one, said }]);
    });
    one.append(" ", again);
    return answer;
  }

  /** What the form of many says of one that is there. */
  function opens({ one }, { open }) {
    if (!open) return;
    const link = made("a", say.open);
    link.href = open;
    one.append(" ", link);
    form.querySelector("[data-see-all]").hidden = false;
  }

  /** The form of a single one goes: with its name, or with the file itself. */
  function goes({ kept, whole }) {
    if (!kept && !whole) return;
    busy = false;
    if (kept) {
      const named = form.elements.namedItem(say.fills) ?? form.appendChild(document.createElement("input"));
      [named.type, named.name, named.value] = ["hidden", say.fills, kept];
      input.required = false;
      input.value = "";
    }
    form.submit();
  }

  async function take(lines) {
    waiting.push(...lines);
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const answer = await run(next);
      if (say.fills) goes(answer);
      else opens(next, answer);
    }
    busy = false;
  }

  form.addEventListener("submit", (event) => {
    if (busy && say.fills) event.preventDefault();
    if (!input.files.length || event.defaultPrevented) return;
    event.preventDefault();
    const files = [...input.files];
    if (say.fills) list.replaceChildren();
    else input.value = "";
    take(files.map(line));
  });
  addEventListener("beforeunload", (event) => busy && event.preventDefault());
  const drop = form.querySelector("[data-drop]");
  if (!drop) continue;
  drop.hidden = false;
  const pictures = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    take(pictures(event.dataTransfer).map(line));
  });
  addEventListener("paste", (event) => take(pictures(event.clipboardData).map(line)));
}
