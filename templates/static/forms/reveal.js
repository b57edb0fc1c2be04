// A masked answer is shown in its place, once the reason is given. Without this script the form opens a page.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form) return;
  event.preventDefault();
  const told = form.querySelector("[data-reveal-error]");
  const button = form.querySelector("button");
  told.textContent = "";
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    const content = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok && "value" in content) {
      const masked = form.closest("[data-masked]");
      const value = masked.querySelector("[data-masked-value]");
      value.textContent = content.value || "—";
      value.tabIndex = -1;
      masked.querySelector("details").remove();
      value.focus();
    } else if (content.error) {
      told.textContent = content.error;
    } else {
      form.submit();
    }
  } catch {
    form.submit();
  } finally {
    button.disabled = false;
  }
});
