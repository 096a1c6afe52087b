// A form's fields as [name, value] pairs, and back: any form, whatever it asks.
import { NOBODY } from "./addresses.js";

// The page's own: they say nothing of the contact.
const PAGE = new Set(["csrfmiddlewaretoken", "form_key"]);

/** What a browser would send, files excepted. */
export function entriesOf(form, submitter = null) {
  return [...new FormData(form, submitter)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
}

/** Two words for the list: what it was and when. Never whom it was with. */
export function labelOf(form) {
  const kind = form.querySelector("input[name=kind]:checked")?.labels?.[0]?.innerText ?? "";
  const at = form.elements.at?.value ?? "";
  return { kind: kind.replaceAll("\u00ad", "").trim(), on: form.elements.on?.value ?? "", at };
}

export function studentsIn(entries) {
  return entries.filter(([name]) => name === "student").map(([, value]) => value);
}

/** The same with other pupils: names of fields carry the pupil they are about. */
export function withStudents(entries, replaced) {
  return entries.map(([name, value]) => {
    const old = [...replaced.keys()].find((id) => name === "student" ? value === id : name.startsWith(`${id}-`));
    if (old === undefined) {
      return [name, value];
    }
    return name === "student" ? [name, replaced.get(old)] : [name.replace(old, replaced.get(old)), value];
  });
}

/** Those that are not about any of `students`. */
export function without(entries, students) {
  const isAbout = ([name, value], id) => (name === "student" ? value === id : name.startsWith(`${id}-`));
  return entries.filter((entry) => !students.some((id) => isAbout(entry, id)));
}

/** The chosen pupil in the place of nobody, in the form itself. */
export function choose(form, student) {
  for (const field of form.querySelectorAll(`[name^="${NOBODY}-"]`)) {
    field.name = field.name.replace(NOBODY, student);
  }
  for (const field of form.querySelectorAll(`[name=student][value="${NOBODY}"]`)) {
    field.value = student;
  }
}

/** Puts `entries` into the form. What it has no field for goes along unseen, so that nothing is lost. */
export function fill(form, entries) {
  const values = new Map();
  for (const [name, value] of entries) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const known = new Set(PAGE);
  for (const field of form.elements) {
    if (!field.name || PAGE.has(field.name)) {
      continue;
    }
    known.add(field.name);
    const given = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = given.includes(field.value);
    } else if (field.tagName === "SELECT") {
      [...field.options].forEach((option) => (option.selected = given.includes(option.value)));
    } else if (field.type !== "hidden" && field.tagName !== "BUTTON" && field.type !== "submit") {
      field.value = given.shift() ?? "";
    }
  }
  const unknown = [...values].filter(([name]) => !known.has(name));
  for (const [name, given] of unknown) {
    given.forEach((value) => form.append(hidden(name, value)));
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function hidden(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}
