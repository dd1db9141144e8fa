// Breaking news in a page that is open. One stream a page: where a thread listens, it passes on what it hears.
const place = document.querySelector("[data-breaking]");

function showStrip({ html }) {
  const template = document.createElement("template");
  template.innerHTML = html;
  // What stands there already is not read out again.
  if (template.innerHTML.trim() !== place.innerHTML.trim()) place.replaceChildren(template.content);
}

function follow() {
  let stream = null;
  const listenOrNot = () => {
    // A page that nobody looks at holds no line; the stream begins with what stands now.
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(place.dataset.breaking);
      stream.addEventListener("strip", (event) => showStrip(JSON.parse(event.data)));
    }
  };
  document.addEventListener("visibilitychange", listenOrNot);
  addEventListener("pagehide", () => {
    stream?.close();
    stream = null;
  });
  addEventListener("pageshow", (event) => event.persisted && listenOrNot());
  listenOrNot();
}

if (place && typeof EventSource === "function") {
  document.addEventListener("midad-strip", (event) => showStrip(event.detail));
  if (!document.querySelector("#comments[data-live]")) follow();
}
