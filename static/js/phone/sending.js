// Sends what waits: first a fresh token, which also says who is signed in, then the form as it was. The form's key
// makes it one contact, however often it is sent and from however many tabs.
import { NEW_CONTACT, NOBODY, TOKEN } from "./addresses.js";
import { contentOf, find, markHelp, markSent, mine } from "./drafts.js";
import { studentsIn } from "./fields.js";

const PATIENCE = 20000; // milliseconds; an answer that comes later is found again by the form's key

class Waiting extends Error {}
class SignedOut extends Error {}

async function ask(address, options = {}) {
  let answer;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    answer = await fetch(address, { redirect: "manual", cache: "no-store", signal, ...options });
  } catch {
    throw new Waiting();
  }
  if (answer.type === "opaqueredirect") {
    throw new SignedOut(); // to the sign-in page
  }
  return answer;
}

async function freshToken(draft) {
  const answer = await ask(TOKEN);
  if (!answer.ok) {
    throw new Waiting();
  }
  const { token, owner } = await answer.json();
  if (owner !== draft.owner) {
    throw new SignedOut(); // somebody else, or another role
  }
  return token;
}

async function post(draft, token, how) {
  const { entries } = await contentOf(draft);
  const students = studentsIn(entries);
  if (!students.length || students.includes(NOBODY)) {
    await markHelp(draft, "pupil");
    return { outcome: "help" };
  }
  const headers = { "X-CSRFToken": token, "X-Phone": how };
  const answer = await ask(NEW_CONTACT, { method: "POST", body: new URLSearchParams(entries), headers });
  switch (answer.status) {
    case 201:
      await markSent(draft);
      return { outcome: "sent", next: (await answer.json()).next };
    case 404:
      await markHelp(draft, "pupil");
      return { outcome: "help" };
    case 409:
    case 422:
      await markHelp(draft, "check");
      return { outcome: "help", page: await answer.text() };
  }
  throw new Waiting(); // the server is not well; later
}

/** {outcome: "sent", next} · {outcome: "help", page?: the form with the server's words} · "waiting" · "signed out". */
export async function send(draft, how) {
  try {
    return await post(draft, await freshToken(draft), how);
  } catch (error) {
    if (error instanceof SignedOut) {
      return { outcome: "signed out" };
    }
    if (error instanceof Waiting) {
      return { outcome: "waiting" };
    }
    throw error;
  }
}

/** All that is saved, one after the other, by one tab at a time. Stops where the network or the session does. */
export function sendAll() {
  return navigator.locks.request("send drafts", { ifAvailable: true }, async (lock) => {
    let last = { outcome: "nothing" };
    for (const { id } of lock ? await mine() : []) {
      const draft = await find(id);
      if (draft?.state !== "saved") {
        continue;
      }
      last = await send(draft, "queue");
      if (last.outcome === "waiting" || last.outcome === "signed out") {
        break;
      }
    }
    return last.outcome;
  });
}
