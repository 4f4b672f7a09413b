// <form data-passkey="get|create"> with a hidden field `credential`: asks this device for a passkey, and sends what it
// answers. What to ask stands in #passkey-options, or comes from data-passkey-options at the moment itself.
// Hidden where the browser knows no passkeys.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => (form.hidden = false));
  document.querySelectorAll("[data-passkey-cannot]").forEach((words) => (words.hidden = true));
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const publicKey = asked((await options(form)).publicKey);
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(told(made));
    form.submit();
  } catch {
    failed.hidden = false;
  }
});

async function options(form) {
  const url = form.dataset.passkeyOptions;
  if (!url) return JSON.parse(document.querySelector("#passkey-options").textContent);
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  return (await answer.json()).request_options;
}

// From JSON to what the browser wants: bytes.
function asked(options) {
  const ids = (list) => (list || []).map((credential) => ({ ...credential, id: bytes(credential.id) }));
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) {
    ready.user = { ...options.user, id: bytes(options.user.id) };
    ready.excludeCredentials = ids(options.excludeCredentials);
    ready.authenticatorSelection = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true };
  } else {
    ready.allowCredentials = ids(options.allowCredentials);
  }
  return ready;
}

// And back.
function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}
