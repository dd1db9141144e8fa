// Copies the short address of a story. Without this file the address stands there as a link.
const button = document.querySelector("[data-copy]");

if (button && navigator.clipboard) {
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = "";
    }
  });
}
