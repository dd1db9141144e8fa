// A document for tests that run without a browser.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of ["document", "DOMParser", "Node", "HTMLElement", "MutationObserver", "getComputedStyle", "navigator"]) globalThis[name] ??= window[name];
globalThis.window ??= window;
// Elements hear only events of their own document.
globalThis.Event = window.Event;
