// The list of drafts, with the state of each in words. The words stand in the page (components/drafts.html).
import { NEW_CONTACT, NOBODY, OFFLINE_FORM } from "./addresses.js";
import { contentOf, endsAt, forget, mine, onChange } from "./drafts.js";
import { studentsIn } from "./fields.js";

const DAY = 24 * 3600 * 1000;

function clock(moment, options = { timeStyle: "short" }) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "Europe/Stockholm", ...options }).format(moment);
}

function address(draft, entries) {
  const query = new URLSearchParams();
  if (draft.state === "help" && draft.why === "check") {
    query.set("draft", draft.id);
    return `${OFFLINE_FORM}?${query}`;
  }
  const students = draft.state === "help" ? [] : studentsIn(entries).filter((id) => id !== NOBODY);
  students.forEach((id) => query.append("student", id));
  query.set("draft", draft.id);
  return `${NEW_CONTACT}?${query}`;
}

function words(place, draft) {
  const said = place.dataset[draft.state === "help" ? `help${draft.why === "pupil" ? "Pupil" : ""}` : draft.state];
  return said.replace("[time]", clock(draft.since));
}

async function row(place, draft) {
  const { entries, label } = await contentOf(draft);
  const item = place.querySelector("template").content.cloneNode(true);
  const kind = label.kind || place.dataset.contact;
  const day = label.on ? clock(new Date(`${label.on}T12:00`), { day: "numeric", month: "long" }) : "";
  item.querySelector("[data-label]").textContent = [kind, day, label.at].filter(Boolean).join(" ");
  const state = item.querySelector("[data-state]");
  state.textContent = words(place, draft);
  const hasWaited = draft.state === "saved" && Date.now() - draft.since > DAY;
  state.classList.toggle("word-attention", draft.state === "help" || hasWaited);
  if (draft.state === "sent") {
    item.querySelector("li").dataset.sent = "";
    item.querySelector(".acts").remove();
    return item;
  }
  const until = clock(endsAt(draft), { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  item.querySelector("[data-until]").textContent = place.dataset.until.replace("[time]", until);
  const open = item.querySelector("[data-open]");
  if (draft.state === "saved") {
    open.remove();
  } else {
    open.href = address(draft, entries);
  }
  item.querySelector("[data-remove]").addEventListener("click", (event) => ask(event.currentTarget, place, draft));
  return item;
}

function ask(button, place, draft) {
  if (button.dataset.asked) {
    forget(draft.id);
  } else {
    button.dataset.asked = "1";
    button.textContent = place.dataset.sure;
  }
}

/** The contact that is in the form right now: the page itself says what it needs. */
function isInForm(draft) {
  const form = document.querySelector("form[data-draft-form]");
  const isOpen = draft.state === "half" || (draft.state === "help" && !form?.hidden);
  return isOpen && draft.id === form?.elements.form_key?.value;
}

async function draw(place) {
  const shown = (await mine()).filter((draft) => !isInForm(draft));
  const rows = await Promise.all(shown.map((draft) => row(place, draft)));
  place.querySelector("[data-list]").replaceChildren(...rows);
  place.hidden = rows.length === 0;
}

/** Draws every list of the page, and again whenever a draft has changed. */
export function attachLists() {
  const drawAll = () => document.querySelectorAll("[data-drafts]").forEach((place) => draw(place).catch(() => {}));
  onChange(drawAll);
  drawAll();
}
