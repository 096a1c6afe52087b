// IndexedDB, and nothing else of the browser's storage. Stores: drafts by id, keys by owner, notes by name.
const NAME = "peersupport";

let opened = null;
let isWiped = false;

function open() {
  if (isWiped) {
    return Promise.reject(new Error("signed out"));
  }
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("keys", { keyPath: "owner" });
      request.result.createObjectStore("notes", { keyPath: "name" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        isWiped = true; // signed out in another tab: nothing is written here any more
        request.result.close();
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function ask(store, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Strict: it is on the disk before we say that it is saved.
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (store, key) => ask(store, "readonly", (rows) => rows.get(key));
export const all = (store) => ask(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => ask(store, "readwrite", (rows) => rows.put(row));
export const add = (store, row) => ask(store, "readwrite", (rows) => rows.add(row));
export const remove = (store, key) => ask(store, "readwrite", (rows) => rows.delete(key));

/** Everything gone: drafts, keys and notes. Nothing can be kept in this page afterwards. */
export async function wipe() {
  (await opened)?.close();
  isWiped = true;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}
