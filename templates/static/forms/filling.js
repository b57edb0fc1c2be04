/* A page of a form, while it is being filled in. The page works without this file; with it, what is typed is saved
   on the way, questions come and go as the answers ask, and two devices are told of each other. */
(function () {
  "use strict";

  var WAIT = 1200; // milliseconds after the last key
  var RETRY = 5000;
  document.documentElement.classList.add("with-script");

  function openSteps() {
    if (window.CSS && CSS.supports("selector(::details-content)")) return;
    var wide = window.matchMedia("(min-width: 64rem)");
    function apply() { document.querySelectorAll("[data-steps]").forEach(function (box) { box.open = wide.matches; }); }
    wide.addEventListener("change", apply);
    apply();
  }

  function cookie(name) {
    var found = document.cookie.split("; ").find(function (one) { return one.indexOf(name + "=") === 0; });
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /* Another log-in has brought another token: take it before sending, or all that was typed would be refused. */
  function freshToken(form) {
    var field = form.elements.csrfmiddlewaretoken, fresh = cookie("csrftoken");
    if (field && fresh) field.value = fresh;
    return field ? field.value : "";
  }

  function focusMistakes() {
    var box = document.querySelector(".mistakes[autofocus]");
    if (box) box.focus();
  }

  function Filling(form) {
    this.form = form;
    this.told = form.querySelector("[data-saved]");
    this.timer = 0;
    this.busy = false;
    this.waiting = false;
    this.leaving = false;
    this.kept = {};
    this.sent = this.snapshot();
    var self = this;
    form.addEventListener("input", function (event) { self.changed(event, WAIT); });
    form.addEventListener("change", function (event) { self.changed(event, 150); });
    form.addEventListener("submit", function () { self.leaving = true; clearTimeout(self.timer); freshToken(form); });
    window.addEventListener("online", function () { self.save(); });
    window.addEventListener("pageshow", function (event) { if (event.persisted) { self.leaving = false; self.sent = ""; self.save(); } });
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") self.farewell(); });
    this.showVisible();
  }

  Filling.prototype.snapshot = function () {
    var data = new FormData(this.form);
    var parts = [];
    data.forEach(function (value, name) {
      if (/^(q|clear|masked):/.test(name) && typeof value === "string") parts.push(name + "=" + value);
    });
    return parts.join("\n");
  };

  Filling.prototype.changed = function (event, wait) {
    if (event.target.type === "file") return;
    var self = this;
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.save(); }, wait);
  };

  Filling.prototype.body = function () {
    var data = new FormData(this.form), self = this;
    Array.from(data.keys()).forEach(function (name) { if (/:new$/.test(name)) data.delete(name); });
    Object.keys(this.kept).forEach(function (name) { data.set("keep:" + name, self.kept[name]); });
    data.set("go", "autosave");
    return new URLSearchParams(data);
  };

  Filling.prototype.save = function () {
    var self = this, snapshot = this.snapshot();
    if (this.leaving || (snapshot === this.sent && !Object.keys(this.kept).length)) return;
    if (this.busy) { this.waiting = true; return; }
    if (navigator.onLine === false) { this.say(this.form.dataset.offline, true); return; }
    this.busy = true;
    this.say(this.form.dataset.saving, false);
    var token = freshToken(this.form);
    fetch(this.form.action, {
      method: "POST",
      body: this.body(),
      headers: { Accept: "application/json", "X-CSRFToken": token },
      credentials: "same-origin"
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (state) { self.answered(answer.status, state, snapshot); });
    }).catch(function () {
      self.busy = false;
      self.say(self.form.dataset.offline, true);
      self.again();
    });
  };

  Filling.prototype.again = function () {
    var self = this;
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.save(); }, RETRY);
  };

  Filling.prototype.answered = function (status, state, snapshot) {
    this.busy = false;
    if (status === 200) { this.sent = snapshot; this.kept = {}; this.take(state); }
    else if (status === 401) { this.say(this.form.dataset.login, true); this.again(); }
    else if (status === 409 && state.problem === "race") this.race(state);
    else if (status === 409) this.say(this.form.dataset.closed, true);
    else { this.say(this.form.dataset.retry, true); this.again(); }
    if (this.waiting && status === 200) { this.waiting = false; this.save(); }
  };

  /* The page is being left: what is not saved yet is sent after it. */
  Filling.prototype.farewell = function () {
    if (this.leaving || this.snapshot() === this.sent || !navigator.sendBeacon) return;
    freshToken(this.form);
    navigator.sendBeacon(this.form.action, this.body());
  };

  Filling.prototype.say = function (text, bad) {
    this.told.textContent = text;
    this.told.classList.toggle("fill__saved--bad", bad);
  };

  Filling.prototype.take = function (state) {
    var form = this.form;
    form.elements.revision.value = state.revision;
    form.elements.bases.value = form.elements.bases.value.split(" ").map(function (one) {
      var name = one.split("=")[0];
      return name in state.bases ? name + "=" + state.bases[name] : one;
    }).join(" ");
    if (state.saved) this.say(form.dataset.savedAt.replace("{time}", state.saved), false);
    this.show(state.relevant);
    Object.keys(state.calculated).forEach(function (name) {
      form.querySelectorAll("[data-calculated]").forEach(function (place) {
        if (place.dataset.calculated === name) place.textContent = state.calculated[name] || "—";
      });
    });
    this.limit(state.choices);
    this.mark(state.steps);
  };

  Filling.prototype.show = function (relevant) {
    this.form.querySelectorAll("[data-question]").forEach(function (place) {
      var name = place.dataset.question;
      if (name in relevant) place.hidden = !relevant[name];
    });
    this.showVisible();
  };

  Filling.prototype.showVisible = function () {
    var seen = [];
    this.form.querySelectorAll("[data-question]").forEach(function (place) { if (!place.hidden) seen.push(place.dataset.question); });
    this.form.elements.visible.value = seen.join(" ");
  };

  /* Choices that a filter takes away are hidden; one that was chosen stays, so that nothing is lost unseen. */
  Filling.prototype.limit = function (choices) {
    var form = this.form;
    Object.keys(choices).forEach(function (name) {
      var left = choices[name];
      form.querySelectorAll("option, input[type=radio], input[type=checkbox]").forEach(function (one) {
        var owner = one.tagName === "OPTION" ? one.closest("select").name : one.name;
        if (owner !== name || one.value === "") return;
        var gone = left.indexOf(one.value) < 0;
        if (one.tagName === "OPTION") { one.hidden = gone; one.disabled = gone && !one.selected; }
        else one.closest("label").hidden = gone && !one.checked;
      });
    });
  };

  Filling.prototype.mark = function (steps) {
    var words = JSON.parse(this.form.dataset.states);
    steps.forEach(function (step) {
      document.querySelectorAll("[data-step]").forEach(function (button) {
        if (button.dataset.step !== step.name) return;
        button.className = "steps__step steps__step--" + step.state;
        button.querySelector("[data-state]").textContent = words[step.state];
      });
    });
  };

  /* The same answer was changed elsewhere: both are shown at the question, and the person decides. */
  Filling.prototype.race = function (state) {
    var self = this, form = this.form;
    form.elements.revision.value = state.revision;
    this.say("", false);
    state.conflicts.forEach(function (row) {
      var place = Array.from(form.querySelectorAll("[data-question]")).find(function (one) { return "q:" + one.dataset.question === row.name; });
      if (!place || place.querySelector(".conflict")) return;
      var box = document.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
      box.querySelector("[data-theirs]").textContent = row.theirs || "—";
      box.addEventListener("click", function (event) {
        var whose = event.target.dataset.keep;
        if (!whose) return;
        box.remove();
        self.kept[row.name] = whose;
        if (whose === "theirs") { self.leaving = true; self.resolve(); } else self.save();
      });
      place.append(box);
    });
  };

  /* The other answer is taken: everything else is saved, then the page is read anew. */
  Filling.prototype.resolve = function () {
    fetch(this.form.action, { method: "POST", body: this.body(), headers: { Accept: "application/json", "X-CSRFToken": freshToken(this.form) }, credentials: "same-origin" })
      .then(function () { window.location.reload(); });
  };

  openSteps();
  focusMistakes();
  document.querySelectorAll("[data-fresh-token]").forEach(function (button) {
    button.form.addEventListener("submit", function () { freshToken(button.form); });
  });
  document.querySelectorAll("form[data-fill]").forEach(function (form) { form.filling = new Filling(form); });
})();
