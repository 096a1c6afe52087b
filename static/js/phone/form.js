// A form whose content is kept while it is written, saved in the phone first, and then sent.
import { NOBODY } from "./addresses.js";
import { contentOf, find, forget, keep } from "./drafts.js";
import { leaveOut, promiseToKeep } from "./gone.js";
import { choose, entriesOf, fill, labelOf, studentsIn, withStudents } from "./fields.js";
import { send } from "./sending.js";

const PAUSE = 300; // milliseconds without a key, before what is written is kept

function contentIn(form, submitter) {
  return { entries: entriesOf(form, submitter), label: labelOf(form) };
}

function keyOf(form) {
  return form.elements.form_key.value;
}

/** Keeps and sends `form`; what opens it again is `openDraft`. */
export function attachForm(form) {
  form.dataset.ready = "";
  promiseToKeep(form);
  let timer = null;
  let isLeft = false; // saved, or on its way: later taps and keys change nothing
  const keepHalf = () => {
    clearTimeout(timer);
    timer = null;
    if (!isLeft) {
      keep(keyOf(form), "half", contentIn(form)).catch(() => {});
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keepHalf, PAUSE);
  });
  document.addEventListener("visibilitychange", () => timer && keepHalf());
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-saves-not") && !isLeft) {
      return;
    }
    event.preventDefault();
    if (!isLeft) {
      clearTimeout(timer);
      isLeft = true;
      save(form, event.submitter);
    }
  });
}

async function save(form, submitter) {
  const id = keyOf(form);
  form.setAttribute("aria-busy", "true");
  try {
    const content = contentIn(form, submitter);
    await keep(id, "saved", submitter?.name === "leave_out" ? await leaveOut(form, content) : content);
    if (form.dataset.replaces) {
      await forget(form.dataset.replaces);
    }
  } catch {
    submitByBrowser(form, submitter); // a browser that keeps nothing
    return;
  }
  await sendAndShow(await find(id), form);
}

function submitByBrowser(form, submitter) {
  if (submitter?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(field);
  }
  form.submit();
}

async function sendAndShow(draft, form) {
  const result = await send(draft, "form");
  if (result.outcome === "sent") {
    location.assign(result.next);
  } else if (result.page) {
    showPage(result.page, draft);
  } else {
    leave(form, result.outcome);
  }
}

/** The form gives way to the words about where its content is now. */
function leave(form, outcome) {
  const place = document.querySelector(`[data-left="${outcome}"]`) ?? document.querySelector("[data-left=waiting]");
  form.hidden = true;
  form.removeAttribute("aria-busy");
  place.hidden = false;
  place.focus();
  document.querySelector("h1")?.scrollIntoView();
}

/** The server's page, in the place of this one: nothing has been loaded anew, so nothing can be lost. */
function showPage(html, draft) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  const form = document.querySelector("form[data-draft-form]");
  if (keyOf(form) !== draft.id) {
    form.dataset.replaces = draft.id;
  }
  window.htmx?.process(document.body);
  document.dispatchEvent(new Event("phone:page"));
  document.querySelector("#form-errors, #gone")?.focus();
}

function startNow(form) {
  const [on, at] = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Stockholm", dateStyle: "short", timeStyle: "short",
  }).format(new Date()).split(" ");
  form.elements.on.value ||= on;
  form.elements.at.value ||= at;
}

/** The kept form: nobody is in it, no key, no time. The address says for whom it was opened. */
export function startEmptyForm(form, asked) {
  form.elements.form_key.value = crypto.randomUUID();
  document.querySelector("[data-not-chosen]").hidden = false;
  if (asked.get("student")) {
    choosePupil(form, asked.get("student"));
  }
  if (asked.get("booking")) {
    fillBooking(form, asked.get("booking"));
  }
  startNow(form);
}

function choosePupil(form, student) {
  choose(form, student);
  document.querySelector("[data-chosen]").hidden = false;
  document.querySelector("[data-not-chosen]").hidden = true;
}

function fillBooking(form, booking) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "booking", value: booking });
  form.append(field);
}

/** Puts the draft that the address names back into the form, for the pupils the form is now about. */
export async function openDraft(form, id) {
  const draft = await find(id);
  if (!draft || draft.state === "sent") {
    return;
  }
  const { entries } = await contentOf(draft);
  const [student] = studentsIn(entries).filter((each) => each !== NOBODY);
  if (student && studentsIn(entriesOf(form)).includes(NOBODY)) {
    choosePupil(form, student);
  }
  form.elements.form_key.value = draft.id;
  fill(form, withStudents(entries, moved(entries, entriesOf(form))));
  if (draft.why === "check") {
    const result = await send(draft, "form"); // for the server's words about it
    if (result.page) {
      showPage(result.page, draft);
    } else if (result.next) {
      location.assign(result.next);
    }
  }
}

/** Pupils the draft is about and the form is not → those of the form it can be about instead. */
function moved(entries, entriesOfForm) {
  const [drafts, forms] = [studentsIn(entries), studentsIn(entriesOfForm)];
  const free = forms.filter((student) => !drafts.includes(student));
  const gone = drafts.filter((student) => !forms.includes(student));
  return new Map(gone.slice(0, free.length).map((student, index) => [student, free[index]]));
}
