/* The proof that no program hands in: a worker does the sum's work while the person looks at the answers.
   Without a worker or SubtleCrypto (an address without TLS) the question in words stays. */
(() => {
  const box = document.querySelector("[data-proof]");
  if (!box || !window.Worker || !window.crypto || !window.crypto.subtle) return;
  const form = box.closest("form");
  const question = box.querySelector("[data-proof-question]");
  const solution = box.querySelector("[data-proof-solution]");
  const status = box.querySelector("[data-proof-status]");
  const PATIENCE = 20000; // milliseconds until the question comes back as well
  let pending = null;
  let worker;

  const say = (text) => { status.hidden = false; status.textContent = text; };
  const ask = () => {
    question.hidden = false;
    status.hidden = true;
    pending = null;
  };

  try {
    worker = new Worker(box.dataset.worker);
  } catch {
    return;
  }
  question.hidden = true;
  say(status.dataset.working);
  const clock = window.setTimeout(ask, PATIENCE);

  const finish = () => { window.clearTimeout(clock); worker.terminate(); };
  worker.addEventListener("error", () => { finish(); ask(); });
  worker.addEventListener("message", (event) => {
    finish();
    solution.value = event.data;
    question.hidden = true;
    say(status.dataset.done);
    if (pending !== null) form.requestSubmit(pending || undefined);
  });
  form.addEventListener("submit", (event) => {
    if (solution.value || !question.hidden) return;
    event.preventDefault();
    pending = event.submitter || "";
    say(status.dataset.sending);
  });
  worker.postMessage({ nonce: box.dataset.nonce, bits: Number(box.dataset.bits) });
})();
