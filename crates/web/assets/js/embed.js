// A thread of the paper under a page of another site: one script, no cookie, no frame.
//   <script async src="https://paper/embed.js" data-site="KEY"></script>
//   <midad-comments></midad-comments>   where it is to stand; without one it stands behind the script
//   <a href="…" data-midad-count="https://site/page">…</a>   is told how many comments a page has
(() => {
  const script = document.currentScript;
  if (!script || customElements.get("midad-comments")) return;
  const base = new URL(".", script.src);
  const site = script.dataset.site ?? "";
  // Where a page lets no text become elements but by a named policy, this is its name.
  const policy = window.trustedTypes?.createPolicy("midad", { createHTML: (html) => html });

  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = policy ? policy.createHTML(html) : html;
    return template.content;
  }

  /** Private windows may refuse to keep anything; then nothing is kept. */
  function kept(name) {
    try {
      return localStorage.getItem(`midad-${name}-${site}`) ?? "";
    } catch {
      return "";
    }
  }

  function keep(name, value) {
    try {
      if (value) localStorage.setItem(`midad-${name}-${site}`, value);
      else localStorage.removeItem(`midad-${name}-${site}`);
    } catch {
      return;
    }
  }

  const dressed = fetch(new URL("embed.css", base), { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      return sheet;
    })
    .catch(() => new CSSStyleSheet());

  /** The answer to a task, computed in small pieces: a page of another site starts no worker of the paper. */
  async function solved(task) {
    for (let from = 0; ; from += 4000) {
      const answer = tries(task, from, 4000);
      if (answer) return answer;
      await new Promise((go) => setTimeout(go));
    }
  }

  class Comments extends HTMLElement {
    #root = null;
    #watching = null;

    connectedCallback() {
      if (this.#root) return;
      this.#root = this.attachShadow({ mode: "open" });
      dressed.then((sheet) => (this.#root.adoptedStyleSheets = [sheet]));
      this.#root.addEventListener("click", (event) => this.#clicked(event));
      this.#root.addEventListener("submit", (event) => this.#submitted(event));
      this.#root.addEventListener("input", (event) => this.#typed(event));
      if (typeof IntersectionObserver !== "function") return void this.load();
      this.#watching = new IntersectionObserver((seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        this.#watching.disconnect();
        this.load();
      }, { rootMargin: "600px" });
      this.#watching.observe(this);
    }

    disconnectedCallback() {
      this.#watching?.disconnect();
    }

    /** The page's address: as it says itself, or as it stands. */
    get page() {
      const canonical = document.querySelector('link[rel="canonical"]')?.href;
      return new URL(this.getAttribute("url") ?? canonical ?? location.href, location.href).href;
    }

    async #ask(what, { query = {}, body = null } = {}) {
      const address = new URL(`embed/${site}/${what}`, base);
      const headers = {};
      const member = this.getAttribute("member");
      if (member) headers["midad-member"] = member;
      else if (what !== "thread" && kept("visitor")) headers["midad-visitor"] = kept("visitor");
      if (what === "thread") delete headers["midad-member"];
      for (const [name, value] of Object.entries(body ? {} : { url: this.page, ...query })) {
        if (value) address.searchParams.set(name, value);
      }
      const sent = body ? new URLSearchParams({ url: this.page, ...body }) : null;
      const answer = await fetch(address, { method: sent ? "POST" : "GET", body: sent, headers, credentials: "omit" });
      const key = answer.headers.get("midad-visitor");
      if (key) keep("visitor", key);
      return answer;
    }

    /** Loads the thread, or a part of it. */
    async load(query = {}) {
      try {
        const answer = await this.#ask("thread", { query });
        if (!answer.ok) return;
        const fresh = parsed(await answer.text());
        const section = fresh.querySelector("section");
        const direction = this.getAttribute("dir") ?? this.closest("[dir]")?.dir;
        if (direction === "rtl" || direction === "ltr") section.dir = direction;
        this.#root.replaceChildren(fresh);
        this.#begin();
        await this.#own();
        this.dispatchEvent(new CustomEvent("midad-loaded", { bubbles: true }));
      } catch {
        this.dispatchEvent(new CustomEvent("midad-failed", { bubbles: true }));
      }
    }

    async #own() {
      if (!kept("visitor") && !this.getAttribute("member")) return;
      const answer = await this.#ask("own");
      if (!answer.ok) return;
      const own = parsed(await answer.text());
      if (own.childElementCount > 0) this.#showOwn(own);
    }

    #showOwn(own) {
      const box = this.#root.querySelector("[data-own-box]");
      box.querySelector("[data-own]").prepend(own);
      box.hidden = false;
      return box;
    }

    /** A form that was just put into the page: the name of last time, what was being written, and no name for members. */
    #begin() {
      const form = this.#root.querySelector("form");
      if (!form) return;
      const { name, text } = form.elements;
      if (this.getAttribute("member")) {
        form.querySelector("[data-name-field]").hidden = true;
        name.required = false;
      } else if (!name.value) name.value = kept("name");
      if (!text.value) text.value = kept(`draft-${this.page}`);
    }

    #typed() {
      const form = this.#root.querySelector("form");
      if (!form) return;
      keep(`draft-${this.page}`, form.elements.text.value);
      keep("name", form.elements.name.value);
    }

    async #submitted(event) {
      event.preventDefault();
      const form = event.target;
      const said = form.querySelector("[data-said]");
      const section = form.closest("section");
      const button = form.querySelector("button[type=submit]");
      said.textContent = section.dataset.sending;
      button.disabled = true;
      try {
        const body = { ...Object.fromEntries(new FormData(form)), title: document.title };
        const answer = await this.#send(body);
        await this.#answered(answer, form, said, section);
      } catch {
        said.textContent = section.dataset.failed;
      } finally {
        button.disabled = false;
      }
    }

    /** While the paper is under attack an answer to its task goes along; where another of its processes asks, once more. */
    async #send(body) {
      const asked = await this.#ask("toll").catch(() => null);
      const task = asked?.headers.get("midad-toll");
      const answer = await this.#ask("comments", { body: task ? { ...body, toll: await solved(task) } : body });
      const another = answer.headers.get("midad-toll");
      if (!another) return answer;
      return this.#ask("comments", { body: { ...body, toll: await solved(another) } });
    }

    async #answered(answer, form, said, section) {
      const kind = answer.headers.get("content-type") ?? "";
      if (kind.startsWith("application/json")) {
        said.textContent = (await answer.json()).says ?? section.dataset.failed;
        return;
      }
      const part = parsed(await answer.text());
      if (answer.status === 201) {
        keep(`draft-${this.page}`, "");
        form.elements.text.value = "";
        said.textContent = "";
        form.querySelector("[data-problems]")?.remove();
        this.#replyTo(form, "");
        this.#showOwn(part).focus();
      } else if (part.querySelector("form")) {
        form.replaceWith(part);
        this.#begin();
        this.#root.querySelector("[data-problems]")?.focus();
      } else if (part.childElementCount > 0) {
        // What keeps somebody from commenting stands above what they wrote.
        form.before(part);
        said.textContent = "";
      } else said.textContent = section.dataset.failed;
    }

    #replyTo(form, number) {
      const words = form.querySelector("[data-replying-words]");
      form.elements.reply_to.value = number;
      form.querySelector("[data-replying]").hidden = !number;
      words.textContent = number ? words.dataset.pattern.replace("{number}", number) : "";
    }

    async #clicked(event) {
      const pressed = event.target.closest("a[data-reply], a[data-jump], button");
      if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { jump, next, sort, withdraw } = pressed.dataset;
      const form = this.#root.querySelector("form");
      if ("reply" in pressed.dataset) {
        if (!form) return;
        event.preventDefault();
        this.#replyTo(form, pressed.closest("article").id.slice("c-".length));
        form.elements.text.focus();
      } else if (jump) {
        const place = this.#root.getElementById(jump);
        if (!place) return;
        event.preventDefault();
        place.scrollIntoView({ block: "center" });
      } else if ("replyOff" in pressed.dataset) this.#replyTo(form, "");
      else if (sort !== undefined) await this.load({ sort });
      else if (next) await this.#more(pressed, next);
      else if (withdraw) await this.#takeBack(pressed, withdraw);
    }

    /** The next page of the thread stands below this one. */
    async #more(button, after) {
      const pressed = this.#root.querySelector('[data-sort][aria-pressed="true"]');
      button.disabled = true;
      try {
        const answer = await this.#ask("thread", { query: { after, sort: pressed?.dataset.sort } });
        if (!answer.ok) throw new Error(String(answer.status));
        const fresh = parsed(await answer.text());
        this.#root.querySelector("[data-thread]").append(...fresh.querySelectorAll("[data-thread] > article"));
        const next = fresh.querySelector(".comments-next");
        const line = button.closest(".comments-next");
        if (next) line.replaceWith(next);
        else line.remove();
      } catch {
        button.disabled = false;
      }
    }

    async #takeBack(button, comment) {
      button.disabled = true;
      const answer = await this.#ask("withdrawal", { body: { comment } }).catch(() => null);
      if (answer?.ok) button.closest("article").remove();
      else button.disabled = false;
    }
  }

  customElements.define("midad-comments", Comments);

  /** Counts of pages, a hundred at a time. */
  async function count() {
    const places = [...document.querySelectorAll("[data-midad-count]")];
    const address = (place) => new URL(place.dataset.midadCount || place.href || location.href, location.href).href;
    for (let from = 0; from < places.length; from += 100) {
      const some = places.slice(from, from + 100);
      const asked = new URL("api/counts", base);
      asked.searchParams.set("site", site);
      for (const url of new Set(some.map(address))) asked.searchParams.append("url", url);
      const answer = await fetch(asked, { credentials: "omit" });
      if (!answer.ok) return;
      const { counts } = await answer.json();
      const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
      for (const place of some) {
        const n = counts[address(place)];
        if (n !== undefined) place.textContent = numbers.format(n);
      }
    }
  }

  function ready() {
    if (!document.querySelector("midad-comments") && script.isConnected && script.dataset.place !== "none") {
      script.after(document.createElement("midad-comments"));
    }
    count().catch(() => undefined);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
