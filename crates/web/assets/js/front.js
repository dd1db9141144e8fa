// Slots and rows of the front page are dragged. A drop sends the form that the buttons send; without this file, and by
// keyboard, the buttons do the same.
const rows = document.querySelector("[data-front-rows]");
const move = document.querySelector("[data-front-move]");
if (rows && move) {
  const slots = "[data-front-slot]";
  const pinned = ".is-pinned[data-front-slot]";
  const whole = "[data-front-row]:not([data-fixed])";
  let dragged = null;
  let pressed = null;

  // Where nothing is pinned there is nothing to move.
  for (const part of rows.querySelectorAll(`${pinned}, ${whole}`)) part.draggable = true;
  rows.addEventListener("pointerdown", (event) => (pressed = event.target));

  /** Where a drop would go: a slot onto a slot, a row onto a row. */
  function target(event) {
    const kind = dragged?.matches(slots) ? slots : "[data-front-row]";
    const over = dragged && event.target.closest?.(kind);
    return over && over !== dragged ? over : null;
  }

  function point(over) {
    for (const part of rows.querySelectorAll("[data-over]")) if (part !== over) delete part.dataset.over;
    if (over) over.dataset.over = "";
  }

  rows.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(`${pinned}, ${whole}`) ?? null;
    // A row is not taken by a slot of it.
    if (dragged?.matches(whole) && pressed?.closest?.(slots)) {
      dragged = null;
      event.preventDefault();
    }
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.dataset.dragged = "";
  });
  rows.addEventListener("dragover", (event) => {
    const over = target(event);
    if (over) event.preventDefault();
    point(over);
  });
  rows.addEventListener("dragend", () => {
    if (dragged) delete dragged.dataset.dragged;
    dragged = null;
    point(null);
  });
  rows.addEventListener("drop", (event) => {
    const over = target(event);
    if (!over) return;
    event.preventDefault();
    const field = (name, value) => (move.elements.namedItem(name).value = value);
    if (dragged.matches(slots)) {
      const [row, slot] = dragged.dataset.frontSlot.split("/");
      field("act", "exchange");
      field("row", row);
      field("slot", slot);
      field("to", over.dataset.frontSlot);
    } else {
      const place = (row) => [...rows.children].indexOf(row);
      const to = Math.max(1, place(over));
      if (to === place(dragged)) return;
      field("act", "row-to");
      field("row", dragged.dataset.frontRow);
      field("to", to);
    }
    move.submit();
  });
}

// Steps on the draft go back and come again by the keys that do so elsewhere; in a box they are the box's own.
const TURNS = { undo: document.querySelector("[data-front-undo]"), redo: document.querySelector("[data-front-redo]") };
let isTurning = false;
addEventListener("pageshow", () => {
  isTurning = false;
});
document.addEventListener("keydown", (event) => {
  const held = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!held || event.repeat || event.target.closest?.("input, textarea, select")) return;
  // By the letter; where the letters are Arabic, by the place of the key.
  const letter = event.key.toLowerCase();
  const key = /^[a-z]$/.test(letter) ? letter : { KeyZ: "z", KeyY: "y" }[event.code];
  const form = TURNS[{ z: event.shiftKey ? "redo" : "undo", y: "redo" }[key]];
  if (!form) return;
  event.preventDefault();
  // A second press before the page has come anew would be about a page that is none any more.
  if (isTurning) return;
  isTurning = true;
  form.requestSubmit();
});
