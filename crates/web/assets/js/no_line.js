// Where stories are written the browser is asked to keep the page that stands in for others without a line (worker.js). Whose
// desk it is here is noted, so that this page shows the texts that the browser keeps to their writer alone; signing out
// forgets it. The texts themselves wait for their writer's next sign-in.
const WRITER = "midad-writer";

function note(writer) {
  try {
    if (writer) localStorage.setItem(WRITER, writer);
    else localStorage.removeItem(WRITER);
  } catch {
    // A browser that keeps nothing has nothing to show.
  }
}

const staff = document.querySelector("[data-staff]")?.dataset.staff;
if (staff) note(staff);
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => note(null));
if (document.getElementById("story-form")) {
  const worker = `/desk/offline/${document.documentElement.lang}/worker.js`;
  navigator.serviceWorker?.register(worker, { scope: "/desk" }).catch(() => {});
}
