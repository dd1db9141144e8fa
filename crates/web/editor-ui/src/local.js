// What this browser keeps until the server has it: one record for each story in each tab, in IndexedDB. A browser that
// refuses (a private window, a full disk) is told by `null`; nothing here throws.
const STORE = "copies";

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** The copies of one story, as this tab sees them; `null` when the browser keeps none. */
export async function openLocal(story) {
  try {
    const opening = indexedDB.open("midad-editor", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
    const db = await asked(opening);
    const tab = await ownTab(story);
    return new Local(db, story, tab);
  } catch {
    return null;
  }
}

const lockOf = (story, tab) => `midad-story ${story}/${tab}`;

/** The name of this tab: the same after a reload, another one in a copy of the tab. A lock says that it lives. */
async function ownTab(story) {
  let tab = sessionStorage.getItem("midad-tab");
  const living = await livingLocks();
  if (!tab || living.has(lockOf(story, tab))) {
    tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    sessionStorage.setItem("midad-tab", tab);
  }
  // Held until the tab closes.
  navigator.locks?.request(lockOf(story, tab), { ifAvailable: true }, () => new Promise(() => {}));
  return tab;
}

async function livingLocks() {
  const state = await navigator.locks?.query().catch(() => null);
  return new Set((state?.held ?? []).map((lock) => lock.name));
}

class Local {
  constructor(db, story, tab) {
    Object.assign(this, { db, story, key: `${story}/${tab}` });
  }

  store(mode) {
    return this.db.transaction(STORE, mode).objectStore(STORE);
  }

  /** This tab's copy and those of tabs that are gone, the oldest first. */
  async all() {
    try {
      const found = await asked(this.store("readonly").getAll(IDBKeyRange.bound(`${this.story}/`, `${this.story}/\uffff`)));
      const living = await livingLocks();
      const ours = (record) => record.key === this.key || !living.has(lockOf(this.story, record.key.slice(`${this.story}/`.length)));
      const last = this.last();
      const copies = found.filter((record) => ours(record) && !(last && record.key === this.key && record.at <= last.at));
      return [...copies, ...(last ? [last] : [])].sort((a, b) => a.at - b.at);
    } catch {
      return [];
    }
  }

  async put(record) {
    try {
      const store = this.store("readwrite");
      const done = asked(store.put({ ...record, story: this.story, key: this.key }));
      store.transaction.commit?.();
      await done;
      this.forget();
      return true;
    } catch {
      return false;
    }
  }

  /** At once, for a page that is going away: a database may not be asked to the end then. */
  putNow(record) {
    try {
      localStorage.setItem(`midad-editor ${this.key}`, JSON.stringify({ ...record, story: this.story, key: this.key }));
    } catch {
      // Too large, or refused: the database has it but for the last second.
    }
  }

  last() {
    try {
      return JSON.parse(localStorage.getItem(`midad-editor ${this.key}`));
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(`midad-editor ${this.key}`);
    } catch {
      // It was never written then.
    }
  }

  async remove(key = this.key) {
    if (key === this.key) this.forget();
    try {
      await asked(this.store("readwrite").delete(key));
    } catch {
      // It is found again at the next start and merges to nothing.
    }
  }
}
