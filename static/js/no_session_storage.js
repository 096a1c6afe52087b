// Nothing lies in this browser but drafts (TRUST T20). htmx writes the path of each page, with a pupil's public id in it,
// to the session storage as soon as it is loaded, and has no setting against it. Where that storage is out of reach it
// keeps the path in memory: so it is out of reach. Loaded before htmx.
"use strict";

try {
  sessionStorage.clear(); // what an earlier release left in this tab
} catch {
  // out of reach already
}
Object.defineProperty(window, "sessionStorage", {
  get() {
    throw new DOMException("Nothing is kept here.", "SecurityError");
  },
});
