/* What is offered while somebody types into a search box: an editable combobox with a list, after the ARIA Authoring
   Practices. Without this file the boxes are plain forms. */
(function () {
  "use strict";

  var WAIT = 120; // milliseconds of quiet before the site is asked
  var kept = {}; // answers of this page: typing back and forth asks nothing

  function attach(form, number) {
    var input = form.querySelector("input[type=search]");
    var list = document.createElement("ul");
    var said = document.createElement("p");
    var items = [], chosen = -1, typed = input.value, timer = 0, asked = null;

    list.id = "suggestions-" + number;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.label);
    list.hidden = true;
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    form.append(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function open() {
      if (!items.length) return;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function mark(place) {
      chosen = place;
      Array.prototype.forEach.call(list.children, function (option, at) {
        option.setAttribute("aria-selected", String(at === place));
        if (at === place) option.scrollIntoView({ block: "nearest" });
      });
      if (place < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.id + "-" + place);
    }

    function show(found) {
      items = found;
      list.replaceChildren.apply(list, found.map(function (text, place) {
        var option = document.createElement("li");
        option.id = list.id + "-" + place;
        option.className = "suggestions__item";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        return option;
      }));
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      said.textContent = found.length ? form.dataset.said.replace("{n}", found.length) : "";
      if (found.length) open(); else close();
    }

    function ask() {
      var text = input.value.trim();
      if (asked) asked.abort();
      if (!text) return show([]);
      if (kept[text]) return show(kept[text]);
      asked = new AbortController();
      fetch(form.dataset.suggest + "?q=" + encodeURIComponent(text), { signal: asked.signal })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (answer) {
          kept[text] = answer.items;
          if (input.value.trim() === text && document.activeElement === input) show(answer.items);
        })
        .catch(function () { /* the network is away, or more was typed */ });
    }

    function later() {
      typed = input.value;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }

    function move(step) {
      if (list.hidden) { if (items.length) open(); else return ask(); }
      var next = chosen + step;
      if (next >= items.length) next = -1;
      if (next < -1) next = items.length - 1;
      mark(next);
      input.value = next < 0 ? typed : items[next];
    }

    function take(place) {
      input.value = items[place];
      close();
      if (form.requestSubmit) form.requestSubmit(); else form.submit();
    }

    input.addEventListener("input", function (event) { if (!event.isComposing) later(); });
    input.addEventListener("compositionend", later);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (event.altKey) { if (event.key === "ArrowUp") close(); else open(); return; }
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        input.value = typed;
        close();
      } else if (event.key === "Enter") {
        clearTimeout(timer);
        close();
      }
    });
    input.addEventListener("blur", function () { clearTimeout(timer); close(); });
    list.addEventListener("pointerdown", function (event) { event.preventDefault(); }); // the focus stays in the box
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) take(Array.prototype.indexOf.call(list.children, option));
    });
  }

  document.querySelectorAll("form[data-suggest]").forEach(attach);
})();
