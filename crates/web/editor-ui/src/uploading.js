// A picture that is being sent, as a writer sees it: how far it is, that the line broke, and what can be done.
import { make, wordButton } from "./element.js";
import { Sending } from "./parts.js";
import { word } from "./words.js";

/** What the desk takes. A telephone makes one of these of whatever else it holds. */
export const TAKEN = "image/jpeg,image/png,image/webp,image/gif";

// One after the other: all of a slow line for the first of them.
let turn = Promise.resolve();
const inTurn = (run) => (turn = turn.then(run, run));
const under = new Set();
const stay = (event) => event.preventDefault();

function busy(line, is) {
  under[is ? "add" : "delete"](line);
  if (under.size) window.addEventListener("beforeunload", stay);
  else window.removeEventListener("beforeunload", stay);
}

let count = 0;

class Line {
  constructor(place, address, file, resolve) {
    Object.assign(this, { file, resolve });
    const id = `sending-${++count}`;
    this.said = make("span", { id, role: "status" });
    // Spoken by the bar: a count that is read out with every part is noise.
    this.part = make("span", { class: "sending-part", "aria-hidden": "true" });
    this.bar = make("progress", { max: 1, value: 0, "aria-labelledby": id });
    this.now = wordButton("picture-now", () => this.sending.now(), { "aria-describedby": id });
    this.again = wordButton("picture-again", () => this.start(), { "aria-describedby": id });
    this.drop = wordButton("cancel", () => this.cancel(), { "aria-describedby": id });
    this.more = make("span", {});
    this.element = make("div", { class: "sending" }, this.said, this.more, this.bar, this.part, this.now, this.again, this.drop);
    this.sending = new Sending(address, file, (how) => this.show(how));
    place.append(this.element);
    this.start();
  }

  start() {
    if (this.file.type && !this.file.type.startsWith("image/")) return this.end({ problem: word("picture-not-image") });
    this.say("picture-in-turn");
    busy(this, true);
    inTurn(async () => this.gone || this.end(await this.sending.run()));
  }

  show({ state, part }) {
    const keys = { sending: "picture-uploading", developing: "picture-developing", broken: "picture-broken", later: "picture-later" };
    const waits = state === "broken" || state === "later";
    this.say(keys[state], { bar: true, now: waits });
    // A whole picture at once says nothing on its way.
    if (part === null) this.bar.removeAttribute("value");
    else this.bar.value = part;
    this.part.textContent = part === null ? "" : word("picture-part", { n: Math.floor(part * 100) });
  }

  say(key, { bar = false, now = false, again = false } = {}) {
    const words = word(key, { name: this.file.name });
    if (this.said.textContent !== words) this.said.textContent = words;
    // Whoever pressed a button that goes away stays in the line.
    if ([this.now, this.again].includes(document.activeElement)) this.drop.focus();
    this.bar.hidden = this.part.hidden = !bar;
    this.now.hidden = !now;
    this.again.hidden = !again;
    this.more.replaceChildren();
  }

  end({ picture, problem, failed }) {
    busy(this, false);
    if (this.gone) return;
    if (picture) return this.leave(picture);
    this.say(failed === "sign-in" ? "picture-sign-in" : "picture-upload-fails", { again: !!failed });
    if (failed === "sign-in") this.more.replaceChildren(make("a", { href: "/sign-in", target: "_blank", rel: "noopener" }, word("sign-in")));
    if (problem) this.more.replaceChildren(make("span", { dir: "auto" }, problem));
    this.drop.textContent = word(failed ? "cancel" : "close");
  }

  cancel() {
    this.gone = true;
    this.sending.cancel();
    busy(this, false);
    this.leave(null);
  }

  leave(picture) {
    this.element.remove();
    this.resolve(picture);
  }
}

/** Sends a file, with a line in `place` that says how it goes: the picture, or `null` when it was given up. */
export function uploadInto(place, address, file) {
  let line = null;
  const sent = new Promise((resolve) => (line = new Line(place, address, file, resolve)));
  return { sent, cancel: () => line.cancel() };
}
