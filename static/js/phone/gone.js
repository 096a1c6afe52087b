// Pupils one has no more: the server says which when a contact is sent (templates/visits/_contact_gone.html). The others
// are saved without them; what was written about each stays in the phone, as a draft that waits for another pupil.
import { find, keep } from "./drafts.js";
import { studentsIn, without } from "./fields.js";

// They belong to the contact that is sent, and go with it.
const OF_THE_CONTACT = new Set(["leave_out", "remove", "another", "warned", "booking", "supervision", "form_key"]);

/** On such a page: what is written about them stays, since there is a phone to keep it. */
export function promiseToKeep(form) {
  form.querySelectorAll("[data-stays]").forEach((words) => (words.hidden = false));
  form.querySelectorAll("[data-stays-not]").forEach((words) => (words.hidden = true));
}

/** The content without them; what it says of them is kept first, so that at no moment it is nowhere. */
export async function leaveOut(form, { entries, label }) {
  const whole = await find(form.elements.form_key.value);
  const gone = [...form.querySelectorAll("[data-gone]")].map((part) => part.dataset.gone);
  for (const student of gone) {
    const id = crypto.randomUUID();
    const others = studentsIn(entries).filter((other) => other !== student);
    const theirs = without(entries, others).filter(([name]) => !OF_THE_CONTACT.has(name));
    const content = { entries: [...theirs, ["form_key", id]], label };
    await keep(id, "help", content, { why: "pupil", from: whole?.since }); // its days go on counting
  }
  return { entries: without(entries, gone), label };
}
