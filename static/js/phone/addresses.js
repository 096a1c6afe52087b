// The addresses these scripts ask; a test holds them against the site's own list.
export const NEW_CONTACT = "/contacts/new/";
export const OFFLINE_FORM = "/contacts/offline/";
export const TOKEN = "/contacts/token/";
export const SIGN_OUT = "/sign-out/";
export const SERVICE_WORKER = "/service-worker.js";
// Stands in the empty form for the pupil who is not chosen yet.
export const NOBODY = "00000000-0000-0000-0000-000000000000";
