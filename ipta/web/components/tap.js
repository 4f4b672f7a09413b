// One tap that says how something is: <form data-tap data-on="…" data-off="…">. On a bad line it waits in this tab, and
// is sent again until it came in. The server is told a state, not a change: twice is the same as once.
const AGAIN = 8000;
const STORE = "taps";
let timer = 0;
let sending = false;

function waiting() {
  try { return JSON.parse(sessionStorage.getItem(STORE) || "{}"); } catch { return {}; }
}

function keep(taps) {
  try { sessionStorage.setItem(STORE, JSON.stringify(taps)); } catch { /* full or forbidden: it is sent all the same */ }
}

function show(form, value) {
  const button = form.querySelector("button");
  const isOn = value === "1";
  form.elements.op_tafel.value = isOn ? "0" : "1";
  button.setAttribute("aria-pressed", String(isOn));
  button.querySelector("[data-label]").textContent = isOn ? form.dataset.on : form.dataset.off;
  form.closest("[data-point]")?.toggleAttribute("data-done", isOn);
}

function say(state) {
  for (const status of document.querySelectorAll("[data-tap-status]")) status.textContent = status.dataset[state] || "";
}

async function send() {
  if (sending) return;
  clearTimeout(timer);
  sending = true;
  let left = false;
  for (const [url, value] of Object.entries(waiting())) {
    if (await came(url, value)) {
      const taps = waiting();
      if (taps[url] === value) delete taps[url];
      else left = true;
      keep(taps);
    } else left = true;
  }
  sending = false;
  say(left ? "waiting" : "sent");
  if (left) timer = setTimeout(send, AGAIN);
}

async function came(url, value) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Requested-With": "tap" },
      body: new URLSearchParams({ op_tafel: value }),
      credentials: "same-origin",
      redirect: "error",
    });
    if (answer.status === 404 || answer.status === 403) return location.reload();
    return answer.ok;
  } catch {
    return false;
  }
}

function start(form) {
  const url = new URL(form.action).pathname;
  const known = waiting()[url];
  if (known) show(form, known);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = form.elements.op_tafel.value;
    keep({ ...waiting(), [url]: value });
    show(form, value);
    send();
  });
}

const forms = document.querySelectorAll("form[data-tap]");
if (forms.length) {
  forms.forEach(start);
  if (Object.keys(waiting()).length) send();
  window.addEventListener("online", send);
}
