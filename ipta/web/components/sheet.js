// In <form data-asks>: what is answered in [data-decisive] decides what else is asked. Then the form goes on by itself.
document.querySelectorAll("form[data-asks]").forEach((form) => {
  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-decisive]");
    if (!question || !(event.target.type === "radio" || event.target.type === "checkbox")) return;
    form.elements.at.value = question.dataset.decisive;
    form.requestSubmit(form.querySelector("button[value=save]"));
  });
});
