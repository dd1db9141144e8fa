// Letting the paper wake this browser. Nothing is asked of anybody before they press: neither the browser's question nor a line to
// a push service is there until then.
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const say = (method, path, said) =>
  fetch(path, { method, headers: { "content-type": "application/json" }, body: said && JSON.stringify(said) });

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const kept = async () => (await navigator.serviceWorker.getRegistration("/push/"))?.pushManager.getSubscription();

async function wake(sections) {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const { key } = await (await say("GET", "/push/key")).json();
  const registration = await navigator.serviceWorker.register("/push/worker.js", { scope: "/push/" });
  const ready = registration.active ?? (await becomesActive(registration));
  if (!ready) return "failed";
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  const subscription = await registration.pushManager.subscribe(options);
  const answer = await say("POST", "/push", { ...subscription.toJSON(), sections });
  if (answer.ok) return "on";
  // What the paper did not keep wakes nobody.
  await subscription.unsubscribe();
  return "failed";
}

function becomesActive(registration) {
  const worker = registration.installing ?? registration.waiting;
  return new Promise((done) => {
    const look = () => {
      if (worker?.state === "activated") done(worker);
      if (!worker || worker.state === "redundant") done(null);
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

async function end() {
  const subscription = await kept();
  if (subscription) {
    await say("POST", "/push/removal", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  return "off";
}

const place = document.querySelector("[data-push=ask]");
if (place && able) {
  const form = place.querySelector("form");
  const said = place.querySelector("[data-push-said]");
  const ending = place.querySelector("[data-push-end]");
  const tell = (word) => {
    said.textContent = said.dataset[word];
    if (word === "on" || word === "off") ending.hidden = word === "off";
  };
  const attempt = (work) => work.then(tell).catch(() => tell("failed"));
  place.hidden = false;
  kept().then((subscription) => (ending.hidden = !subscription), () => {});
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(wake(new FormData(form).getAll("section")));
  });
  ending.addEventListener("click", () => attempt(end()));
}

// At the strip of breaking news: a link to the page that offers it, which asks at once where the browser can.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-push=breaking]");
  if (!link || !able || place) return;
  event.preventDefault();
  wake([]).then((word) => {
    if (word !== "on") location.href = link.href;
    else link.remove();
  }, () => (location.href = link.href));
});
