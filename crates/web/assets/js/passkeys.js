// Passkeys: fills the hidden fields of a form with what the browser's own dialogue answers, and sends it. Where a browser
// knows no passkeys, the form stays hidden; everything else works without this file.
// Where somebody is asked to sign in nobody of the staff is at the desk: what this browser keeps is shown to nobody (no_line.js).
if (location.pathname === "/sign-in") {
  try {
    localStorage.removeItem("midad-writer");
  } catch {
    // A browser that keeps nothing has nothing to show.
  }
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const kept = {
  async get(form) {
    const asked = { challenge: bytes(form.dataset.challenge), rpId: form.dataset.site, userVerification: "required" };
    const answer = await navigator.credentials.get({ publicKey: asked });
    form.elements.credential.value = text(answer.rawId);
    form.elements.client.value = text(answer.response.clientDataJSON);
    form.elements.authenticator.value = text(answer.response.authenticatorData);
    form.elements.signature.value = text(answer.response.signature);
  },
  async create(form) {
    const known = form.dataset.known.split(" ").filter(Boolean);
    const asked = {
      challenge: bytes(form.dataset.challenge),
      rp: { id: form.dataset.site, name: form.dataset.paper },
      user: { id: bytes(form.dataset.user), name: form.dataset.name, displayName: form.dataset.name },
      pubKeyCredParams: form.dataset.kinds.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: known.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    };
    const answer = await navigator.credentials.create({ publicKey: asked });
    form.elements.client.value = text(answer.response.clientDataJSON);
    form.elements.attested.value = text(answer.response.attestationObject);
  },
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    button.disabled = true;
    try {
      await kept[form.dataset.passkey](form);
      form.submit();
    } catch {
      // Cancelled, too late, or no such passkey: browsers do not say which.
      failed.hidden = false;
      button.disabled = false;
    }
  });
}
