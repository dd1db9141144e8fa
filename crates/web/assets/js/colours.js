// A picker beside each colour that is typed. Without this file the colour is typed by its signs.
for (const typed of document.querySelectorAll("[data-colour]")) {
  const picker = document.createElement("input");
  picker.type = "color";
  picker.value = typed.dataset.colour;
  picker.setAttribute("aria-label", `${typed.labels?.[0]?.textContent ?? ""} ${typed.dataset.pick}`.trim());
  picker.addEventListener("input", () => { typed.value = picker.value; });
  typed.addEventListener("input", () => {
    const colour = /^#?([0-9a-f]{6})$/i.exec(typed.value.trim());
    if (colour) picker.value = `#${colour[1]}`;
  });
  typed.after(picker);
}
