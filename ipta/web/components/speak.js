// Reads a block aloud, sentence by sentence, with a voice of the device itself. Hidden where there is none.
const voice = window.speechSynthesis;

function words(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll("[data-speak-skip], .visually-hidden, script, svg, [hidden]").forEach((part) => part.remove());
  copy.querySelectorAll("p, li, h1, h2, h3, h4, dt, dd, div, blockquote, figcaption").forEach((part) => part.append(". "));
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

function speak(button) {
  const target = button.dataset.speakTarget;
  const block = target ? document.querySelector(target) : button.closest("[data-speak]");
  if (!block) return;
  const language = (button.closest("[lang]") || document.documentElement).lang;
  // Short pieces: some phones fall silent in a long text.
  const sentences = words(block).match(/[^.!?…]+[.!?…]*/g) || [];
  show(button, true);
  sentences.forEach((sentence, number) => {
    const line = new SpeechSynthesisUtterance(sentence.trim());
    line.lang = language === "nl" ? "nl-NL" : language;
    line.rate = 0.9;
    if (number === sentences.length - 1) line.onend = () => show(button, false);
    voice.speak(line);
  });
}

function wake(root) {
  if (voice) root.querySelectorAll("[data-speak-button]").forEach((button) => (button.hidden = false));
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
  wake(document);
}
