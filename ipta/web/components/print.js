// <button data-print>: prints the page. Hidden until there is something that can.
document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
