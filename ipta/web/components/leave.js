// "Weg", or Escape twice: the page is empty at once, then the form leaves. Coming back with the back button shows
// nothing either. Written for old browsers too: where this fails, the button still leaves.
const QUICK = 1000;
let pressed = -QUICK;

function leave(form) {
  try {
    window.speechSynthesis?.cancel();
    sessionStorage.clear();
  } catch { /* forbidden: nothing was kept */ }
  form.hidden = true;
  document.title = "…";
  document.body.textContent = "";
  document.body.appendChild(form);
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-leave]");
  if (!form) return;
  event.preventDefault();
  leave(form);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  const form = document.querySelector("form[data-leave]");
  if (form && event.timeStamp - pressed < QUICK) leave(form);
  pressed = event.timeStamp;
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
