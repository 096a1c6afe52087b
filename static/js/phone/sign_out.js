// Signing out asks first when something is unsent, and leaves nothing behind.
import { SIGN_OUT } from "./addresses.js";
import { isUnsent, mine, onChange } from "./drafts.js";
import { sendAll } from "./sending.js";
import { all, wipe } from "./storage.js";

async function forgetEverything() {
  await wipe();
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
}

async function unsent() {
  return (await all("drafts")).filter(isUnsent).length;
}

async function signOut(form) {
  const place = document.querySelector("[data-unsent]"); // on the page that asks
  if (!place && (await unsent().catch(() => 0))) {
    location.assign(SIGN_OUT);
    return;
  }
  await forgetEverything().catch(() => {}); // the server tells the browser to clear everything besides
  form.submit();
}

async function drawQuestion(place) {
  const count = await unsent();
  const own = (await mine()).filter(isUnsent).length;
  place.hidden = count === 0;
  place.querySelector("[data-count]").textContent = String(count);
  place.querySelector("[data-others]").hidden = own === count;
  place.querySelector("button").hidden = !(await mine()).some((draft) => draft.state === "saved");
}

export function attachSignOut() {
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === SIGN_OUT) {
      event.preventDefault();
      event.target.setAttribute("aria-busy", "true");
      signOut(event.target);
    }
  });
  const place = document.querySelector("[data-unsent]");
  if (place) {
    const draw = () => drawQuestion(place).catch(() => {});
    onChange(draw);
    draw();
    place.querySelector("button").addEventListener("click", () => sendAll());
  }
}
