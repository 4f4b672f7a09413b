// <button data-copy="text"> or <button data-copy-from="#id">: to the clipboard, and the button says so.
function wake(root) {
  if (navigator.clipboard) root.querySelectorAll("[data-copy], [data-copy-from]").forEach((button) => (button.hidden = false));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button || !navigator.clipboard) return;
  const source = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom) : null;
  await navigator.clipboard.writeText(source ? source.value ?? source.textContent.trim() : button.dataset.copy);
  const label = button.querySelector("[data-label]");
  if (!label || !button.dataset.done) return;
  const before = label.textContent;
  label.setAttribute("role", "status");
  label.textContent = button.dataset.done;
  setTimeout(() => (label.textContent = before), 2500);
});

wake(document);
