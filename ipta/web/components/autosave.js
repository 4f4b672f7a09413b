// Keeps what is typed in <form data-draft data-draft-url="…">. The words stay in this tab only until the server has them.
// Each form has a mark (`once`): the server answers 205 to words of a form that came in already.
const PAUSE = 1200;
const AGAIN = 8000;
const SENT = "sent&";

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
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      clearTimeout(timer);
      stopped = true; // the form itself brings the words, as soon as it can
      say("offline");
      window.addEventListener("online", () => form.requestSubmit(event.submitter), { once: true });
      return;
    }
    // Now the page itself brings the words. Whether they arrived, the next page asks.
    stopped = true;
    clearTimeout(timer);
    remember(true);
  });
  document.querySelector("input[name=weg]")?.form.addEventListener("submit", () => {
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

  function remember(isSent = false) {
    const fields = body();
    fields.delete("csrfmiddlewaretoken");
    try { sessionStorage.setItem(key, (isSent ? SENT : "") + fields.toString()); } catch { /* full or forbidden: the server still gets it */ }
  }

  async function restore() {
    const stored = sessionStorage.getItem(key);
    if (!stored) return;
    const fields = new URLSearchParams(stored.replace(SENT, ""));
    const isSame = fields.get("once") === form.elements.once?.value;
    if (stored.startsWith(SENT) && !isSame && (await cameIn(fields))) return sessionStorage.removeItem(key);
    for (const input of form.elements) {
      if (!input.name || ["submit", "button", "file"].includes(input.type) || input.name === "csrfmiddlewaretoken") continue;
      if (input.type === "hidden" && (isSame || !fields.has(input.name) || input.name.endsWith("_FORMS"))) continue;
      if (["checkbox", "radio"].includes(input.type)) input.checked = fields.getAll(input.name).includes(input.value);
      else if (input.multiple) for (const option of input.options) option.selected = fields.getAll(input.name).includes(option.value);
      else if (fields.has(input.name)) input.value = fields.get(input.name);
    }
    change += 1;
    timer = setTimeout(save, 0);
  }

  // Whether the server has them: sent, or thrown away with the page they stood on.
  async function cameIn(fields) {
    try {
      return (await send(fields)).status === 205;
    } catch {
      return false;
    }
  }

  function send(fields, keepalive = false) {
    const token = form.elements.csrfmiddlewaretoken?.value || "";
    return fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" },
      body: fields,
      credentials: "same-origin",
      redirect: "error",
      keepalive,
    });
  }

  async function save(leaving = false) {
    if (stopped || (sending && leaving !== true)) return;
    clearTimeout(timer);
    const upTo = change;
    const fields = body();
    sending = true;
    say("busy");
    try {
      const answer = await send(fields, leaving === true);
      if (stopped) return;
      if (answer.status === 205) {
        stopped = true;
        sessionStorage.removeItem(key);
        return location.reload();
      }
      if (!answer.ok) throw new Error(String(answer.status));
      kept = Math.max(kept, upTo);
      if (kept === change) sessionStorage.removeItem(key);
      say("at", time());
    } catch {
      if (stopped) return;
      say("waiting");
      timer = setTimeout(save, AGAIN);
    } finally {
      sending = false;
      if (!stopped && kept < change && kept >= upTo) timer = setTimeout(save, PAUSE);
    }
  }

  function time() {
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
