// Nothing lost, nothing doubled: drafts of contacts in this phone (docs/adr/0028). Without it every page works as well.
import { SERVICE_WORKER } from "./addresses.js";
import { forgetOld, mine } from "./drafts.js";
import { attachForm, openDraft, startEmptyForm } from "./form.js";
import { attachLists } from "./list.js";
import { sendAll } from "./sending.js";
import { attachSignOut } from "./sign_out.js";
import { get, put } from "./storage.js";

const AGAIN = 60000; // milliseconds between tries while a page is open: "online" is not always told

async function sendWaiting() {
  const waits = (await mine()).some((draft) => draft.state === "saved");
  const outcome = waits ? await sendAll() : "nothing";
  document.querySelectorAll("[data-waiting]").forEach((place) => (place.hidden = !waits)); // the sign-in page
  document.querySelectorAll("[data-signed-out]").forEach((place) => (place.hidden = outcome !== "signed out"));
}

/** Where contacts are written or somebody is worried: the worker, and the pages it keeps for whoever is signed in. */
async function keepShell(owner) {
  if (!owner || !document.querySelector("[data-drafts], [data-keeps]")) {
    return;
  }
  const registration = await navigator.serviceWorker.register(SERVICE_WORKER);
  const kept = `${owner} ${document.documentElement.lang} ${new Date().toDateString()}`;
  if ((await get("notes", "form"))?.value !== kept) {
    registration.active?.postMessage("keep pages"); // else it is being installed, and fetches them itself
    await put("notes", { name: "form", value: kept });
  }
}

async function attachPage() {
  const asked = new URLSearchParams(location.search);
  const draft = asked.get("draft");
  const form = document.querySelector("form[data-draft-form]");
  if (form?.hasAttribute("data-empty")) {
    startEmptyForm(form, asked);
  }
  if (form && draft) {
    await openDraft(form, draft);
  }
  if (form?.isConnected) {
    attachForm(form);
  }
  if (draft) {
    carryDraft(draft);
  }
}

/** The page that asks for the pupil leads on with the draft. */
function carryDraft(draft) {
  for (const link of document.querySelectorAll("main a[href^='?student=']")) {
    link.href += `&draft=${encodeURIComponent(draft)}`;
  }
  for (const form of document.querySelectorAll("main form[method=get]")) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "draft", value: draft });
    form.append(field);
  }
}

let held = null; // {form, submitter} of a tap that came before the form was ours

/** Such a tap would send the form past the phone's storage: it waits until the form is. */
function holdBack(event) {
  const form = event.target;
  if (form.matches("form[data-draft-form]:not([data-ready])")) {
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    held = { form, submitter: event.submitter };
  }
}

function letGo() {
  if (held?.form.isConnected) {
    held.form.removeAttribute("aria-busy");
    held.form.requestSubmit(held.submitter);
  }
  held = null;
}

async function start() {
  const owner = document.body.dataset.phoneOwner;
  if (owner) {
    await put("notes", { name: "owner", value: owner });
  }
  attachSignOut();
  await forgetOld();
  await attachPage();
  attachLists();
  letGo();
  const retry = () => sendWaiting().catch(() => {});
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => document.hidden || retry());
  setInterval(retry, AGAIN);
  await sendWaiting();
  await keepShell(owner);
}

// Over plain http, other than on this machine, there is neither a key nor a worker: then pages do without.
if (isSecureContext && window.indexedDB && navigator.locks) {
  document.addEventListener("phone:page", () => {
    attachForm(document.querySelector("form[data-draft-form]"));
    attachLists();
  });
  document.addEventListener("submit", holdBack, { capture: true });
  // A browser that keeps nothing: the form is the page's own again.
  start().catch(() => {
    document.removeEventListener("submit", holdBack, { capture: true });
    letGo();
  });
}
