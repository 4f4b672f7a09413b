// Reads a block aloud, sentence by sentence, with a voice that lives on the device: no word of a dossier leaves it.
// Hidden where the device has no such voice for the language. On the desk of the youth every block gets a button.
const voice = window.speechSynthesis;
const RATES = { "voice-slow": 0.7, "voice-fast": 1.15 };
const USUAL_RATE = 0.9;
const WHOLE = "section.section, .card, article, .voice, .moment__words, .notice, .field";
const INNER = ".card, article, .voice, .moment__words";

function words(block) {
  const copy = block.cloneNode(true);
  const silent = "[data-speak-skip], [data-speak-button], .visually-hidden, script, template, svg, [hidden], [aria-hidden=true], details:not([open]) > *:not(summary)";
  copy.querySelectorAll(silent).forEach((part) => part.remove());
  copy.querySelectorAll("p, li, h1, h2, h3, h4, dt, dd, div, blockquote, figcaption, legend, label, button, a, summary").forEach((part) => part.append(". "));
  return copy.textContent.replace(/\s+/g, " ").replace(/([.!?…:])(\s*\.)+/g, "$1").trim();
}

function quiet() {
  voice.cancel();
  document.querySelectorAll("[data-speak-button][aria-pressed=true]").forEach((button) => show(button, false));
}

function show(button, speaking) {
  const label = button.querySelector("[data-label]");
  button.dataset.start ||= label.textContent;
  label.textContent = speaking ? button.dataset.stop : button.dataset.start;
  button.setAttribute("aria-pressed", String(speaking));
}

// One that speaks this language and lives here; one from elsewhere would send the words to it.
function voiceFor(language) {
  return voice.getVoices().find((one) => one.localService && one.lang.toLowerCase().replace("_", "-").startsWith(language));
}

function rate() {
  const chosen = Object.keys(RATES).find((name) => document.documentElement.classList.contains(name));
  return chosen ? RATES[chosen] : USUAL_RATE;
}

function speak(button) {
  const target = button.dataset.speakTarget;
  const block = target ? document.querySelector(target) : button.closest("[data-speak]");
  if (!block) return;
  const language = (button.closest("[lang]") || document.documentElement).lang;
  const speaker = voiceFor(language);
  if (!speaker) return;
  // Short pieces: some phones fall silent in a long text.
  const sentences = words(block).match(/[^.!?…]+[.!?…]*/g) || [];
  show(button, true);
  sentences.forEach((sentence, number) => {
    const line = new SpeechSynthesisUtterance(sentence.trim());
    line.voice = speaker;
    line.lang = speaker.lang;
    line.rate = rate();
    line.onstart = () => document.dispatchEvent(new CustomEvent("ipta:busy", { detail: 30000 })); // who listens is here
    if (number === sentences.length - 1) line.onend = () => show(button, false);
    voice.speak(line);
  });
}

// A block with a button already, or inside one, is left as it is.
function offer() {
  const made = document.querySelector("template[data-speak-button-here]");
  const main = document.querySelector("main");
  if (!made || !main || main.dataset.spoken) return;
  main.dataset.spoken = "yes";
  const button = (small) => {
    const fresh = made.content.firstElementChild.cloneNode(true);
    fresh.classList.toggle("speak--small", small);
    fresh.querySelector("[data-label]").classList.toggle("visually-hidden", small);
    return fresh;
  };
  main.querySelectorAll(WHOLE).forEach((block) => {
    const isSection = block.matches("section.section");
    const isSpoken = block.querySelector("[data-speak-button]") || block.parentElement.closest("[data-speak]");
    if (isSpoken || block.closest("[data-speak-skip]") || (isSection && block.querySelector(INNER))) return;
    block.dataset.speak = "";
    block.classList.add("is-speaking");
    const title = block.querySelector(".section__title, legend, .field__label");
    if (title) title.after(button(true));
    else block.append(button(!block.matches(".card, article")));
  });
  const all = button(false);
  all.dataset.speakTarget = "main";
  main.querySelector(".page-head")?.append(all);
}

function wake() {
  if (!voiceFor(document.documentElement.lang)) return;
  offer();
  document.querySelectorAll("[data-speak-button]").forEach((button) => (button.hidden = false));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-speak-button]");
  if (!button) return;
  const wasSpeaking = button.getAttribute("aria-pressed") === "true";
  quiet();
  if (!wasSpeaking) speak(button);
});
if (voice) {
  window.addEventListener("pagehide", quiet);
  voice.addEventListener?.("voiceschanged", wake); // some browsers look for their voices while the page stands there
  wake();
}
