// A picture goes to the desk part by part, so that a line that breaks costs one part and not the whole. The desk says how far
// it is. Nothing here touches the page.
import { isPicture } from "./schema.js";

const KIB = 1024;
/** Bytes of a part: fewer after the line broke, more while parts go quickly. */
const [LEAST, FIRST, MOST] = [32 * KIB, 128 * KIB, 512 * KIB];
const QUICK = 4_000;
/** Milliseconds for one part, and for a whole picture where nobody keeps parts. */
const [OF_PART, OF_WHOLE] = [60_000, 10 * 60_000];
const MOST_WHOLE = 3;
const LONGEST_PAUSE = 30_000;
const DEVELOPING = 1_000;

/** A desk that cannot take it now and is asked again. */
class Later extends Error {}

/**
 * One picture on its way. `told({state, part})` hears how it goes (`sending`, `developing`, `broken`, `later`) and how much of it
 * is there, from 0 to 1; `null` where nobody knows.
 */
export class Sending {
  constructor(address, file, told, clock = globalThis) {
    Object.assign(this, { address, file, told, clock, size: FIRST, cancelled: false });
    this.begin();
  }

  begin() {
    Object.assign(this, { part: null, at: 0, lost: 0, wholes: 0, pause: 1_000 });
  }

  /**
   * Sends it to its end, however often the line breaks: `{picture}`; `{problem}` in the desk's words; `{failed}`, after which
   * it can be run again and goes on; or `{cancelled}`.
   */
  async run() {
    while (!this.cancelled) {
      try {
        this.say(this.at && this.at >= this.file.size ? "developing" : "sending");
        const end = this.lost < 2 ? await this.step() : await this.whole();
        this.pause = 1_000;
        if (end) return end;
      } catch (error) {
        if (this.cancelled) break;
        this.size = Math.max(LEAST, this.size / 2);
        this.say(error instanceof Later ? "later" : "broken");
        await this.wait(this.pause);
        this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
      }
    }
    return { cancelled: true };
  }

  /** Nobody waits for it any more. What the desk holds of it goes. */
  cancel() {
    this.cancelled = true;
    this.request?.abort();
    this.now();
    if (this.part !== null) fetch(`${this.place()}/removal`, { method: "POST", keepalive: true }).catch(() => {});
  }

  /** Does not wait any longer. */
  now() {
    this.wake?.();
  }

  place() {
    return `${this.address}/parts/${this.part}`;
  }

  say(state) {
    this.told({ state, part: this.lost < 2 ? this.at / Math.max(1, this.file.size) : null });
  }

  /** One step; an answer where that ends it. */
  async step() {
    if (this.part === null) return this.announce();
    const began = Date.now();
    const { status, answer } = await this.ask(`${this.place()}?at=${this.at}`, this.file.slice(this.at, this.at + this.size), OF_PART);
    if (status === 404) return this.lose();
    if (status === 200) return ended(answer);
    if (status !== 202 && status !== 409) return refused(status, answer);
    if (!Number.isInteger(answer?.at)) throw new Error("no answer of the desk");
    if (status === 202 && Date.now() - began < QUICK) this.size = Math.min(MOST, this.size * 2);
    this.at = answer.at;
    if (this.at < this.file.size) return null;
    this.say("developing");
    return this.wait(DEVELOPING);
  }

  async announce() {
    const { status, answer } = await this.ask(`${this.address}/parts`, new URLSearchParams({ length: this.file.size }), OF_PART);
    if (status === 404 || status === 405) return this.lose();
    if (status !== 201) return refused(status, answer);
    if (typeof answer?.part !== "string") throw new Error("no answer of the desk");
    this.part = answer.part;
    return null;
  }

  /** The desk was started anew, or another process answers each time; then it begins again, and at last goes as a whole. */
  lose() {
    Object.assign(this, { part: null, at: 0, lost: this.lost + 1 });
    return null;
  }

  async whole() {
    if (this.wholes === MOST_WHOLE) {
      this.begin();
      return { failed: "line" };
    }
    this.wholes++;
    const sent = new FormData();
    sent.append("picture", this.file);
    const { status, answer } = await this.ask(this.address, sent, OF_WHOLE);
    return status === 200 ? ended(answer) : refused(status, answer);
  }

  async ask(path, body, patience) {
    this.request = new AbortController();
    const late = this.clock.setTimeout(() => this.request.abort(), patience);
    try {
      const { signal } = this.request;
      const response = await fetch(path, { method: "POST", body, signal, credentials: "same-origin", headers: { accept: "application/json" } });
      const answer = await response.json().catch(() => null);
      return { status: response.redirected ? 401 : response.status, answer };
    } finally {
      this.clock.clearTimeout(late);
    }
  }

  /** Until then, or until the line is back, or somebody says «now». */
  wait(ms) {
    return new Promise((resolve) => {
      const done = () => {
        this.clock.clearTimeout(timer);
        window.removeEventListener("online", done);
        this.wake = null;
        resolve(null);
      };
      const timer = this.clock.setTimeout(done, navigator.onLine === false ? LONGEST_PAUSE : ms);
      window.addEventListener("online", done);
      this.wake = done;
    });
  }
}

function ended(answer) {
  if (isPicture(answer?.picture)) return { picture: answer.picture };
  const problem = answer?.said ?? answer?.problem;
  if (typeof problem !== "string") throw new Error("no answer of the desk");
  return { problem };
}

/** Where a person must do something; a desk that cannot answer now is asked again. */
function refused(status, answer) {
  if (status >= 500 || status === 408 || status === 429) throw new Later();
  // The page of a strange network, say.
  if (status < 400) throw new Error("no answer of the desk");
  if (status === 401) return { failed: "sign-in" };
  const problem = status === 422 ? answer?.said ?? answer?.problem : null;
  return typeof problem === "string" ? { problem } : { failed: "line" };
}
