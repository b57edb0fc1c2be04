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
    this.touched = new Set(); // questions that were answered and left, or have been found wrong
    this.verdict = { relevant: {}, calculated: {} }; // the server's last word
    this.live = null; // live.js
    this.sent = this.snapshot();
    var self = this;
    this.begin();
    form.addEventListener("input", function (event) { self.changed(event, WAIT); });
    form.addEventListener("change", function (event) { self.changed(event, 150); });
    form.addEventListener("submit", function () { self.leaving = true; clearTimeout(self.timer); freshToken(form); });
    window.addEventListener("online", function () { self.save(); });
    window.addEventListener("pageshow", function (event) { if (event.persisted) { self.leaving = false; self.sent = ""; self.save(); } });
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") self.farewell(); });
    this.showVisible();
  }

  /* What the server said with the page itself. */
  Filling.prototype.begin = function () {
    var self = this;
    this.places = Array.from(this.form.querySelectorAll("[data-question]"));
    this.places.forEach(function (place) {
      self.verdict.relevant[place.dataset.question] = !place.hidden;
      if (place.classList.contains("q--wrong")) self.touched.add(place.dataset.question);
    });
    this.outputs = Array.from(this.form.querySelectorAll("[data-calculated]"));
    this.outputs.forEach(function (place) {
      self.verdict.calculated[place.dataset.calculated] = place.textContent === "—" ? "" : place.textContent;
    });
  };

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
    var self = this, place = event.target.closest("[data-question]");
    if (event.type === "change" && place) this.touched.add(place.dataset.question);
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
    if (status === 200) { this.sent = snapshot; this.kept = {}; this.take(state, snapshot); }
    else if (status === 401) { this.say(this.form.dataset.login, true); this.again(); }
    else if (status === 409 && state.problem === "race") this.race(state);
    else if (status === 409) this.say(this.form.dataset.closed, true);
    else { this.say(state.message || this.form.dataset.retry, true); this.again(); }
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

  Filling.prototype.take = function (state, snapshot) {
    var form = this.form, self = this;
    form.elements.revision.value = state.revision;
    form.elements.bases.value = form.elements.bases.value.split(" ").map(function (one) {
      var name = one.split("=")[0];
      return name in state.bases ? name + "=" + state.bases[name] : one;
    }).join(" ");
    if (state.saved) this.say(form.dataset.savedAt.replace("{time}", state.saved), false);
    this.verdict = { relevant: state.relevant, calculated: state.calculated };
    this.mark(state.steps);
    // What was typed since this was sent, the server has not seen: then the page goes on by itself.
    if (this.live && this.snapshot() !== snapshot) { this.live.update(); return; }
    this.show(state.relevant);
    this.calculate(state.calculated);
    this.limit(state.choices);
    this.word(state.texts);
    Object.keys(state.problems).forEach(function (name) {
      if (!state.problems[name].length) self.complain(name, []);
      else if (self.touched.has(name)) self.complain(name, state.problems[name]);
    });
  };

  /* Questions come and go. One that is being typed into goes when it is left. */
  Filling.prototype.show = function (relevant) {
    var self = this, came = 0, went = 0;
    this.places.forEach(function (place) {
      var name = place.dataset.question;
      if (!(name in relevant) || place.hidden === !relevant[name]) return;
      if (!relevant[name] && place.contains(document.activeElement)) {
        place.addEventListener("focusout", function () { self.show(self.verdict.relevant); }, { once: true });
        return;
      }
      place.hidden = !relevant[name];
      if (relevant[name]) came += 1; else went += 1;
    });
    if (!came && !went) return;
    this.showVisible();
    this.tell(came ? this.form.dataset.came.replace("{n}", came) : this.form.dataset.went.replace("{n}", went));
  };

  /* Said to those who do not see it, when they have paused. */
  Filling.prototype.tell = function (text) {
    var told = this.form.querySelector("[data-told]");
    clearTimeout(this.telling);
    this.telling = setTimeout(function () { told.textContent = text; }, 600);
  };

  Filling.prototype.showVisible = function () {
    var seen = this.places.filter(function (place) { return !place.hidden; });
    this.form.elements.visible.value = seen.map(function (place) { return place.dataset.question; }).join(" ");
  };

  Filling.prototype.calculate = function (calculated) {
    this.outputs.forEach(function (place) {
      var name = place.dataset.calculated, text = name in calculated ? calculated[name] || "—" : place.textContent;
      if (place.textContent !== text) place.textContent = text;
    });
  };

  /* Texts that tell an answer: "question:label", "question:hint". */
  Filling.prototype.word = function (texts) {
    this.form.querySelectorAll("[data-text]").forEach(function (place) {
      var text = texts[place.dataset.text];
      if (text !== undefined && place.dataset.now !== text) place.textContent = place.dataset.now = text;
    });
  };

  /* What is wrong with an answer, at its question; nothing when all is well. */
  Filling.prototype.complain = function (name, messages) {
    var place = this.places.find(function (one) { return one.dataset.question === name; });
    var told = place && document.getElementById("q:" + name + ":error"), text = messages.join("；");
    if (!told || (told.dataset.now || "") === text && place.classList.contains("q--wrong") === Boolean(text)) return;
    told.textContent = told.dataset.now = text;
    told.hidden = !text;
    place.classList.toggle("q--wrong", Boolean(text));
    place.querySelectorAll("input, select, textarea").forEach(function (field) {
      if (field.id !== "q:" + name) return;
      if (text) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    });
    this.describe(place, told.id, Boolean(text));
    if (text) this.tell(place.querySelector(".q__label").firstChild.textContent.trim() + "：" + text);
  };

  Filling.prototype.describe = function (place, id, there) {
    var holder = place.tagName === "FIELDSET" ? place : document.getElementById(id.replace(/:error$/, ""));
    if (!holder) return;
    var ids = (holder.getAttribute("aria-describedby") || "").split(" ").filter(function (one) { return one && one !== id; });
    if (there) ids.push(id);
    if (ids.length) holder.setAttribute("aria-describedby", ids.join(" ")); else holder.removeAttribute("aria-describedby");
  };

  /* Take a complaint back that the answer has met. */
  Filling.prototype.forgive = function (name, message) {
    var told = document.getElementById("q:" + name + ":error");
    if (told && told.textContent.indexOf(message) >= 0) this.complain(name, []);
  };

  /* Choices that a filter takes away are hidden; one that was chosen stays, so that nothing is lost unseen. Of a long
     list the page holds only what was left: then what comes is put in. */
  Filling.prototype.limit = function (choices) {
    var form = this.form;
    Object.keys(choices).forEach(function (name) {
      var values = choices[name].map(function (one) { return Array.isArray(one) ? one[0] : one; }), held = new Set();
      var select = form.querySelector('select[name="' + CSS.escape(name) + '"]');
      var at = '[name="' + CSS.escape(name) + '"]', rows = '.q__row input[name^="' + CSS.escape(name + ":") + '"]';
      form.querySelectorAll("select" + at + " option, input" + at + ", " + rows).forEach(function (one) {
        if (one.value === "" || one.type === "hidden") return;
        held.add(one.value);
        var gone = values.indexOf(one.value) < 0;
        if (one.tagName === "OPTION") { one.hidden = gone && !one.selected; one.disabled = gone && !one.selected; }
        else one.closest("label").hidden = gone && !one.checked;
      });
      if (select) choices[name].forEach(function (one) {
        if (Array.isArray(one) && !held.has(one[0])) select.append(new Option(one[1], one[0]));
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
