// While the paper is under attack a browser computes for about a second before it sends a form, in a worker, and nobody is asked
// anything. Without this file forms go as they stand, and fewer of them are taken.
const paid = new WeakSet();
const paying = new WeakSet();

/** What the paper asks for before a form is sent: nothing, in quiet times. A task that came with a refusal stands at the form. */
async function asked(form) {
  if (form.dataset.task) return form.dataset.task;
  const place = encodeURIComponent(new URL(form.action).pathname);
  const answer = await fetch(`/toll?for=${place}`, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  return answer.headers.get("midad-toll");
}

function solved(form, task) {
  const worker = new Worker(form.dataset.toll);
  const done = new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", reject);
    worker.postMessage(task);
  });
  return done.finally(() => worker.terminate());
}

/** Sends the form with the answer; without one where none is asked for, or none can be found: the paper has the last word. */
async function pay(form, button) {
  const said = form.querySelector("[data-said]");
  const answer = document.createElement("input");
  answer.type = "hidden";
  answer.name = "toll";
  try {
    const task = await asked(form);
    if (task && said) said.textContent = form.dataset.sending;
    if (task) answer.value = await solved(form, task);
  } catch {
    answer.value = "";
  }
  if (answer.value) form.append(answer);
  paid.add(form);
  form.requestSubmit(button);
  paid.delete(form);
  answer.remove();
}

// Before whatever else listens: what is sent is read when this lets it through.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.toll || paid.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (paying.has(form)) return;
  paying.add(form);
  pay(form, event.submitter).finally(() => paying.delete(form));
}, true);
