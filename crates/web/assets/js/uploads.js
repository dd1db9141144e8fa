// Pictures are sent part by part, each with how far it is; a line that breaks costs one part. Without this file the form sends
// them all at once.
const form = document.querySelector("form[data-sending]");
const list = form?.querySelector("[data-uploads]");
if (form && list) {
  const PART = 512 * 1024;
  const address = `${form.getAttribute("action")}/parts`;
  const input = form.elements.namedItem("file");
  const say = form.dataset;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  let waiting = [];
  let busy = false;

  const ask = (path, body) => fetch(path, { method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(120_000) });

  /** Resolves when the line may be there again. */
  async function pauseFor(ms) {
    if (navigator.onLine) return wait(ms);
    await Promise.race([new Promise((done) => addEventListener("online", done, { once: true })), wait(30_000)]);
  }

  /** One step: an answer that ends it, or how far it is and under which number. */
  async function step(file, { part, at }) {
    if (part === null) {
      const begun = await ask(address, new URLSearchParams({ length: file.size }));
      if (begun.status >= 500) throw new Error("later");
      if (begun.status !== 201) return { end: begun.status === 422 ? await begun.json() : { said: say.failed } };
      return { part: (await begun.json()).part, at: 0 };
    }
    const sent = await ask(`${address}/${part}?at=${at}`, file.slice(at, at + PART));
    if (sent.status === 404) return { part: null, at: 0, lost: true };
    if (sent.status >= 500) throw new Error("later");
    if (![200, 202, 409].includes(sent.status)) return { end: { said: say.failed } };
    const answer = await sent.json();
    return sent.status === 200 ? { end: answer } : { part, at: answer.at };
  }

  /** The whole at once, as the form sends it: where nobody keeps parts, as when another process answers each time. */
  async function sendWhole(file) {
    const whole = new FormData();
    whole.append("file", file);
    const sent = await ask(form.getAttribute("action"), whole);
    if (sent.status >= 500) throw new Error("later");
    const { picture, problem } = await sent.json();
    return picture ? { said: say.kept, open: `${form.getAttribute("action")}/${encodeURIComponent(picture.file)}` } : { said: problem };
  }

  /** Sends one to its end, however often the line breaks. */
  async function send(file, { bar, said }) {
    let where = { part: null, at: 0 };
    let pause = 1_000;
    let lost = 0;
    for (;;) {
      try {
        said.textContent = where.at >= file.size && file.size > 0 ? say.developing : say.sending;
        if (lost >= 2) return await sendWhole(file);
        where = await step(file, where);
        lost += where.lost ? 1 : 0;
        pause = 1_000;
        if (where.end) return where.end;
        bar.value = where.at / Math.max(1, file.size);
        if (where.at >= file.size) await wait(1_000);
      } catch {
        said.textContent = say.broken;
        await pauseFor(pause);
        pause = Math.min(pause * 2, 30_000);
      }
    }
  }

  function line(file) {
    const name = document.createElement("bdi");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    const one = document.createElement("li");
    name.textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    bar.max = 1;
    bar.value = 0;
    said.setAttribute("role", "status");
    said.textContent = say.turn;
    one.append(name, " ", bar, " ", said);
    list.append(one);
    list.hidden = false;
    return { file, one, bar, said };
  }

  async function take(files) {
    waiting.push(...[...files].map(line));
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const answer = await send(next.file, next);
      next.bar.remove();
      next.said.textContent = answer.said;
      next.one.dataset.done = answer.open ? "kept" : "refused";
      if (!answer.open) continue;
      const open = document.createElement("a");
      open.href = answer.open;
      open.textContent = say.open;
      next.one.append(" ", open);
      form.querySelector("[data-see-all]").hidden = false;
    }
    busy = false;
  }

  form.querySelector("[data-drop]").hidden = false;
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    take(input.files);
    input.value = "";
  });
  const pictures = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    take(pictures(event.dataTransfer));
  });
  addEventListener("paste", (event) => take(pictures(event.clipboardData)));
  addEventListener("beforeunload", (event) => busy && event.preventDefault());
}
