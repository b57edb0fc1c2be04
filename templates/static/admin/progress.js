// The progress of work in the background without reloading. Everything works without it.
(() => {
  const progress = document.querySelector("[data-status-url]");
  if (!progress) return;
  const bar = progress.querySelector("progress");
  const words = progress.querySelector("[data-progress-text]");
  let wait = 700;
  const ask = async () => {
    try {
      const answer = await fetch(progress.dataset.statusUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const status = await answer.json();
      if (status.state !== "waiting" && status.state !== "running") {
        location.reload();
        return;
      }
      bar.value = status.done;
      words.textContent = status.text;
    } catch {
      // The network is away for a moment: ask again.
    }
    wait = Math.min(wait * 1.3, 5000);
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
})();
