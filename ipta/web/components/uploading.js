// A photo on a slow line takes a while: say so, and let nobody send it twice.
for (const form of document.querySelectorAll("form[data-uploads]")) {
  const status = form.querySelector("[data-uploading]");
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "yes";
    if (status) status.hidden = false;
  });
  // Back with the button of the browser: the page is as it was left.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sending;
    if (status) status.hidden = true;
  });
}
