// Wakes for what the paper sends, shows it, and leads to it when it is pressed. It keeps nothing and answers for no page.
addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // What cannot be read is shown as that there is something.
  }
  const { title = location.host, body = "", icon, dir = "auto", lang = "", tag, url = "/" } = told;
  event.waitUntil(registration.showNotification(title, { body, icon, dir, lang, tag, data: { url } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.url ?? "/", location.origin);
  // Nothing of ours leads elsewhere.
  const place = to.origin === location.origin ? to.href : "/";
  event.waitUntil(clients.openWindow(place));
});

// A push service gives a browser another address now and then: the wishes of the one before go on.
addEventListener("pushsubscriptionchange", (event) => {
  const renew = async () => {
    const before = event.oldSubscription;
    const options = before?.options;
    if (!options) return;
    const now = event.newSubscription ?? (await registration.pushManager.subscribe(options));
    const said = { ...now.toJSON(), was: before.endpoint };
    await fetch("/push", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) });
  };
  event.waitUntil(renew());
});
