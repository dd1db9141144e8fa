// Breaking news in a page that is open. One stream a page: where a thread listens, it passes on what it hears.
const place = document.querySelector("[data-breaking]");

/** So long, in milliseconds, until a line that was refused is asked for again: at first, and at most. */
const SHORTEST = 30_000;
const LONGEST = 300_000;

function showStrip({ html }) {
  const template = document.createElement("template");
  template.innerHTML = html;
  // What stands there already is not read out again.
  if (template.innerHTML.trim() !== place.innerHTML.trim()) place.replaceChildren(template.content);
  offerToWake();
}

/** A strip may offer that the paper wakes this browser: what that needs comes with the offer (push.js). Until then it is a link. */
function offerToWake() {
  const offer = place.querySelector("[data-push=breaking]");
  if (offer) import(offer.dataset.script).catch(() => {});
}

function follow() {
  let stream = null;
  let later = 0;
  let pause = SHORTEST;
  let opened = false;
  const again = () => document.dispatchEvent(new CustomEvent("midad-again"));
  const hangUp = () => {
    clearTimeout(later);
    stream?.close();
    stream = null;
  };
  const listenOrNot = () => {
    // A page that nobody looks at holds no line; the stream begins with what stands now.
    if (document.hidden) hangUp();
    else if (!stream) {
      clearTimeout(later);
      stream = new EventSource(document.querySelector("[data-coverage]")?.dataset.live ?? place.dataset.breaking);
      stream.addEventListener("strip", (event) => showStrip(JSON.parse(event.data)));
      for (const name of ["entry", "coverage"]) {
        const hand = (event) => document.dispatchEvent(new CustomEvent(`midad-${name}`, { detail: JSON.parse(event.data) }));
        stream.addEventListener(name, hand);
      }
      stream.addEventListener("lost", again);
      stream.addEventListener("open", () => {
        pause = SHORTEST;
        if (opened) again();
        opened = true;
      });
      // A cut line is tried again by the browser; a full house, and a paper that starts anew, by this page, ever more seldom.
      stream.addEventListener("error", () => {
        if (stream?.readyState !== EventSource.CLOSED) return;
        hangUp();
        later = setTimeout(listenOrNot, pause);
        pause = Math.min(2 * pause, LONGEST);
      });
    }
  };
  document.addEventListener("visibilitychange", listenOrNot);
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && listenOrNot());
  listenOrNot();
}

if (place) offerToWake();
if (place && typeof EventSource === "function") {
  document.addEventListener("midad-strip", (event) => showStrip(event.detail));
  if (!document.querySelector("#comments[data-live]")) follow();
}
