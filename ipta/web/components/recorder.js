// Speaks into a file field of the page. Only where the browser can record; otherwise the field itself asks for a file.
const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/mp4", "mp4"], ["audio/ogg;codecs=opus", "ogg"]];
const BITS = 24000; // a minute is 180 KB: a slow line carries it

function start(box) {
  const kind = KINDS.find(([type]) => window.MediaRecorder?.isTypeSupported(type));
  const field = document.getElementById(box.dataset.recorder);
  if (!kind || !navigator.mediaDevices || !window.DataTransfer || !window.AudioContext || !field) return;
  const [type, ending] = kind;
  const most = Number(box.dataset.most);
  const record = box.querySelector("[data-record]");
  const label = record.querySelector("[data-label]");
  const listen = box.querySelector("[data-listen]");
  const time = box.querySelector("[data-time]");
  const state = box.querySelector("[data-state]");
  const question = field.closest(".field");
  let recorder = null;
  let clock = 0;
  let sound = null;
  let playing = null;

  box.hidden = false;
  question.hidden = true;
  record.addEventListener("click", () => (recorder ? recorder.stop() : begin()));
  listen.addEventListener("click", play);
  window.addEventListener("pagehide", () => recorder?.stop());

  async function begin() {
    playing?.stop();
    record.disabled = true;
    try {
      const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
      hear(microphone);
    } catch {
      say("refused");
      question.hidden = false;
    } finally {
      record.disabled = false;
    }
  }

  function hear(microphone) {
    const parts = [];
    const since = Date.now();
    recorder = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: BITS });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of microphone.getTracks()) track.stop();
      recorder = null;
      keep(new Blob(parts, { type }));
    });
    recorder.start(1000);
    stay(most * 1000);
    clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= most) recorder?.stop();
    }, 250);
    time.textContent = "0.00";
    listen.hidden = true;
    label.textContent = record.dataset.stop;
    box.dataset.busy = "yes";
    say("busy");
  }

  function keep(blob) {
    const files = new DataTransfer();
    files.items.add(new File([blob], `stem.${ending}`, { type }));
    field.files = files.files;
    sound = blob;
    stay(300000); // what was spoken lies nowhere yet but on this page
    delete box.dataset.busy;
    listen.hidden = false;
    label.textContent = record.dataset.again;
    say("done");
  }

  // Without an address for it: the policy of the page lets nothing play but what the server gives.
  async function play() {
    if (playing) return playing.stop();
    const context = new AudioContext();
    playing = context.createBufferSource();
    playing.buffer = await context.decodeAudioData(await sound.arrayBuffer());
    playing.connect(context.destination);
    playing.addEventListener("ended", () => { playing = null; context.close(); });
    playing.start();
  }

  function stay(long) {
    document.dispatchEvent(new CustomEvent("ipta:busy", { detail: long }));
  }

  function say(what) {
    state.textContent = state.dataset[what];
  }
}

document.querySelectorAll("[data-recorder]").forEach(start);
