// Who else has this story open.
import { make } from "./element.js";
import { post } from "./post.js";
import { word } from "./words.js";

const EVERY = 15_000;

export function presence(form) {
  const place = document.getElementById("others");
  const address = form.dataset.presence;
  if (!place || !address) return;
  let shown = "";
  const tell = async () => {
    const { status, answer } = await post(address);
    if (status !== 200 || !Array.isArray(answer?.others)) return;
    const now = JSON.stringify(answer.others);
    if (now === shown) return;
    shown = now;
    place.classList.add("others");
    place.replaceChildren(...answer.others.map(({ name, since }) => {
      const at = new Date(typeof since === "number" && since < 1e11 ? since * 1000 : since);
      const key = Number.isNaN(at.getTime()) ? "other-here" : "other-here-since";
      return make("p", { class: "other" }, word(key, { name, time: at }) || word("other-here", { name }) || name);
    }));
    place.hidden = answer.others.length === 0;
  };
  tell();
  setInterval(tell, EVERY);
}
