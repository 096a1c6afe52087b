// A tap on a visit that does not reach the server: said at once, and the button stays. Nothing is shown as done before
// the server has answered; without this script the browser says itself that there is no network.
function tell(isLost) {
  for (const place of document.querySelectorAll("[data-no-network]")) {
    place.hidden = !isLost;
  }
}

document.addEventListener("htmx:beforeRequest", () => tell(false));
for (const lost of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(lost, (event) => {
    if (event.target.matches("[data-visit-act]")) {
      tell(true);
      document.querySelector("[data-no-network]")?.scrollIntoView({ block: "nearest" });
    }
  });
}
