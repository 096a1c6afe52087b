// AES-GCM with a key that no script can read out, one for each owner; bound to owner, form and draft.
import { add, get } from "./storage.js";

async function keyOf(owner) {
  const kept = await get("keys", owner);
  if (kept) {
    return kept.key;
  }
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  try {
    await add("keys", { owner, key });
  } catch {
    return (await get("keys", owner)).key; // another tab was first
  }
  return key;
}

function cipher(iv, owner, id) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(JSON.stringify([owner, "contact", id])) };
}

/** The content of a draft, anything that JSON can hold, as only `unseal` reads it. */
export async function seal(owner, id, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(content));
  return { iv, text: await crypto.subtle.encrypt(cipher(iv, owner, id), await keyOf(owner), text) };
}

/** The content again. Throws when key, owner or id is another. */
export async function unseal({ owner, id, sealed }) {
  const text = await crypto.subtle.decrypt(cipher(sealed.iv, owner, id), await keyOf(owner), sealed.text);
  return JSON.parse(new TextDecoder().decode(text));
}
