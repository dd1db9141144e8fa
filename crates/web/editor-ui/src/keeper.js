// Keeps what is written: in this browser a second after the last key, on the server three seconds after it. A text is
// forgotten here only when the server has acknowledged exactly that text. It knows nothing of the page; it is told.
import { mergeBodies, mergeFields, sameText } from "./merge.js";

const LOCAL_AFTER = 1000;
const SERVER_AFTER = 3000;
const SERVER_AT_MOST = 10_000;
const AGAIN_AFTER = [4000, 8000, 15_000, 30_000];
/** Texts sent whose answer never came: the server may have them all the same. */
const SENT_KEPT = 5;

/**
 * `desk` is what the page does:
 * `current()` the text as the server would have it, `whole()` the same with frames and offered fields,
 * `adopt(text, offered)` shows a merged text, `post(text)` → `{status, answer}` or `null` without a line,
 * `show(state, facts)`, `conflicts()` how many wait, `versioned(n)`.
 */
export class Keeper {
  constructor({ story, version, base, local, desk, clock = globalThis }) {
    Object.assign(this, { story, version, base, local, desk, clock });
    this.sent = [];
    this.failed = 0;
    this.busy = false;
    this.again = false;
    this.leaving = false;
    this.waiting = [];
  }

  /** Looks for what this browser still has of the story, and brings it together with what the server has. */
  async start() {
    const copies = (await this.local?.all()) ?? [];
    for (const copy of copies) this.recover(copy);
    if (!copies.length) return this.desk.show("ready");
    await this.keep();
    for (const copy of copies) if (copy.key !== this.local.key) await this.local.remove(copy.key);
    return undefined;
  }

  recover(copy) {
    const server = this.base;
    if ((copy.sent ?? []).some((sent) => sameText(sent, server)) || copy.version === this.version) {
      // Ours, as it was: either nobody saved since, or the server's latest is what this browser sent.
      const kept = this.desk.whole();
      const untouched = sameText({ fields: kept.fields, body: kept.body }, server);
      if (untouched) this.take(copy.mine.fields, copy.mine.body, copy.mine.offered ?? {}, "restored");
      else this.merge(copy.version === this.version ? server : copy.base, copy.mine, this.desk.whole());
      return;
    }
    this.merge(copy.base, copy.mine, this.desk.whole());
  }

  /** The text on the screen becomes this one; whether it differs from the server's decides what is said. */
  take(fields, body, offered, state) {
    this.desk.adopt({ fields, body }, offered);
    if (!this.isOwed() && !this.desk.conflicts()) return this.desk.show("ready");
    this.desk.show(this.desk.conflicts() ? "conflict" : state);
    this.changed({ quietly: true });
    return undefined;
  }

  /** Three ways: what both knew, mine, theirs. */
  merge(base, mine, theirs) {
    const body = mergeBodies(base.body, mine.body, theirs.body);
    const { fields, conflicts } = mergeFields(base.fields, mine.fields, theirs.fields);
    const offered = { ...(mine.offered ?? {}), ...(theirs.offered ?? {}), ...conflicts };
    this.take(fields, body.blocks, offered, body.conflicts || Object.keys(offered).length ? "conflict" : "merged");
  }

  /** Whether the server does not have what is on the screen. */
  isOwed() {
    return !sameText(this.desk.current(), this.base);
  }

  /** Something was typed. */
  changed({ quietly = false } = {}) {
    const { clock } = this;
    clock.clearTimeout(this.keeping);
    this.keeping = clock.setTimeout(() => this.keep(), LOCAL_AFTER);
    this.since ??= Date.now();
    const wait = Math.max(0, Math.min(SERVER_AFTER, this.since + SERVER_AT_MOST - Date.now()));
    if (!this.failed) this.sendIn(wait);
    if (!quietly && !this.failed) this.desk.show(this.desk.conflicts() ? "conflict" : "unsaved");
  }

  sendIn(wait) {
    this.clock.clearTimeout(this.sending);
    if (this.leaving) return;
    this.sending = this.clock.setTimeout(() => this.send(), wait);
  }

  /** Writes the copy of this browser, or removes it when the server has all of it. */
  async keep() {
    this.clock.clearTimeout(this.keeping);
    if (!this.local) return;
    if (!this.isOwed() && !this.desk.conflicts() && !this.sent.length) return void (await this.local.remove());
    const { version, base, sent } = this;
    const stored = await this.local.put({ version, base, sent, mine: this.desk.whole(), at: Date.now() });
    if (!stored) this.desk.show("local-fails");
  }

  /** The page is going away: what the server does not have is written at once. */
  keepNow() {
    if (!this.local || (!this.isOwed() && !this.desk.conflicts())) return;
    const { version, base, sent } = this;
    this.local.putNow({ version, base, sent, mine: this.desk.whole(), at: Date.now() });
  }

  /** Sends now what the server does not have. */
  async send() {
    this.clock.clearTimeout(this.sending);
    if (this.busy) return void (this.again = true);
    const text = this.desk.current();
    if (sameText(text, this.base)) {
      this.since = undefined;
      await this.keep();
      return void this.rest();
    }
    this.busy = true;
    this.since = undefined;
    this.sent = [...this.sent.slice(1 - SENT_KEPT), text];
    this.desk.show("saving");
    const said = await this.desk.post({ version: this.version, ...text }).catch(() => null);
    await this.hear(text, said);
    this.busy = false;
    for (const heard of this.waiting.splice(0)) heard();
    if (this.again) {
      this.again = false;
      this.changed({ quietly: true });
    }
  }

  async hear(text, said) {
    const { status = 0, answer = null } = said ?? {};
    if (status === 200 && Number.isInteger(answer?.version)) return this.acknowledged(text, answer.version);
    if (status === 409 && Array.isArray(answer?.body)) return this.overtaken(answer);
    await this.keep();
    if (status === 422) return this.desk.show("refused", { problems: answer?.problems ?? [] });
    if (status === 401 || status === 403) {
      this.desk.show("sign-in");
      return this.retry();
    }
    this.desk.show(status ? "server-fails" : "offline");
    return this.retry();
  }

  async acknowledged(text, version) {
    const before = this.failed;
    this.settle(version, text);
    await this.keep();
    if (this.isOwed()) return this.changed({ quietly: !before });
    return this.rest();
  }

  settle(version, text) {
    this.failed = 0;
    this.version = version;
    this.base = text;
    this.sent = [];
    this.desk.versioned(version);
  }

  rest() {
    this.desk.show(this.desk.conflicts() ? "conflict" : "saved", { at: new Date() });
  }

  /** Somebody saved since, or we did and never heard of it. */
  async overtaken(answer) {
    const theirs = this.desk.settled({ fields: { ...this.base.fields, ...answer.fields }, body: answer.body });
    const ours = this.sent.some((sent) => sameText(sent, theirs));
    const base = this.base;
    const mine = this.desk.whole();
    this.settle(answer.version, theirs);
    if (!ours) {
      this.merge(base, mine, theirs);
      if (!this.desk.conflicts()) this.desk.show("merged", { by: answer.by });
      else this.desk.show("conflict", { by: answer.by });
    }
    await this.keep();
    if (this.isOwed()) this.sendIn(500);
    else if (ours) this.rest();
  }

  retry() {
    const wait = AGAIN_AFTER[Math.min(this.failed, AGAIN_AFTER.length - 1)];
    this.failed++;
    this.sendIn(wait);
  }

  /** The line is back, or the person has signed in elsewhere. */
  online() {
    if (this.failed) this.sendIn(0);
  }

  /** When no answer is awaited: the form must not race with a text under way, both would claim one version. */
  idle() {
    return this.busy ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  /** The form is being sent; nothing else is, until the page is seen again. */
  leave(leaving) {
    this.leaving = leaving;
    this.clock.clearTimeout(this.sending);
    if (!leaving && this.isOwed()) this.changed({ quietly: true });
  }

  /** Back to what the server has. */
  discard() {
    this.desk.adopt(this.base, {});
    this.changed({ quietly: true });
    this.desk.show("ready");
  }
}
