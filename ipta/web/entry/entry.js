// A code in the link stands behind the #, so that it reaches no server and no log before somebody presses the button.
const code = location.hash.slice(1);
const input = document.querySelector("[data-code-from-link]");
const elsewhere = document.querySelector("[data-code-page]");

if (/^[A-Z0-9-]{8,14}$/.test(code)) {
  if (input && !input.value) {
    input.value = code;
    history.replaceState(null, "", location.pathname + location.search);
  } else if (elsewhere) {
    location.replace(elsewhere.dataset.codePage + location.hash);
  }
}
