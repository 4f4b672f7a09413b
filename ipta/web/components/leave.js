// "Weg": the page is empty at once, then the form leaves. Coming back with the back button shows nothing either.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-leave]");
  if (!form) return;
  event.preventDefault();
  window.speechSynthesis?.cancel();
  try { sessionStorage.clear(); } catch { /* forbidden: nothing was kept */ }
  form.hidden = true;
  document.title = "…";
  document.body.replaceChildren(form);
  form.submit();
}, true);

window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
