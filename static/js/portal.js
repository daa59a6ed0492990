// Small comforts on every page. Each page works without them.

const posts = (form) => form instanceof HTMLFormElement && form.method === "post";

// "/" leads to the search field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (!search?.offsetParent) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Copy buttons beside identifiers.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.getAttribute("aria-label");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.setAttribute("aria-label", `Copied ${button.dataset.copy}`);
    button.classList.add("copied");
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
  }
  setTimeout(() => { button.setAttribute("aria-label", label); button.classList.remove("copied"); }, 2000);
});

// The menu of small screens closes like a menu.
const closeMenu = (back) => {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  if (back) menu.querySelector("summary").focus();
};
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenu(true); });
document.addEventListener("click", (event) => { if (!event.target.closest("details.menu")) closeMenu(false); });

// A form is sent once. The server would not act twice either; this saves the person the question.
const release = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!posts(form) || event.defaultPrevented) return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  delete form.dataset.dirty;
  event.submitter?.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) release(form);
});

// Leaving a form with changes asks first.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) form.dataset.dirty = "";
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]:not([data-sent], [data-draft-key])")) event.preventDefault();
});

// Drafts: what is typed in a form with a key stays in this tab until the form went through; in the browser,
// and so beyond the tab, where the key says so.
const PREFIX = "draft:";
const storeOf = (key) => (key.startsWith(`${PREFIX}browser:`) ? localStorage : sessionStorage);
const drafts = () => [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter((key) => key.startsWith(PREFIX));
const read = (key) => JSON.parse(storeOf(key).getItem(key) ?? "null");
const write = (key, draft) => storeOf(key).setItem(key, JSON.stringify(draft));
const drop = (key) => storeOf(key).removeItem(key);
const typed = (form) => [...form.querySelectorAll("textarea[name], input[type=text][name], [data-draft]")];

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft-key]");
  if (!form) return;
  const values = Object.fromEntries(typed(form).map((field) => [field.name, field.value]));
  write(PREFIX + form.dataset.draftKey, { values, sent: false });
});
document.addEventListener("submit", (event) => {
  const key = PREFIX + (event.target.dataset?.draftKey ?? "");
  const draft = read(key);
  if (draft && !event.defaultPrevented) write(key, { ...draft, sent: true });
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-draft-key]");
  if (form && event.detail.elt === form && event.detail.xhr.status < 400) drop(PREFIX + form.dataset.draftKey);
});

// A sent draft is dropped on the page that follows, unless that page says the form did not go through.
const settleDrafts = () => {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const refused = document.querySelector("[data-refused], .field-bad, .notice-stop");
  for (const key of drafts()) {
    const draft = read(key);
    if (!draft.sent) continue;
    if (arrived && !refused) drop(key);
    else write(key, { ...draft, sent: false });
  }
};
const restoreDraft = (form) => {
  const draft = read(PREFIX + form.dataset.draftKey);
  if (!draft) return;
  for (const field of typed(form)) {
    const kept = draft.values[field.name];
    if (!kept || kept === field.value) continue;
    const saved = field.value;
    field.value = kept;
    if ("draft" in field.dataset) continue;   // goes with the text, without a word of its own
    const note = document.createElement("p");
    note.className = "reason";
    note.setAttribute("role", "status");
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-link p-0";
    undo.textContent = "Take it out again";
    undo.addEventListener("click", () => {
      field.value = saved;
      drop(PREFIX + form.dataset.draftKey);
      note.remove();
      field.focus();
    });
    note.append("What you had typed here and not saved was put back. ", undo);
    field.after(note);
  }
};
settleDrafts();
document.querySelectorAll("form[data-draft-key]").forEach(restoreDraft);
document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.detail.elt.querySelector?.("form[data-draft-key]");
  if (form) restoreDraft(form);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-drop-draft]")?.closest("form[data-draft-key]");
  if (form) drop(PREFIX + form.dataset.draftKey);
});

// While a choice stands open a form does not save by itself, lest its buttons change under the pointer.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (!form?.querySelector("[data-refused]")) return;
  if (event.detail.requestConfig.triggeringEvent?.type !== "submit") event.preventDefault();
});

// A form that saves by itself is sent once more when its page goes out of sight.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (!read(PREFIX + form.dataset.draftKey)) continue;
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } });
  }
});

// A refused form starts at its list of errors.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector?.("[data-focus]")?.focus());
