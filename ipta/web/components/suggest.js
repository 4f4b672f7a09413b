// Offers words while one types in <input data-suggest="…">. Whatever is typed is right too. With data-suggest-list the
// field holds several words with commas between them, and the last one is looked for.
const PAUSE = 120;
let lists = 0;

function start(input) {
  const form = input.closest("form");
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = `suggest-${(lists += 1)}`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"], ["autocomplete", "off"]]) input.setAttribute(name, value);

  const isList = "suggestList" in input.dataset;
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", () => setTimeout(close, PAUSE));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose((chosen + step + list.children.length) % list.children.length);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  // Before the field loses its focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(event.target.closest("li")));

  function typed() {
    return isList ? input.value.split(",").at(-1).trim() : input.value.trim();
  }

  async function ask() {
    const words = typed();
    const turn = (asked += 1);
    if (words.length < 2) return close();
    const body = new URLSearchParams({ typed: words, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    try {
      const answer = await fetch(input.dataset.suggest, { method: "POST", body });
      const { found } = answer.ok ? await answer.json() : { found: [] };
      if (turn === asked && document.activeElement === input) show(found);
    } catch {
      close(); // without a line one types on
    }
  }

  function show(found) {
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
    chosen = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  function option({ name, under }, number) {
    const item = document.createElement("li");
    item.className = "suggest__word";
    item.id = `${list.id}-${number}`;
    item.dataset.name = name;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const small = document.createElement("span");
    small.className = "suggest__under";
    small.textContent = under;
    item.append(name, small);
    return item;
  }

  function choose(number) {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === number)));
    chosen = number;
    input.setAttribute("aria-activedescendant", list.children[number].id);
    list.children[number].scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    if (!item) return;
    const before = isList ? input.value.split(",").slice(0, -1).map((word) => word.trim()) : [];
    input.value = [...before, item.dataset.name].join(", ") + (isList ? ", " : "");
    asked += 1;
    close();
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true })); // the draft keeps it
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("input[data-suggest]").forEach(start);
