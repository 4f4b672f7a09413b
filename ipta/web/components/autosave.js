// Keeps what is typed in <form data-draft data-draft-url="…">. The words stay in this tab only until the server has them.
const PAUSE = 1200;
const AGAIN = 8000;

function start(form) {
  const url = form.dataset.draftUrl;
  if (!url || form.dataset.draftReady) return;
  form.dataset.draftReady = "yes";
  const status = form.querySelector("[data-saved]");
  const key = `draft:${url}`;
  let timer = 0;
  let change = 0; // how often something changed
  let kept = 0; // up to which change the server has it
  let sending = false;
  let stopped = false;

  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    // The page itself brings the words now; whatever it answers, it shows them again.
    stopped = true;
    clearTimeout(timer);
    sessionStorage.removeItem(key);
  });
  window.addEventListener("online", () => kept < change && save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && kept < change && save(true));
  window.addEventListener("pagehide", () => kept < change && save(true));

  function changed(event) {
    if (event.target.type === "file") return;
    change += 1;
    remember();
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  function body() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    return fields;
  }

  function remember() {
    const fields = body();
    fields.delete("csrfmiddlewaretoken");
    try { sessionStorage.setItem(key, fields.toString()); } catch { /* full or forbidden: the server still gets it */ }
  }

  function restore() {
    const text = sessionStorage.getItem(key);
    if (!text) return;
    const fields = new URLSearchParams(text);
    for (const input of form.elements) {
      if (!input.name || ["hidden", "submit", "button", "file"].includes(input.type)) continue;
      if (["checkbox", "radio"].includes(input.type)) input.checked = fields.getAll(input.name).includes(input.value);
      else if (input.multiple) for (const option of input.options) option.selected = fields.getAll(input.name).includes(option.value);
      else if (fields.has(input.name)) input.value = fields.get(input.name);
    }
    change += 1;
    timer = setTimeout(save, 0);
  }

  async function save(leaving = false) {
    if (stopped || (sending && leaving !== true)) return;
    clearTimeout(timer);
    const upTo = change;
    const fields = body();
    sending = true;
    say("busy");
    try {
      const answer = await fetch(url, {
        method: form.dataset.draftMethod || "POST",
        headers: { "X-CSRFToken": fields.get("csrfmiddlewaretoken") || "", "X-Requested-With": "fetch", Accept: "application/json" },
        body: fields,
        credentials: "same-origin",
        redirect: "error",
        keepalive: leaving === true,
      });
      if (stopped) return;
      if (answer.status === 409) {
        stopped = true;
        say("changed");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      kept = Math.max(kept, upTo);
      if (kept === change) sessionStorage.removeItem(key);
      say("at", await time(answer));
    } catch {
      if (stopped) return;
      say("waiting");
      timer = setTimeout(save, AGAIN);
    } finally {
      sending = false;
      if (!stopped && kept < change && kept >= upTo) timer = setTimeout(save, PAUSE);
    }
  }

  async function time(answer) {
    const type = answer.headers.get("Content-Type") || "";
    const told = type.includes("json") ? (await answer.json()).saved_at : "";
    if (told) return told;
    const now = new Date();
    return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(".");
  }

  function say(state, at = "") {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = status.dataset[state].replace("{tijd}", at);
  }
}

function wake(root) {
  if (root.matches?.("form[data-draft]")) start(root);
  root.querySelectorAll("form[data-draft]").forEach(start);
}

wake(document);
