// <form data-one-by-one>: one [data-one] at a time, and on by itself after a tap. [data-last] stands under the last one.
// Without this, all questions stand below each other. Where it has a name, who fills it in chooses, once for this device.
const KEPT = "one-by-one";
document.querySelectorAll("form[data-one-by-one]").forEach((form) => (form.dataset.oneByOne ? choose : start)(form));

function choose(form) {
  let isOn = false;
  try { isOn = localStorage.getItem(KEPT) === "yes"; } catch { return; }
  const other = document.createElement("button");
  other.type = "button";
  other.className = "utrecht-button utrecht-button--secondary-action button button--quiet";
  other.textContent = isOn ? form.dataset.all : form.dataset.oneByOne;
  other.addEventListener("click", () => {
    localStorage.setItem(KEPT, isOn ? "no" : "yes");
    location.reload();
  });
  (document.querySelector("[data-one-by-one-choice]") ?? form).prepend(other);
  if (isOn) start(form);
}

function start(form) {
  form.classList.add("is-one-by-one");
  const questions = [...form.querySelectorAll("[data-one]")];
  const last = form.querySelector("[data-last]");
  const { next, skip, back, where } = form.dataset;
  let here = 0;

  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.className = "progress__bar";
  bar.max = questions.length;
  bar.setAttribute("aria-hidden", "true");
  const head = document.createElement("div");
  head.className = "my-one-by-one__where";
  head.append(words, bar);
  questions[0].before(head);

  const onwards = button("primary-action", "primary", () => go(here + 1));
  const backwards = button("secondary-action", "quiet", () => go(here - 1));
  backwards.textContent = back;
  const buttons = document.createElement("div");
  buttons.className = "my-pair";
  buttons.append(backwards, onwards);
  last.before(buttons);

  form.addEventListener("change", (event) => {
    onwards.textContent = isAnswered() ? next : skip;
    // With arrow keys one passes the other faces: only a tap or a click goes on by itself.
    if (event.target.type === "radio" && tapped) setTimeout(() => go(here + 1), 350);
  });
  let tapped = false;
  form.addEventListener("pointerup", () => { tapped = true; setTimeout(() => (tapped = false), 300); });
  show();

  function button(kind, name, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `utrecht-button utrecht-button--${kind} button button--${name} button--wide`;
    made.addEventListener("click", action);
    return made;
  }

  function isAnswered() {
    return Boolean(questions[here].querySelector("input:checked"));
  }

  function go(to) {
    here = Math.max(0, Math.min(to, questions.length - 1));
    show();
    questions[here].querySelector("input:checked, input, textarea")?.focus({ preventScroll: true });
    head.scrollIntoView({ block: "nearest" });
  }

  function show() {
    questions.forEach((question, number) => (question.hidden = number !== here));
    const isLast = here === questions.length - 1;
    last.hidden = !isLast;
    onwards.hidden = isLast;
    backwards.hidden = here === 0;
    onwards.textContent = isAnswered() ? next : skip;
    words.textContent = where.replace("{hier}", here + 1).replace("{alles}", questions.length);
    bar.value = here + 1;
  }
}
