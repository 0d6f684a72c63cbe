"use strict";
// Only comfort: without it, the page shows the same.
(function () {
  // Legends become switches that hide a policy in every chart of curves.
  for (const entry of document.querySelectorAll("[data-toggle]")) {
    entry.setAttribute("role", "button");
    entry.setAttribute("tabindex", "0");
    entry.setAttribute("aria-pressed", "true");
    const toggle = function () {
      const shown = entry.getAttribute("aria-pressed") !== "true";
      entry.setAttribute("aria-pressed", String(shown));
      for (const part of document.querySelectorAll('[data-series="' + entry.dataset.toggle + '"]')) {
        part.classList.toggle("off", !shown);
      }
    };
    entry.addEventListener("click", toggle);
    entry.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        toggle();
      }
    });
  }

  // All curves at the round under the pointer.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  document.body.append(tip);
  for (const chart of document.querySelectorAll("svg.lines")) {
    const cursor = chart.querySelector(".cursor");
    const leave = function () {
      tip.hidden = true;
      cursor.style.visibility = "hidden";
      chart.querySelectorAll(".near").forEach(function (point) { point.classList.remove("near"); });
    };
    chart.addEventListener("pointerleave", leave);
    chart.addEventListener("pointermove", function (event) {
      leave();
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
      const points = Array.from(chart.querySelectorAll(".series:not(.off) .point"));
      const distance = function (point) { return Math.abs(point.cx.baseVal.value - place.x); };
      const nearest = points.reduce(function (best, point) {
        return best === null || distance(point) < distance(best) ? point : best;
      }, null);
      if (nearest === null || distance(nearest) > 40) {
        return;
      }
      const x = nearest.cx.baseVal.value;
      const near = points.filter(function (point) { return Math.abs(point.cx.baseVal.value - x) < 0.01; });
      near.sort(function (a, b) { return a.cy.baseVal.value - b.cy.baseVal.value; });
      tip.replaceChildren();
      for (const point of near) {
        const line = document.createElement("div");
        line.className = point.parentNode.classList[1];
        line.textContent = point.querySelector("title").textContent;
        tip.append(line);
        point.classList.add("near");
      }
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.style.visibility = "visible";
      tip.hidden = false;
      const left = event.clientX + 18 + tip.offsetWidth > window.innerWidth ? event.clientX - 18 - tip.offsetWidth : event.clientX + 18;
      tip.style.left = Math.max(4, left) + "px";
      tip.style.top = Math.max(4, Math.min(event.clientY + 12, window.innerHeight - tip.offsetHeight - 4)) + "px";
    });
  }
})();
