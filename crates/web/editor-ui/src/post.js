// Sending to the desk. A page that asks for sign-in instead of answering counts as one that refuses.
const PATIENCE = 20_000;

/** Sends `sent` as JSON (or nothing); `{status, answer}`, where status 0 means that there was no line. */
export async function post(address, sent) {
  try {
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { accept: "application/json", ...(sent === undefined ? {} : { "content-type": "application/json" }) },
      body: sent === undefined ? null : JSON.stringify(sent),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const answer = await response.json().catch(() => null);
    return { status: response.redirected ? 401 : response.status, answer };
  } catch {
    return { status: 0, answer: null };
  }
}
