// The page refuses text that becomes HTML or script by itself (Trusted Types), with one exception: htmx may read an answer
// of ours in a document apart, where nothing runs. Script in such an answer stays text: there is no policy for script.
const APART = ["Document parseHTMLUnsafe", "DOMParser parseFromString"]; // newer and older browsers

window.trustedTypes?.createPolicy("default", {
  createHTML: (html, type, sink) => (APART.includes(sink) ? html : null),
});
