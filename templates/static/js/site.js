/* The site works without this file. It marks the current month, opens menu and filters where a browser cannot show a
   closed <details> beside the list, and fetches lists that a page only links to. */
(function () {
  "use strict";

  function markMonth(list) {
    var now = String(Number(new Intl.DateTimeFormat("en-u-nu-latn", { month: "numeric", timeZone: "Asia/Shanghai" }).format(new Date())));
    list.querySelectorAll("[data-months]").forEach(function (month) {
      if (month.dataset.months.split(" ").indexOf(now) < 0) return;
      month.classList.add("month--now");
      month.setAttribute("aria-current", "date");
      var sign = document.createElement("span");
      sign.className = "month__now";
      sign.textContent = list.dataset.now;
      month.querySelector(".month__name").append(" ", sign);
    });
  }

  function openOnWideScreens() {
    if (window.CSS && CSS.supports("selector(::details-content)")) return;
    var wide = window.matchMedia("(min-width: 64rem)");
    function apply() {
      document.querySelectorAll("details.menu, details.filters").forEach(function (box) { box.open = wide.matches; });
    }
    wide.addEventListener("change", apply);
    apply();
  }

  function closeMenuWithEscape() {
    var menu = document.querySelector("details.menu");
    if (!menu) return;
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  function offerPrinting() {
    document.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  }

  /* Put the list in the place of the link to it when the reader comes near; without a list the whole section goes. */
  function fetchPart(section) {
    fetch(section.dataset.part + "?part=1").then(function (answer) {
      if (answer.status !== 200) { section.remove(); return; }
      return answer.text().then(function (html) {
        var made = document.createElement("template");
        made.innerHTML = html;
        section.querySelector("p").replaceWith(made.content);
      });
    }).catch(function () { /* the link stays */ });
  }

  function fetchPartsNearby() {
    if (!window.IntersectionObserver) return;
    var watch = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting) return;
        watch.unobserve(one.target);
        fetchPart(one.target);
      });
    }, { rootMargin: "600px" });
    document.querySelectorAll("[data-part]").forEach(function (section) { watch.observe(section); });
  }

  document.querySelectorAll("[data-now]").forEach(markMonth);
  openOnWideScreens();
  closeMenuWithEscape();
  offerPrinting();
  fetchPartsNearby();
})();
