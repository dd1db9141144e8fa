// The clock of an order, second by second. Without this file the minutes that were left when the page was made stand there.
const clocks = [...document.querySelectorAll("[data-deadline]")];
if (clocks.length) {
  const numbering = document.querySelector("[data-numbering]")?.dataset.numbering ?? "latn";
  const language = document.documentElement.lang || "ar";
  const two = new Intl.NumberFormat(language, { useGrouping: false, numberingSystem: numbering, minimumIntegerDigits: 2 });
  const show = () => {
    for (const clock of clocks) {
      const seconds = Math.round((Date.parse(clock.dataset.deadline) - Date.now()) / 1000);
      const left = Math.abs(seconds);
      clock.textContent = `${seconds < 0 ? "+" : ""}${two.format(Math.floor(left / 60))}:${two.format(left % 60)}`;
      clock.toggleAttribute("data-late", seconds < 0);
    }
  };
  show();
  setInterval(show, 1000);
}
