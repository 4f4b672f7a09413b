// Types what is said into a text field. Only where the device itself understands Dutch: a voice never leaves it.
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
const language = document.documentElement.lang === "nl" ? "nl-NL" : "en-GB";

async function isOnDevice() {
  if (!Recognition?.available) return false;
  try {
    return (await Recognition.available({ langs: [language], processLocally: true })) === "available";
  } catch {
    return false;
  }
}

function start(button) {
  const field = document.getElementById(button.dataset.dictate);
  const label = button.querySelector("[data-label]");
  const first = label.textContent;
  let listening = null;

  button.hidden = false;
  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = language;
    listening.processLocally = true;
    listening.continuous = true;
    listening.addEventListener("result", (event) => type([...event.results].slice(event.resultIndex)));
    listening.addEventListener("end", () => show(false));
    listening.start();
    show(true);
  });

  function type(results) {
    const words = results.filter((result) => result.isFinal).map((result) => result[0].transcript.trim());
    if (!words.length) return;
    field.value = [field.value.trimEnd(), ...words].filter(Boolean).join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(isListening) {
    if (!isListening) listening = null;
    label.textContent = isListening ? button.dataset.stop : first;
    button.setAttribute("aria-pressed", String(isListening));
  }
}

const buttons = document.querySelectorAll("[data-dictate]");
if (buttons.length) isOnDevice().then((can) => can && buttons.forEach(start));
