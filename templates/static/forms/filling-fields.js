/* What single fields can do more with scripts: search in long lists, move the choices of a ranking, fill in the
   counties of a province, ask the browser where it is, upload with progress, draw a signature, count characters. */
(function () {
  "use strict";

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function tell(field) { field.dispatchEvent(new Event("change", { bubbles: true })); }

  /* Characters left */
  function count(field) {
    var limit = Number(field.dataset.limit), form = field.form, told = make("p", "q__count");
    told.setAttribute("aria-live", "polite");
    field.insertAdjacentElement("afterend", told);
    function show() {
      var left = limit - Array.from(field.value).length, over = left < 0;
      var near = over || (field.value && left <= Math.max(20, limit / 10));
      told.textContent = near && form ? (over ? form.dataset.over : form.dataset.left).replace("{n}", Math.abs(left)) : "";
      told.classList.toggle("q__count--over", over);
    }
    field.addEventListener("input", show);
    show();
  }

  /* Search in a drop-down: what is typed leaves the fitting options */
  function searchSelect(select) {
    var options = Array.from(select.options), box = make("input", "field q__search");
    box.type = "search";
    box.autocomplete = "off";
    box.setAttribute("aria-label", select.dataset.search);
    box.placeholder = select.dataset.search;
    select.insertAdjacentElement("beforebegin", box);
    box.addEventListener("input", function (event) {
      event.stopPropagation();
      var wanted = box.value.trim().toLowerCase(), fitting = 0;
      options.forEach(function (option) {
        var fits = !wanted || !option.value || option.selected || option.text.toLowerCase().indexOf(wanted) >= 0;
        option.hidden = !fits;
        if (fits && option.value) fitting += 1;
      });
      select.size = wanted ? Math.min(8, Math.max(2, fitting + 1)) : 1;
    });
    select.addEventListener("change", function () { box.value = ""; select.size = 1; options.forEach(function (one) { one.hidden = false; }); });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); select.focus(); }
    });
  }

  function searchChoices(list) {
    var box = make("input", "field q__search");
    box.type = "search";
    box.setAttribute("aria-label", list.dataset.search);
    box.placeholder = list.dataset.search;
    list.insertAdjacentElement("beforebegin", box);
    box.addEventListener("input", function (event) {
      event.stopPropagation();
      var wanted = box.value.trim().toLowerCase();
      list.querySelectorAll("label").forEach(function (label) {
        label.hidden = Boolean(wanted) && label.textContent.toLowerCase().indexOf(wanted) < 0 && !label.querySelector("input").checked;
      });
    });
  }

  /* A ranking: buttons up and down, the numbers follow */
  function rank(list) {
    function number(event) {
      Array.from(list.children).forEach(function (row, place) {
        row.querySelector("select").value = String(place + 1);
        row.querySelector(".q__rank-number").textContent = place + 1 + ".";
        row.querySelector("[data-by='-1']").disabled = place === 0;
        row.querySelector("[data-by='1']").disabled = place === list.children.length - 1;
      });
      if (event) tell(list.querySelector("select"));
    }
    var ranked = Array.from(list.querySelectorAll("select")).every(function (select) { return select.value; });
    Array.from(list.children).forEach(function (row) {
      var name = row.querySelector(".q__rank-name"), select = row.querySelector("select");
      row.prepend(make("span", "q__rank-number"));
      [["-1", "↑", list.dataset.up], ["1", "↓", list.dataset.down]].forEach(function (kind) {
        var button = make("button", "button button--quiet", kind[1]);
        button.type = "button";
        button.dataset.by = kind[0];
        button.setAttribute("aria-label", kind[2].replace("{name}", name.textContent));
        button.addEventListener("click", function () {
          var other = kind[0] === "-1" ? row.previousElementSibling : row.nextElementSibling;
          if (!other) return;
          if (kind[0] === "-1") list.insertBefore(row, other); else list.insertBefore(other, row);
          number(true);
          (button.disabled ? row.querySelector("button:not([disabled])") : button).focus();
        });
        row.append(button);
      });
      if (ranked) select.hidden = true;
      select.addEventListener("input", function () { select.hidden = false; });
    });
    if (ranked) number(false);
    else list.querySelectorAll(".q__rank-number").forEach(function (one) { one.textContent = "·"; });
    list.addEventListener("click", function (event) {
      if (event.target.dataset.by) list.querySelectorAll("select").forEach(function (one) { one.hidden = true; });
    });
  }

  /* An address: the counties come with the province. Where they do not come, the page itself can be asked for them. */
  function address(box) {
    var province = box.querySelector("[data-province]"), county = box.querySelector("[data-county]");
    if (!province) return;
    province.addEventListener("change", function () {
      var first = county.options[0].cloneNode(true), chosen = province.value.slice(0, 2);
      county.replaceChildren(first);
      first.textContent = chosen ? box.dataset.choose : box.dataset.first;
      if (!chosen) return;
      county.setAttribute("aria-busy", "true");
      fetch(box.dataset.address.replace("/00/", "/" + chosen + "/"), { credentials: "same-origin" })
        .then(function (answer) { return answer.json(); })
        .then(function (found) { if (province.value.slice(0, 2) === chosen) list(found.groups); })
        .catch(function () { box.querySelector("[data-without-script]").removeAttribute("data-without-script"); })
        .finally(function () { county.removeAttribute("aria-busy"); });
    });
    function list(groups) {
      groups.forEach(function (group) {
        var part = document.createElement("optgroup");
        part.label = group.label;
        group.options.forEach(function (one) { part.append(new Option(one.label, one.value)); });
        county.append(part);
      });
    }
  }

  function locate(box) {
    var button = box.querySelector("[data-locate]"), told = box.querySelector("[data-told]");
    if (!navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      told.textContent = box.dataset.asking;
      navigator.geolocation.getCurrentPosition(function (found) {
        box.querySelector("[name$=':lat']").value = found.coords.latitude.toFixed(6);
        box.querySelector("[name$=':lon']").value = found.coords.longitude.toFixed(6);
        box.querySelector("[data-accuracy]").value = String(Math.round(found.coords.accuracy));
        told.textContent = box.dataset.found.replace("{metres}", Math.round(found.coords.accuracy));
        tell(box.querySelector("[name$=':lat']"));
      }, function () { told.textContent = box.dataset.failed; }, { enableHighAccuracy: true, timeout: 20000 });
    });
  }

  /* Files: each is sent as soon as it is chosen */
  function files(box) {
    var input = box.querySelector("input[type=file]"), list = box.querySelector("[data-stored]"), form = input.form;
    if (!form || !form.dataset.upload) return;
    var name = input.name.replace(/:new$/, "");
    list.addEventListener("change", function (event) {
      if (event.target.name === name + ":remove" && event.target.dataset.fresh) event.target.closest("li").remove();
    });
    input.addEventListener("change", function () {
      var chosen = Array.from(input.files), room = Number(box.dataset.most) - list.querySelectorAll("li:not(.q__file--wrong)").length;
      input.value = "";
      chosen.slice(0, Math.max(room, 0)).forEach(function (file) { send(file); });
    });
    function send(file) {
      var row = make("li", "q__file"), bar = make("progress", "q__progress"), request = new XMLHttpRequest(), data = new FormData();
      row.append(make("span", "", file.name), bar);
      bar.max = 1; bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      list.append(row);
      data.append("file", file);
      data.append("question", name.slice(2));
      request.open("POST", form.dataset.upload);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.upload.addEventListener("progress", function (event) { if (event.lengthComputable) bar.value = event.loaded / event.total; });
      request.addEventListener("load", function () {
        var answer = {};
        try { answer = JSON.parse(request.responseText); } catch (problem) { answer = {}; }
        if (request.status === 201) stored(row, answer); else failed(row, file, answer.message);
      });
      request.addEventListener("error", function () { failed(row, file, form.dataset.retry); });
      request.send(data);
    }
    function stored(row, answer) {
      var kept = make("input"), link = make("a", "", answer.name), remove = make("label", "choice q__remove"), tick = make("input");
      kept.type = "hidden"; kept.name = name; kept.value = answer.id;
      link.href = answer.url;
      tick.type = "checkbox"; tick.name = name + ":remove"; tick.value = answer.id;
      remove.append(tick, make("span", "", form.dataset.remove));
      row.replaceChildren(kept, link, make("span", "q__size", answer.size), remove);
      tell(kept);
    }
    function failed(row, file, message) {
      row.className = "q__file q__file--wrong";
      row.replaceChildren(make("span", "q__error", file.name + "：" + (message || form.dataset.retry)));
    }
  }

  /* A signature drawn by hand */
  function sign(box) {
    var pad = box.querySelector("[data-pad]"), canvas = pad.querySelector("canvas"), kept = pad.querySelector("input");
    var pen = canvas.getContext("2d"), drawing = false, drawn = false;
    pad.hidden = false;
    pen.lineWidth = 4; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#10243a";
    function at(event) {
      var frame = canvas.getBoundingClientRect();
      return [(event.clientX - frame.left) * canvas.width / frame.width, (event.clientY - frame.top) * canvas.height / frame.height];
    }
    canvas.addEventListener("pointerdown", function (event) {
      drawing = true; canvas.setPointerCapture(event.pointerId);
      pen.beginPath(); pen.moveTo.apply(pen, at(event));
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!drawing) return;
      drawn = true; pen.lineTo.apply(pen, at(event)); pen.stroke();
    });
    ["pointerup", "pointercancel"].forEach(function (end) {
      canvas.addEventListener(end, function () { drawing = false; keep(); });
    });
    pad.querySelector("[data-wipe]").addEventListener("click", function () {
      pen.clearRect(0, 0, canvas.width, canvas.height); drawn = false; kept.value = "";
    });
    function keep() {
      if (!drawn) return;
      var flat = document.createElement("canvas"), paper = flat.getContext("2d");
      flat.width = canvas.width; flat.height = canvas.height;
      paper.fillStyle = "#ffffff"; paper.fillRect(0, 0, flat.width, flat.height); paper.drawImage(canvas, 0, 0);
      kept.value = flat.toDataURL("image/png");
    }
  }

  /* A slider beside the number. Before there is an answer it stands nowhere: it shows that it was not answered, and
     only touching it answers. */
  function slide(box) {
    var field = box.querySelector("input"), slider = make("input", "slider");
    slider.type = "range";
    slider.min = box.dataset.min; slider.max = box.dataset.max; slider.step = box.dataset.step;
    slider.setAttribute("aria-label", field.labels.length ? field.labels[0].textContent.trim() : "");
    function show() {
      var number = field.value.trim(), empty = number === "" || isNaN(number);
      slider.value = empty ? (Number(slider.min) + Number(slider.max)) / 2 : number;
      slider.classList.toggle("slider--empty", empty);
      slider.setAttribute("aria-valuetext", empty ? field.placeholder : number);
    }
    function answer() {
      var fresh = field.value !== slider.value;
      field.value = slider.value;
      show();
      return fresh;
    }
    slider.addEventListener("input", answer);
    /* A touch where it stood already moves nothing, and no event tells of it. */
    slider.addEventListener("pointerup", function () { if (answer()) tell(field); });
    field.addEventListener("input", show);
    show();
    box.prepend(slider);
  }

  [
    ["[data-limit]", count], ["select[data-search]", searchSelect], [".q__choices[data-search]", searchChoices],
    ["[data-ranks]", rank], ["[data-address]", address], ["[data-location]", locate], ["[data-files]", files],
    ["[data-signature]", sign], ["[data-slider]", slide]
  ].forEach(function (pair) { document.querySelectorAll(pair[0]).forEach(pair[1]); });
})();
