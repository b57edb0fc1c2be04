// The plan import: the names of the chosen files. Everything works without it.
(() => {
  const input = document.querySelector('.xq-import-form input[type="file"]');
  const list = document.querySelector("[data-chosen-files]");
  input?.addEventListener("change", () => {
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }),
    );
    list.hidden = input.files.length < 2;
  });
})();
