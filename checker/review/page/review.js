// What a review needs beside the page of the report: it asks the server that the page came from, and nobody else. All text is set as text.
(() => {
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const finder = document.querySelector(".finder");
  const revision = Number(by("review").dataset.revision);
  const WORDS = { undecided: "Undecided", confirmed: "Confirmed as an error", dismissed: "Dismissed, pending", approved: "Dismissed and signed", disputed: "Disputed" };
  let state = null, target = "", says = "", back = null;

  // ---- asking -----------------------------------------------------------------------------------------------------------

  async function ask(name, body) {
    const answer = await fetch(name, body === undefined ? { cache: "no-store" } : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ revision, ...body }),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.wrong || `The review does not answer (${answer.status}).`);
    return said;
  }

  function wrong(within, error) {
    within.querySelector(".wrong").textContent = error ? error.message : "";
  }

  function make(name, words = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = words;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  // ---- what was decided -------------------------------------------------------------------------------------------------

  // The row of the list of untested figures that is about a figure.
  const rows = new Map(every(".untested-figures tbody tr").map((row) => [row.querySelector("a.to").hash.slice(1), row]));
  const place = (id) => rows.get(id) || by(id);

  function controls(id, known) {
    const at = place(id);
    if (!at) return;
    const [old, shown] = [at.dataset.decided, at.querySelector(".decide")];
    const box = shown || make("div", "", { class: "decide" });
    at.dataset.decided = known.decided;
    const words = rows.has(id) && known.decided === "confirmed" ? "Confirmed: has to be tied" : rows.has(id) && known.decided === "dismissed" ? "Dismissed" : WORDS[known.decided];
    const list = make("ul", "", { class: "decisions" });
    known.decisions.forEach((one) => {
      const signed = one.approver ? `, signed by ${one.approver} until ${one.expires}` : "";
      const from = one.carried ? `, carried over from ${one.carried}` : "";
      list.append(make("li", `${one.by} ${one.says}${signed}${from}: ${one.reason}${one.holds ? "" : " (of another amount: no longer holds)"}`, { class: one.holds ? "" : "stale" }));
    });
    const name = at.querySelector(".relation, a.to").textContent;
    const acts = [["confirmed", "Confirm"], ["dismissed", "Dismiss"], ...(known.decisions.length ? [["", "Take back"]] : [])];
    const buttons = acts.map(([value, label]) => make("button", label, { type: "button", "data-says": value, "data-target": id, "aria-label": `${label}: ${name}` }));
    box.replaceChildren(make("p", words, { class: `state ${known.decided}` }), list, ...buttons);
    if (!shown) (rows.has(id) ? at.lastElementChild : at).append(box);
    if (shown && old !== known.decided) box.classList.add("fresh");
  }

  function show(fresh) {
    state = fresh;
    Object.entries(state.findings).forEach(([id, known]) => controls(id, known));
    Object.entries(state.figures).forEach(([id, known]) => controls(id, known));
    const total = Object.keys(state.findings).length, left = state.undecidedFindings;
    const figures = Object.keys(state.figures).length, open = state.undecided - left;
    const parts = [state.outcome, `${total - left} of ${total} findings decided`];
    if (figures) parts.push(`${figures - open} of ${figures} untested figures decided`);
    if (state.pending) parts.push(`${state.pending} waiting to be signed`);
    by("progress").textContent = `${parts.filter(Boolean).join("; ")}. Kept in ${state.file}`;
    const { count, documents } = state.elsewhere;
    by("elsewhere").hidden = !count;
    by("elsewhere-said").textContent = `${count} ${count === 1 ? "decision" : "decisions"} on ${documents.join(", ")} ${count === 1 ? "holds" : "hold"} of this draft too.`;
    by("trouble").hidden = !state.trouble.length;
    by("trouble").replaceChildren(...state.trouble.map((words) => make("p", words)));
    by("changed").hidden = !state.changes.length;
    by("changes").replaceChildren(...state.changes.map((one) => {
      const item = make("li", one.text, { class: one.findings.length ? "broken" : "" });
      if (one.findings.length) item.append(one.findings.length > 1 ? "; findings" : "; finding");
      one.findings.slice(0, 10).forEach((id, at) => item.append(" ", make("a", `${at + 1}`, { href: `#${id}`, class: "go", "aria-label": `finding ${at + 1}` })));
      if (!one.findings.length && one.figures.length) item.append(" ", make("a", "look", { href: `#${one.figures[0]}`, class: "to" }));
      return item;
    }));
    if (finder.querySelector('[data-only="decided"]').value) finder.dispatchEvent(new Event("input"));
  }

  // ---- deciding ---------------------------------------------------------------------------------------------------------

  function lit() {
    const finding = document.querySelector(".card.now");
    if (finding) return finding.id;
    const row = document.activeElement && document.activeElement.closest(".untested-figures tr[data-decided]");
    if (row) return row.querySelector("a.to").hash.slice(1);
    const figure = document.querySelector(".f.lit.untested[id]");
    return figure ? figure.id : "";
  }

  function open(dialog) {
    back = document.activeElement;
    wrong(dialog, null);
    dialog.showModal();
  }

  function close(dialog) {
    dialog.close();
    if (back && back.isConnected) back.focus({ preventScroll: true });
    judgedAgain();
  }

  function decide(id, value) {
    if (!id || !(state.findings[id] || state.figures[id])) {
      by("progress").textContent = "Choose a finding or an untested figure first.";
      return;
    }
    [target, says] = [id, value];
    const about = place(id);
    by("deciding-h").textContent = { confirmed: "Confirm", dismissed: "Dismiss", "": "Take back" }[value];
    by("deciding-about").textContent = about.querySelector(".relation, a.to").textContent;
    const reason = by("reason");
    reason.closest("label").hidden = !value;
    reason.required = !!value;
    reason.value = "";
    open(by("deciding"));
    (value ? reason : by("by")).focus();
  }

  by("deciding").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      show(await ask("decide", { target, says, reason: by("reason").value, by: by("by").value }));
      close(by("deciding"));
    } catch (error) {
      wrong(by("deciding"), error);
    }
  });

  by("signing").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      show(await ask("sign", { approver: by("approver").value, expires: by("expires").value }));
      close(by("signing"));
    } catch (error) {
      wrong(by("signing"), error);
    }
  });

  function next() {
    const open = every('[data-decided="undecided"]').filter((one) => !one.matches(".off"));
    if (!open.length) {
      by("progress").textContent = "Nothing is left to decide.";
      return;
    }
    const now = document.querySelector(".card.now") || (document.activeElement && document.activeElement.closest("[data-decided]"));
    const after = open.find((one) => now && now.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const to = after || open[0];
    const door = to.querySelector("h4 button, a.to");
    door.click();
    if (to.matches("tr")) {
      to.closest("details").open = true;
      to.scrollIntoView({ block: "center" });
      door.focus({ preventScroll: true });
    } else to.focus({ preventScroll: true });
  }

  // ---- another draft ----------------------------------------------------------------------------------------------------

  const busy = () => !!document.querySelector("dialog[open]") || !!(by("pointing") && !by("pointing").hidden);

  // The page is loaded anew with what was chosen in it; who is in the middle of something is asked first.
  function judgedAgain(now = false) {
    if (!state || state.revision === revision) return;
    if (busy() && !now) {
      by("anew").hidden = false;
      return;
    }
    const kept = every("input[id], select", finder).map((one) => one.value);
    history.replaceState({ kept, added: state.added, by: by("by").value, approver: by("approver").value, at: scrollY }, "", location.href);
    location.reload();
  }

  async function look() {
    try {
      const fresh = await ask(`state?seen=${state ? state.version : ""}`);
      if (fresh.version && fresh.revision === revision) show(fresh);
      else if (fresh.version) {
        state = fresh;
        judgedAgain();
      }
      document.body.classList.remove("gone");
    } catch (error) {
      document.body.classList.add("gone");
      by("trouble").hidden = false;
      by("trouble").replaceChildren(make("p", "The review has ended: start tieout review again."));
      return;
    }
    setTimeout(look, document.hidden ? 4000 : 1000);
  }

  // ---- acts and keys ----------------------------------------------------------------------------------------------------

  const ACTS = {
    next,
    sign: () => {
      const waiting = state.pending;
      by("signing-about").textContent = waiting ? `${waiting} dismissed ${waiting === 1 ? "finding waits" : "findings wait"} to be signed.` : "No dismissal waits to be signed.";
      open(by("signing"));
      by("approver").focus();
    },
    close: (from) => close(from.closest("dialog")),
    carry: async () => {
      try {
        show(await ask("carry", {}));
      } catch (error) {
        by("elsewhere-said").textContent = error.message;
      }
    },
    reload: () => judgedAgain(true),
    seen: () => by("changed").classList.remove("late"),
  };

  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (act && ACTS[act.dataset.act]) ACTS[act.dataset.act](act);
    const decided = event.target.closest("[data-says]");
    if (decided) decide(decided.dataset.target, decided.dataset.says);
    const go = event.target.closest("a.go");
    if (go) {
      const finding = by(go.hash.slice(1));
      const door = finding && finding.querySelector("h4 button, button");
      if (!door) return;
      event.preventDefault();
      door.click();
      finding.focus({ preventScroll: true });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "c") decide(lit(), "confirmed");
    else if (event.key === "d") decide(lit(), "dismissed");
    else if (event.key === "i") next();
    else if (event.key === "a" && ACTS.point) ACTS.point();
    else return;
    event.preventDefault();
  });

  // ---- pointing at a calculation ------------------------------------------------------------------------------------------

  const panel = by("pointing");
  let pointed = [], asking = 0;

  function point() {
    if (!panel.hidden) return;
    pointed = [];
    panel.hidden = false;
    document.body.classList.add("pointing");
    by("pointed-by").value = by("pointed-by").value || by("by").value;
    wrong(panel, null);
    drawn();
  }

  function unpoint() {
    panel.hidden = true;
    document.body.classList.remove("pointing");
    every(".pointed").forEach((one) => one.classList.remove("pointed"));
    judgedAgain();
  }

  function faces(id) {
    return [by(id), document.querySelector(`[data-of="${id}"]`)].filter(Boolean);
  }

  function drawn(words = "") {
    by("pointing-said").textContent = words || (pointed.length ? "Point at its parts; the signs are found where they can be." : "Point at the total: click it, or press Enter on it.");
    by("pointed").replaceChildren(...pointed.map((one, at) => {
      const item = make("li");
      const [above, where] = one.figure.title.split("\n");
      const caption = above.split(" › ").pop();
      const sign = at ? make("button", one.sign < 0 ? "−" : "+", { type: "button", class: "sign", "data-turn": at, "aria-label": `${caption} is ${one.sign < 0 ? "taken away" : "added"}: turn` }) : make("span", "=", { class: "sign" });
      const out = make("button", "×", { type: "button", "data-out": at, "aria-label": `Leave out ${caption}` });
      item.append(sign, make("span", `${caption} ${one.figure.querySelector(".n").textContent}`, { title: `${above} ${where || ""}` }), out);
      return item;
    }));
  }

  const asked = () => ({ total: pointed[0].figure.id, parts: pointed.slice(1).map((one) => [one.figure.id, one.chosen]) });

  // Only the last answer counts: whoever points is faster than the server.
  async function weigh() {
    wrong(panel, null);
    drawn();
    if (pointed.length < 2) return;
    const number = asking += 1;
    try {
      const found = await ask("suggest", asked());
      if (number !== asking) return;
      found.signs.forEach((sign, at) => { pointed[at + 1].sign = sign; });
      drawn(found.holds ? "It holds." : `It does not hold yet: ${found.difference} apart.`);
    } catch (error) {
      if (number === asking) wrong(panel, error);
    }
  }

  function pick(figure) {
    const at = pointed.findIndex((one) => one.figure === figure);
    if (at >= 0) pointed.splice(at, 1);
    else pointed.push({ figure, sign: 1, chosen: 0 });
    every(".pointed").forEach((one) => one.classList.remove("pointed"));
    pointed.forEach((one) => faces(one.figure.id).forEach((face) => face.classList.add("pointed")));
    weigh();
  }

  document.addEventListener("click", (event) => {
    if (panel.hidden) return;
    const figure = event.target.closest("a.f");
    if (figure) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pick(by(figure.dataset.of || figure.id) || figure);
      return;
    }
    const turn = event.target.closest("[data-turn]");
    if (turn) {
      const one = pointed[Number(turn.dataset.turn)];
      one.sign = one.chosen = -one.sign;
      weigh();
    }
    const out = event.target.closest("[data-out]");
    if (out) pick(pointed[Number(out.dataset.out)].figure);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopImmediatePropagation();
    unpoint();
  }, true);

  ACTS.point = point;
  ACTS.unpoint = unpoint;
  ACTS.add = async () => {
    if (pointed.length < 2) {
      wrong(panel, new Error("Point at the total, then at its parts."));
      return;
    }
    try {
      state = await ask("add", { ...asked(), by: by("pointed-by").value });
      by("by").value = by("by").value || by("pointed-by").value;
      unpoint();
    } catch (error) {
      wrong(panel, error);
    }
  };

  const kept = history.state;
  if (kept && kept.kept) {
    every("input[id], select", finder).forEach((one, at) => { one.value = kept.kept[at] || ""; });
    every(":scope select[data-order], :scope select[data-view]", finder).forEach((one) => one.dispatchEvent(new Event("input", { bubbles: true })));
    finder.dispatchEvent(new Event("input"));
    by("by").value = kept.by;
    by("changed").classList.add("late");
    if (kept.added) by("added").textContent = `Added ${kept.added}`;
    by("approver").value = kept.approver;
    history.replaceState(null, "", location.href);
  }
  look();
})();
