// What is kept of a contact until it is sent. A draft: {id: the form's key, owner, state, why, since, sealed}.
// States: "half" written, "saved" and not sent yet, "help": the server wants something changed (`why`: "pupil" or
// "check"), "sent". The content, {entries: [[name, value]], label}, lies sealed; the rest tells nothing of it.
import { seal, unseal } from "./sealing.js";
import { all, get, put, remove } from "./storage.js";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const LIVES = { half: DAY, saved: 7 * DAY, help: 7 * DAY, sent: HOUR };
const heard = new Set();
const others = new BroadcastChannel("drafts");
others.onmessage = () => heard.forEach((listener) => listener());

/** Calls `listener` whenever a draft has changed, in whatever tab. */
export function onChange(listener) {
  heard.add(listener);
}

function tell() {
  heard.forEach((listener) => listener());
  others.postMessage("changed");
}

/** Whoever is signed in on this page; on the kept form whoever was last. */
export async function currentOwner() {
  return document.body.dataset.phoneOwner || (await get("notes", "owner"))?.value;
}

export function endsAt(draft) {
  return draft.since + LIVES[draft.state];
}

export function isUnsent(draft) {
  return draft.state !== "sent";
}

/** The drafts of whoever is signed in, the oldest first. Nobody else's are ever opened. */
export async function mine() {
  const owner = await currentOwner();
  const drafts = await all("drafts");
  return drafts.filter((draft) => draft.owner === owner).sort((one, other) => one.since - other.since);
}

export async function find(id) {
  return (await mine()).find((draft) => draft.id === id);
}

export const contentOf = unseal;

/** Keeps `content` under the form's key. A draft that was saved before stays saved, and its days go on counting;
    those of a new one begin at `from`. */
export async function keep(id, state, content, { why = "", from = Date.now() } = {}) {
  const owner = await currentOwner();
  if (!owner) {
    throw new Error("nobody has signed in here");
  }
  const before = await get("drafts", id);
  const wasSaved = before !== undefined && before.state !== "half";
  const now = wasSaved && state === "half" ? { state: before.state, why: before.why } : { state, why };
  const since = wasSaved ? before.since : from;
  await put("drafts", { id, owner, ...now, since, sealed: await seal(owner, id, content) });
  tell();
}

/** Sent: what it said is gone from here, but for the words in the list. */
export async function markSent(draft) {
  const { label } = await contentOf(draft);
  const sealed = await seal(draft.owner, draft.id, { label, entries: [] });
  await put("drafts", { ...draft, state: "sent", why: "", since: Date.now(), sealed });
  tell();
}

export async function markHelp(draft, why) {
  await put("drafts", { ...draft, state: "help", why });
  tell();
}

export async function forget(id) {
  await remove("drafts", id);
  tell();
}

/** Drafts whose days are over, whoever's they are. */
export async function forgetOld() {
  const old = (await all("drafts")).filter((draft) => endsAt(draft) <= Date.now());
  await Promise.all(old.map((draft) => remove("drafts", draft.id)));
}
