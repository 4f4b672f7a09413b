// Covers the page while he looks elsewhere, and asks his PIN after he was away. The server ends the session by itself
// after so long without a word (data-away, seconds); here we tell it that he still reads, types, listens or speaks.
const { away, here: address, door } = document.body.dataset;
const limit = Number(away) * 1000;
const every = limit / 6;
const SIGNS = ["pointerdown", "keydown", "input", "scroll", "timeupdate"];
const CHOOSING = 180000; // a picture of a letter takes a while, in another app

if (limit) {
  let told = Date.now(); // when the server last knew
  let busy = 0; // until when he counts as here without a sign
  let waiting = 0;

  const cover = (on) => document.documentElement.classList.toggle("is-covered", on);
  const isGone = () => Date.now() - told >= limit;

  function leave() {
    cover(true);
    if (!navigator.onLine) return window.addEventListener("online", leave, { once: true });
    window.location.replace(`${door}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  }

  async function tell() {
    waiting = 0;
    try {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (answer.status !== 204) return leave();
      told = Date.now();
    } catch { /* no line: if it lasts, he gives his PIN */ }
  }

  function isHere() {
    if (!waiting) waiting = setTimeout(tell, Math.max(0, told + every - Date.now()));
  }

  for (const sign of SIGNS) document.addEventListener(sign, isHere, { capture: true, passive: true });
  document.addEventListener("ipta:busy", (event) => (busy = Math.max(busy, Date.now() + event.detail)));
  document.addEventListener("click", (event) => event.target.closest("input[type=file]") && (busy = Date.now() + CHOOSING));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return cover(true);
    return isGone() ? leave() : cover(false);
  });
  window.addEventListener("pagehide", () => cover(true));
  setInterval(() => {
    if (busy > Date.now()) isHere();
    if (isGone()) leave();
  }, 2000);
}
