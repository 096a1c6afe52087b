// A choice of at most a few: it counts while one chooses, and lets no more be chosen. Without it the server says so.
function count(choices) {
  const boxes = [...choices.querySelectorAll("input[type=checkbox]")];
  const most = Number(choices.dataset.most);
  const chosen = boxes.filter((box) => box.checked).length;
  for (const box of boxes) {
    box.disabled = chosen >= most && !box.checked;
  }
  const words = choices.nextElementSibling;
  words.hidden = false;
  for (const text of words.children) {
    text.hidden = Number(text.dataset.chosen) !== Math.min(chosen, most + 1);
  }
}

function countAll() {
  document.querySelectorAll("[data-most]").forEach(count);
}

document.addEventListener("change", (event) => {
  const choices = event.target.closest("[data-most]");
  if (choices) {
    count(choices);
  } else if (event.target instanceof HTMLFormElement) {
    countAll(); // a draft has been put into the form
  }
});
document.addEventListener("phone:page", countAll);
addEventListener("pageshow", countAll);
