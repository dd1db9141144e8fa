// What must be seen of a picture where it is cut: pressed or dragged on the picture itself, or moved by keys, and the cuts
// follow. Without this file it is typed as two numbers, which this file fills in.
const frame = document.querySelector("[data-focus]");
const boxes = ["focus_x", "focus_y"].map((name) => document.querySelector(`input[name="${name}"]`));
if (frame && boxes.every(Boolean)) {
  const image = frame.querySelector("img");
  const cuts = [...document.querySelectorAll(".picture-crops img")];
  const hint = document.getElementById("focus-hint");
  const numbers = new Intl.NumberFormat(document.documentElement.lang || "ar", { numberingSystem: frame.dataset.numbering || "latn" });
  const hundredths = (n) => Math.min(100, Math.max(0, Math.round(n)));
  const place = () => boxes.map((box) => hundredths(Number(box.value)));
  const mark = document.createElement("span");
  const facts = { role: "slider", tabindex: "0", "aria-label": frame.dataset.focus, "aria-valuemin": "0", "aria-valuemax": "100", "aria-describedby": hint.id };
  for (const [name, value] of Object.entries(facts)) mark.setAttribute(name, value);
  mark.className = "focus-mark";

  function draw() {
    const [x, y] = place();
    // From the left in every language: the picture does not turn with the page.
    mark.style.left = `${x}%`;
    mark.style.top = `${y}%`;
    mark.setAttribute("aria-valuenow", String(x));
    mark.setAttribute("aria-valuetext", frame.dataset.focusAt.replace("{x}", numbers.format(x)).replace("{y}", numbers.format(y)));
    // In tenths, as readers' pages cut it.
    const tenth = (n) => Math.floor((n + 5) / 10);
    for (const cut of cuts) cut.className = `focus-x-${tenth(x)} focus-y-${tenth(y)}`;
  }

  function move(x, y) {
    [x, y].forEach((n, at) => (boxes[at].value = String(hundredths(n))));
    draw();
  }

  function follow(event) {
    const seen = image.getBoundingClientRect();
    move(((event.clientX - seen.left) / seen.width) * 100, ((event.clientY - seen.top) / seen.height) * 100);
  }

  let dragging = null;
  frame.addEventListener("pointerdown", (event) => {
    // A finger on the picture may want to go on down the page; one on the mark does not.
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== mark)) return;
    event.preventDefault();
    mark.focus({ preventScroll: true });
    frame.setPointerCapture(event.pointerId);
    dragging = event.pointerId;
    if (event.target !== mark) follow(event);
  });
  frame.addEventListener("pointermove", (event) => event.pointerId === dragging && follow(event));
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => (dragging = null));
  image.addEventListener("click", follow);

  mark.addEventListener("keydown", (event) => {
    const [x, y] = place();
    const step = event.shiftKey ? 10 : 1;
    const to = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
      PageUp: [x, y - 10],
      PageDown: [x, y + 10],
      Home: [0, y],
      End: [100, y],
    }[event.key];
    if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(...to);
  });

  for (const box of boxes) box.addEventListener("input", draw);
  image.draggable = false;
  hint.hidden = false;
  frame.append(mark);
  draw();
}
