// Calls the server by the Connect protocol: a POST of JSON for each call.

/** What the server refused, or that it could not be reached. */
export class CallError extends Error {
  /**
   * @param {string} code of Connect, such as "invalid_argument"; "unreachable" when no answer came
   * @param {string} message as the server put it
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }

  /** @returns {string} the request's field at fault, such as "article.body"; empty when the message names none */
  get field() {
    return /^([a-z_]+(?:\.[a-z_]+)*):? /.exec(this.message)?.[1] ?? "";
  }
}

/** Longest wait for an answer; a server that is up answers in milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * @param {string} method such as "ModelService/GetModel"
 * @param {object} message the request in protobuf's JSON
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the answer in protobuf's JSON; fields at their default may be missing
 * @throws {CallError} and, when `signal` is aborted, a DOMException called AbortError
 */
export async function call(method, message, signal) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response;
  try {
    response = await fetch(new URL(`rubricator.v1.${method}`, document.baseURI), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Connect-Protocol-Version": "1",
        "Connect-Timeout-Ms": String(TIMEOUT_MS),
      },
      body: JSON.stringify(message),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallError(timeout.aborted ? "deadline_exceeded" : "unreachable", String(error));
  }
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw refusal(response.status, text);
}

/** Something between may answer in the server's place, with a page of its own. */
function refusal(/** @type {number} */ status, /** @type {string} */ text) {
  try {
    const { code, message } = JSON.parse(text);
    if (typeof code === "string") return new CallError(code, String(message ?? ""));
  } catch {
    /* no Connect error */
  }
  if (status === 413) return new CallError("resource_exhausted", "HTTP 413");
  return new CallError(status === 401 ? "unauthenticated" : "unavailable", `HTTP ${status}`);
}

/** @param {string} path such as "readyz" @returns {Promise<Response>} throws CallError when no answer came */
export async function get(path) {
  try {
    return await fetch(new URL(path, document.baseURI), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
    });
  } catch (error) {
    throw new CallError("unreachable", String(error));
  }
}
