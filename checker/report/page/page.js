// Walks the findings of the page and lights the figures of the one that is looked at. Reads nothing but the page, keeps nothing, sends nothing.
"use strict";
(() => {
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const bar = document.getElementById("bar");
  const said = document.getElementById("said");
  const help = document.getElementById("help");
  const finder = document.querySelector(".finder");
  const matched = document.getElementById("matched");
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

  // Where a figure stands on the face of the document, where that is the view.
  function face(figure) {
    const document_ = figure.closest(".document.as-original");
    return (document_ && document_.querySelector(`[data-of="${figure.id}"]`)) || figure;
  }

  function show(element, block = "center") {
    const seen = element.matches(".f") ? face(element) : element;
    open(seen);
    seen.scrollIntoView({ block, inline: "nearest" });
  }

  function turned(one) {
    const chosen = document.querySelector("[data-view]");
    one.classList.toggle("as-original", !!chosen && chosen.value === "original" && !!one.querySelector(".original"));
  }

  function view() {
    every(".document").forEach(turned);
    if (now) light(now);
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

  // ---- documents of a large folder stand on the page in brief until they are opened ----

  const briefs = new Map();
  const spoken_of = new Map();

  // The markup that the page holds of a document, unpacked.
  function unpacked(one) {
    const bytes = Uint8Array.from(atob(byId(`${one.id}-packed`).textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  async function unfold(one) {
    if (!one.matches(".folded")) return true;
    let markup = "";
    try {
      markup = await unpacked(one);
    } catch (error) {
      say("This browser cannot open it here. A report on this document alone needs no opening: tieout check FILE --output html:PAGE.");
      return false;
    }
    if (!one.matches(".folded")) return true;
    if (now && one.contains(now)) off();
    const brief = one.querySelector(".brief");
    briefs.set(one, brief);
    brief.remove();
    const made = new DOMParser().parseFromString(markup, "text/html"); // nothing runs or loads in what it makes
    one.querySelector(".detail").replaceChildren(...made.body.childNodes);
    one.classList.remove("folded");
    pressed(one, "true");
    ready(one);
    if (document.body.classList.contains("searching")) search();
    return true;
  }

  function fold(one) {
    if (now && one.contains(now)) off();
    one.querySelector(".detail").replaceChildren();
    one.querySelector(".detail").before(briefs.get(one));
    one.classList.add("folded");
    one.classList.remove("as-original");
    pressed(one, "false");
    if (document.body.classList.contains("searching")) search();
    one.scrollIntoView({ block: "nearest" });
  }

  function pressed(one, open_) {
    const button = one.querySelector(".unfold");
    button.setAttribute("aria-expanded", open_);
    button.firstChild.data = open_ === "true" ? "Close " : "Open ";
  }

  // What has an id, its document opened where it stands in one that is not; a finding told in brief leads to its card.
  async function reached(id) {
    const there = byId(id);
    if (there && !there.dataset.card) return there;
    const number = /^(?:finding-)?d(\d+)/.exec(id);
    const one = there ? there.closest(".document") : byId(number ? `d${number[1]}` : id.startsWith("finding-") ? "d0" : "");
    if (!one || !one.matches(".folded") || !(await unfold(one))) return there;
    return byId(id);
  }

  async function paper() {
    const folded = every(".document.folded:not(.off)");
    for (const [at, one] of folded.entries()) {
      say(`Opening document ${at + 1} of ${folded.length} for paper.`);
      await new Promise((done) => setTimeout(done));
      if (!(await unfold(one))) return;
    }
    say("");
    print();
  }

  // The words of a folded document, for the search: kept once they were asked for.
  async function spelled(one) {
    const text = (await unpacked(one)).replace(/<[^>]*>/g, " ").toLowerCase();
    const signs = { lt: "<", gt: ">", quot: '"', "#x27": "'", amp: "&" };
    spoken_of.set(one, text.replace(/&(lt|gt|quot|#x27|amp);/g, (_, name) => signs[name]));
  }

  // `from` is the figure that was clicked: the page then stays where it is.
  function light(finding, from = null) {
    dark();
    now = finding;
    finding.classList.add("now");
    lights(finding).forEach(([figure, sign]) => {
      [figure, face(figure)].forEach((one) => {
        one.classList.add("lit");
        one.dataset.sign = sign;
      });
    });
    const main = chief(finding);
    if (main && finding.dataset.suspect) [main, face(main)].forEach((one) => one.classList.add("chief"));
    const lasting = finding.querySelector(".lasting");
    if (lasting) history.replaceState(history.state, "", lasting.hash);
    show(finding, "nearest");
    if (main && !from) show(main);
    const isNote = (one) => one.dataset.severity === "note";  // two errors and twelve notes are not fourteen errors
    const walked = every(".card[id], .finding[data-card]").filter((one) => isNote(one) === isNote(finding));
    const at = walked.indexOf(finding);
    const count = at < 0 ? "" : `${isNote(finding) ? "Note" : "Finding"} ${at + 1} of ${walked.length}. `;
    const arithmetic = text(finding, ".arithmetic");
    const parts = [text(finding, ".relation") + " " + text(finding, ".period"), arithmetic, text(finding, ".difference")];
    say(count + parts.map((part) => part.trim()).filter(Boolean).join("\n"));
  }

  async function walk(step) {
    const shown = every(".card[id]:not(.off), .finding[data-card]:not(.off)").filter((one) => !one.closest(".document.off"));
    if (!shown.length) {
      say("There is no finding to look at.");
      return;
    }
    const at = shown.indexOf(now);
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length;
    const card = shown[next].dataset.card ? await told(shown[next]) : shown[next];
    if (!card) return;
    light(card);
    card.focus({ preventScroll: true });
  }

  // The card of a finding that is told in brief.
  async function told(brief) {
    const id = brief.dataset.card;
    return (await unfold(brief.closest(".document"))) ? byId(id) : null;
  }

  // What is looked for is kept beside each line once it was asked for: a filing has thousands.
  const words = new WeakMap();
  function said_by(element) {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  }

  const only = (key) => (finder.querySelector(`[data-only="${key}"]`) || { value: "" }).value;
  const VERDICTS = { violated: "violation", rounding: "rounding", agreed: "agrees" };

  function hide(element, hidden) {
    element.classList.toggle("off", !!hidden);
    return !hidden;
  }

  function search() {
    const asked = document.getElementById("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [status, severity, kind, rule, decided] = ["status", "severity", "kind", "rule", "decided"].map(only);
    const mark = only("mark");
    const bare = !asked.length && !status && !severity && !kind && !rule && !decided;
    const all = bare && !mark;
    const has = (element) => asked.every((word) => said_by(element).includes(word));
    const is = (element) => !decided || element.dataset.decided === decided;
    const figured = (element) => !status || element.querySelector(`.f.${status}`);
    const kinds = new Map(every(".sheet[id]").map((one) => [one.id, one.dataset.kind || ""]));
    const spoken = (one) => one.dataset.table ? kinds.get(one.dataset.table) || "" : "text";
    const lit = new Set();
    let findings = 0, rows = 0;
    every(".finding").forEach((one) => {
      const fits = all || (has(one) && (!severity || one.dataset.severity === severity) && (!rule || one.dataset.rule === rule) && is(one)
        && (!kind || spoken(one) === kind) && (!status || !VERDICTS[status] || one.classList.contains(VERDICTS[status])));
      if (hide(one, !fits)) {
        findings += 1;
        if (rule || severity || decided) (one.dataset.lights || "").split(" ").forEach((pair) => lit.add(pair.split(":")[0]));
      }
    });
    const chosen = (row) => (!rule && !severity && !decided) || every(".f", row).some((one) => lit.has(one.id));
    every(".sheet").forEach((sheet) => {
      const lines = every(".statement tbody tr:not(.section), .claims > li", sheet);
      const titled = asked.length && sheet.querySelector("h3") && has(sheet.querySelector("h3"));
      const mine = !kind || (sheet.id ? sheet.dataset.kind === kind : kind === "text");
      const count = lines.filter((row) => hide(row, !(all || (mine && (titled || has(row)) && figured(row) && chosen(row))))).length;
      every(".section", sheet).forEach((row) => hide(row, !all));
      if (hide(sheet, !all && !count)) rows += count;
    });
    every(".untested-figures tbody tr").forEach((row) => hide(row, !has(row) || !is(row)));
    every(".by-rule tbody tr").forEach((row) => hide(row, !has(row)));
    every(".findings details, .claims + details").forEach((one) => {
      if (!all && one.querySelector(".finding:not(.off), li:not(.off)")) one.open = true;
    });
    const several = every(".document");
    const chosen_ = Object.entries({ status, severity, kind, rule }).filter(([, value]) => value).map((pair) => pair.join("="));
    const unread = asked.length ? several.filter((one) => one.matches(".folded") && !spoken_of.has(one)) : [];
    let closed = 0;
    if (several.length > 1) several.forEach((one) => {
      const folded = one.matches(".folded");
      const has_ = folded ? new Set(one.dataset.has.split("\n")) : null;
      const found = folded ? chosen_.every((pair) => has_.has(pair)) && (unread.includes(one) || asked.every((word) => spoken_of.get(one).includes(word)))
        : one.querySelector(".finding:not(.off), .sheet:not(.off)");
      if (hide(one, (mark && one.dataset.mark !== mark) || (!bare && !found)) && folded) closed += 1;
    });
    document.body.classList.toggle("searching", !all);
    const lines = `${findings} ${findings === 1 ? "finding" : "findings"}, ${rows} ${rows === 1 ? "line" : "lines"}`;
    matched.textContent = all ? "" : closed && !bare ? `${lines}; ${closed} ${closed === 1 ? "document" : "documents"} to open` : lines;
    if (!unread.length) return;
    matched.textContent = `Looking in ${unread.length} documents…`;
    Promise.all(unread.map(spelled)).then(search, () => { matched.textContent = `${lines}; what is not open could not be read`; });
  }

  function order(by) {
    every(".cards").forEach((list) => {
      const cards = [...list.children];
      const rank = (card) => Number(card.dataset[by]);
      if (!list.dataset.first) {
        list.dataset.first = "kept";
        cards.forEach((card, at) => { card.dataset.listed = at; });
      }
      cards.sort((one, two) => by ? rank(one) - rank(two) : one.dataset.listed - two.dataset.listed).forEach((card) => list.append(card));
    });
  }

  function clear() {
    every("input, select:not([data-view])", finder).forEach((one) => { one.value = ""; });
    order("");
    search();
  }

  function off() {
    dark();
    say("");
  }

  // What the page does once to all that stands on it, and to each document that is opened later.
  function ready(within) {
    every(".statement, .claims", within).forEach((table) => {
      const first = table.querySelector(".f");
      if (first) first.setAttribute("tabindex", "0");
    });
    if (within === document) return;
    turned(within);
    const by = finder.querySelector("[data-order]").value;
    if (by) order(by);
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
    const untested = every(".document:not(.off) .statement .f.untested");
    if (!untested.length) {
      say(document.querySelector(".document.folded") ? "No figure of the documents that are open is untested." : "Every figure of the tables is tested.");
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

  document.addEventListener("click", async (event) => {
    const to = event.target.closest("[data-walk]");
    if (to) {
      if (to.dataset.walk === "help") help.showModal();
      else if (to.dataset.walk === "close") help.close();
      else if (to.dataset.walk === "off") off();
      else if (to.dataset.walk === "clear") clear();
      else if (to.dataset.walk === "print") paper();
      else if (to.dataset.walk === "unfold") {
        const one = to.closest(".document");
        if (one.matches(".folded")) unfold(one);
        else fold(one);
      }
      else if (to.dataset.walk === "filters") to.setAttribute("aria-expanded", String(finder.classList.toggle("unfolded")));
      else walk(Number(to.dataset.walk));
      return;
    }
    const figure = event.target.closest("a.f");
    if (figure) {
      event.preventDefault();
      choose(figure.dataset.of ? document.getElementById(figure.dataset.of) || figure : figure);
      return;
    }
    const link = event.target.closest("a.to");
    if (link) {
      event.preventDefault();
      const brief = link.closest(".finding[data-card]");
      if (brief) {
        const card = await told(brief);
        if (!card) return;
        light(card);
        card.focus({ preventScroll: true });
        return;
      }
      const around = link.closest(".finding[data-lights]");
      const target = await reached(link.hash.slice(1));
      if (!target) return;
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
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const at = document.activeElement;
    const key = event.key;
    if (key === "j" || key === "n") walk(1);
    else if (key === "k" || key === "p") walk(-1);
    else if (key === "u") nextUntested();
    else if (key === "Escape") off();
    else if (key === "?") help.showModal();
    else if (key === "/") document.getElementById("find").focus();
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

  if (finder) {
    finder.hidden = false;
    let waiting = 0;
    finder.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (event.target.dataset.order) order(event.target.value);
      else if (event.target.dataset.view) view();
      else waiting = setTimeout(search, event.target.id === "find" ? 120 : 0);
    });
  }

  async function linked() {
    const id = location.hash.slice(1);
    const target = id && (await reached(id));
    const finding = target && target.closest(".finding");
    if (finding && finding !== now) light(finding);
    else if (target && briefs.size) target.scrollIntoView();
  }
  ready(document);
  every(".unfold").forEach((one) => { one.hidden = false; });
  addEventListener("hashchange", linked);
  linked();
})();
