// Walks the findings of the page and lights the figures of the one that is looked at. Reads nothing but the page, keeps nothing, sends nothing.
"use strict";
(() => {
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];
  const walked = every(".card[id]");
  const untested = every(".statement .f.untested");
  const bar = document.getElementById("bar");
  const said = document.getElementById("said");
  const help = document.getElementById("help");
  let now = null;

  const text = (element, selector) => every(selector, element).map((one) => one.textContent).join("; ");

  function say(words) {
    bar.hidden = !words;
    said.textContent = words;
  }

  function dark() {
    every(".lit").forEach((figure) => {
      figure.classList.remove("lit", "chief");
      delete figure.dataset.sign;
    });
    if (now) {
      now.classList.remove("now");
      now = null;
    }
  }

  function open(element) {
    for (let above = element.parentElement; above; above = above.parentElement) {
      if (above.tagName === "DETAILS") above.open = true;
    }
  }

  function show(element, block = "center") {
    open(element);
    element.scrollIntoView({ block, inline: "nearest" });
  }

  function lights(finding) {
    return (finding.dataset.lights || "").split(" ").filter(Boolean).map((pair) => {
      const [id, sign] = pair.split(":");
      return [document.getElementById(id), sign];
    }).filter(([figure]) => figure);
  }

  function chief(finding) {
    const lit = lights(finding).map(([figure]) => figure);
    return document.getElementById(finding.dataset.suspect || "") || lit[0] || null;
  }

  // `from` is the figure that was clicked: the page then stays where it is.
  function light(finding, from = null) {
    dark();
    now = finding;
    finding.classList.add("now");
    lights(finding).forEach(([figure, sign]) => {
      figure.classList.add("lit");
      figure.dataset.sign = sign;
    });
    const main = chief(finding);
    if (main && finding.dataset.suspect) main.classList.add("chief");
    show(finding, "nearest");
    if (main && !from) show(main);
    const at = walked.indexOf(finding);
    const count = at < 0 ? "" : `Finding ${at + 1} of ${walked.length}. `;
    const arithmetic = text(finding, ".arithmetic");
    const parts = [text(finding, ".relation") + " " + text(finding, ".period"), arithmetic, text(finding, ".difference")];
    say(count + parts.map((part) => part.trim()).filter(Boolean).join("\n"));
  }

  function walk(step) {
    if (!walked.length) {
      say("There is no finding to look at.");
      return;
    }
    const at = walked.indexOf(now);
    const next = at < 0 ? (step > 0 ? 0 : walked.length - 1) : (at + step + walked.length) % walked.length;
    light(walked[next]);
    walked[next].focus({ preventScroll: true });
  }

  function off() {
    dark();
    say("");
  }

  // A second visit to the same figure goes on to its next finding.
  function choose(figure) {
    const findings = (figure.dataset.in || "").split(" ").filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean);
    reach(figure);
    if (!findings.length) {
      dark();
      figure.classList.add("lit");
      say(figure.title);
      return;
    }
    const next = figure.classList.contains("lit") && now ? findings[(findings.indexOf(now) + 1) % findings.length] : findings[0];
    light(next, figure);
    const which = findings.length > 1 ? ` (relationship ${findings.indexOf(next) + 1} of ${findings.length} of this figure)` : "";
    say(`${said.textContent}\n${figure.title.split("\n").pop()}${which}`);
  }

  // One figure of each table is in the tab order; arrows go on from there.
  function reach(figure) {
    const table = figure.closest("table, ul");
    if (!table) return;
    every('.f[tabindex="0"]', table).forEach((one) => one.setAttribute("tabindex", "-1"));
    figure.setAttribute("tabindex", "0");
  }

  function arrow(figure, key) {
    const cell = figure.closest("td");
    if (!cell) return null;
    const sideways = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
    if (sideways) {
      for (let to = cell[sideways]; to; to = to[sideways]) {
        if (to.querySelector(".f")) return to.querySelector(".f");
      }
      return null;
    }
    const upward = key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
    for (let row = cell.parentElement[upward]; row; row = row[upward]) {
      const to = row.cells[cell.cellIndex];
      if (to && to.querySelector(".f")) return to.querySelector(".f");
    }
    return null;
  }

  function nextUntested() {
    if (!untested.length) {
      say("Every figure of the tables is tested.");
      return;
    }
    const at = untested.indexOf(document.activeElement);
    const next = untested[(at + 1) % untested.length];
    dark();
    next.classList.add("lit");
    reach(next);
    next.focus({ preventScroll: true });
    show(next);
    const [caption, ...known] = next.title.split("\n");
    say(`Untested figure ${((at + 1) % untested.length) + 1} of ${untested.length}. ${caption}\n${known.slice(0, -1).join(" · ")}`);
  }

  every(".statement, .claims").forEach((table) => {
    const first = table.querySelector(".f");
    if (first) first.setAttribute("tabindex", "0");
  });

  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-walk]");
    if (to) {
      if (to.dataset.walk === "help") help.showModal();
      else if (to.dataset.walk === "close") help.close();
      else if (to.dataset.walk === "off") off();
      else walk(Number(to.dataset.walk));
      return;
    }
    const figure = event.target.closest("a.f");
    if (figure) {
      event.preventDefault();
      choose(figure);
      return;
    }
    const link = event.target.closest("a.to");
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      const around = link.closest(".finding[data-lights]");
      if (around) light(around, target);
      else choose(target);
      reach(target);
      show(target);
      target.focus({ preventScroll: true });
      return;
    }
    const finding = event.target.closest(".finding button") && event.target.closest(".finding[data-lights], .card");
    if (finding) light(finding);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const at = document.activeElement;
    const key = event.key;
    if (key === "j" || key === "n") walk(1);
    else if (key === "k" || key === "p") walk(-1);
    else if (key === "u") nextUntested();
    else if (key === "Escape") off();
    else if (key === "?") help.showModal();
    else if (key === "Enter" && at && at === now) {
      const figure = chief(now);
      if (!figure) return;
      reach(figure);
      show(figure);
      figure.focus({ preventScroll: true });
    } else if (key.startsWith("Arrow") && at && at.matches(".statement .f")) {
      const next = arrow(at, key);
      if (!next) return;
      reach(next);
      next.focus();
    } else return;
    event.preventDefault();
  });

  // A small screen shows the findings before what the signs mean.
  if (matchMedia("(max-width: 64rem)").matches) every(".legend details").forEach((one) => { one.open = false; });

  // Paper has nothing to unfold.
  addEventListener("beforeprint", () => every("details.printed").forEach((one) => { one.open = true; }));

  const linked = document.getElementById(location.hash.slice(1));
  if (linked && linked.matches(".finding")) light(linked);
})();
