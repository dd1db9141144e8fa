// What #save-state says: where the text is kept now, and what a person may do about it.
import { make, wordButton } from "./element.js";
import { word } from "./words.js";

export class State {
  constructor(form, { editor, discard }) {
    Object.assign(this, { form, editor, discard });
    this.place = document.getElementById("save-state");
  }

  /** `state` is one of Keeper's; `facts` fill its sentence. */
  show(state, facts = {}) {
    const { place } = this;
    if (!place) return;
    place.dataset.state = state;
    const said = {
      ready: () => [],
      unsaved: () => [word("state-unsaved")],
      saving: () => [word("state-saving")],
      saved: () => [word("saved-at", { time: facts.at })],
      offline: () => [word("state-offline")],
      "server-fails": () => [word("state-server-fails")],
      "local-fails": () => [word("state-local-fails")],
      "sign-in": () => [word("state-sign-in"), " ", make("a", { href: "/sign-in", target: "_blank", rel: "noopener" }, word("sign-in"))],
      refused: () => [word("state-refused"), make("ul", {}, ...facts.problems.map((problem) => make("li", { dir: "auto" }, problem)))],
      merged: () => [facts.by ? word("state-merged-by", { name: facts.by }) : word("state-merged")],
      conflict: () => [facts.by ? word("state-conflict-by", { name: facts.by }) : word("state-conflict"), " ", wordButton("conflict-show", () => this.first())],
      restored: () => [word("state-restored"), " ", wordButton("use-server", this.discard)],
    }[state];
    // A notice about a decision stays until the next save has been acknowledged.
    if (["unsaved", "saving"].includes(state) && ["restored", "merged"].includes(this.sticky)) return;
    this.sticky = state;
    place.replaceChildren(...(said?.() ?? []));
  }

  first() {
    const frame = this.form.querySelector(".conflict, .offer");
    frame?.scrollIntoView({ block: "center", behavior: "smooth" });
    frame?.querySelector("button")?.focus({ preventScroll: true });
  }
}
