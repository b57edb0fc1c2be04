// Draws the preview anew while a form is being built. Without it the button "preview in a new window" does the same.
(() => {
  const form = document.querySelector("[data-builder]");
  const frame = form && form.querySelector("[data-builder-preview]");
  const status = form && form.querySelector("[data-builder-status]");
  if (!frame || !status) return;
  const PAUSE = 900;
  let timer = 0;
  let request = null;

  const draw = async () => {
    if (request) request.abort();
    request = new AbortController();
    status.textContent = status.dataset.busy;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const top = frame.contentDocument ? frame.contentDocument.documentElement.scrollTop : 0;
      frame.onload = () => {
        if (frame.contentDocument) frame.contentDocument.documentElement.scrollTop = top;
      };
      frame.srcdoc = await answer.text();
      status.textContent = "";
    } catch (problem) {
      if (problem.name !== "AbortError") status.textContent = status.dataset.fail;
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // Blocks that are moved, copied or deleted by their buttons tell nobody.
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-streamfield-child] button, .c-sf-add-button, .w-combobox__option")) soon();
  });

  // A fault's link opens the folded blocks that its block stands in.
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".xq-faults a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let panel = target; panel; panel = panel.parentElement && panel.parentElement.closest("section")) {
      const toggle = panel.querySelector("[data-panel-toggle][aria-expanded='false']");
      if (toggle && (panel === target || panel.contains(target))) toggle.click();
    }
    target.scrollIntoView({ block: "start" });
    const field = target.querySelector("input:not([type=hidden]), textarea, select");
    if (field) field.focus({ preventScroll: true });
  });
})();
