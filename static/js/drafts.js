// What a person typed and did not save outlives the tab. It is kept in the browser, under the person and the
// form, until the form went through, for a month at most. A draft remembers on which edition it was written:
// the hidden fields with data-draft (of the field that it names, or of the whole form). So what somebody saved
// meanwhile is not overwritten by it. Forms with data-autosave send themselves besides.

const PREFIX = "draft:";
const SENT = "sent:";
const MONTH = 30 * 24 * 60 * 60 * 1000;
const NEVER_KEPT = new Set(["hidden", "file", "password", "submit", "button", "reset"]);
const REFUSED = "[data-refused], [data-unsaved], .field-bad, .notice-stop";

const keyOf = (form) => PREFIX + form.dataset.draftKey;
const stored = (key) => localStorage.getItem(key);
const read = (key) => JSON.parse(stored(key) ?? "null");
const drop = (key) => localStorage.removeItem(key);
const keysOf = (store, prefix) => Object.keys(store).filter((key) => key.startsWith(prefix));
const formAround = (element) => element?.closest?.("form[data-draft-key]");

const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const fieldsNamed = (form, name) => [...form.elements].filter((field) => field.name === name && !NEVER_KEPT.has(field.type));
const valueOf = (form, name) => fieldsNamed(form, name).filter((field) => !isTicked(field) || field.checked).map((field) => field.value);
const marksOf = (form) => [...form.elements].filter((field) => field.type === "hidden" && "draft" in field.dataset);
const isSame = (some, other) => some.length === other.length && some.every((value, place) => value === other[place]);

function fill(form, values) {
  for (const [name, kept] of Object.entries(values)) {
    fieldsNamed(form, name).forEach((field, place) => {
      if (isTicked(field)) field.checked = kept.includes(field.value);
      else field.value = kept[place] ?? field.value;
    });
  }
}
function setMarks(form, marks, names) {
  for (const mark of marksOf(form)) {
    const of = mark.dataset.draft;
    const belongs = !of || names.some((name) => name === of || name.startsWith(`${of}__`));
    if (belongs && mark.name in marks) mark.value = marks[mark.name];
  }
}
const readMarks = (form) => Object.fromEntries(marksOf(form).map((mark) => [mark.name, mark.value]));

document.addEventListener("input", ({ target }) => {
  const form = formAround(target.form);
  if (!form || !target.name || NEVER_KEPT.has(target.type)) return;
  const key = keyOf(form);
  const values = { ...read(key)?.values, [target.name]: valueOf(form, target.name) };
  localStorage.setItem(key, JSON.stringify({ values, marks: readMarks(form), at: Date.now() }));
});

// A draft that was sent is dropped on the page that follows, unless that page says the form did not go through.
document.addEventListener("submit", (event) => {
  const form = formAround(event.target);
  const draft = form && stored(keyOf(form));
  if (draft && !event.defaultPrevented) sessionStorage.setItem(SENT + keyOf(form), draft);
});
function settle() {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const refused = document.querySelector(REFUSED) !== null;
  const stay = new Set();
  for (const mark of keysOf(sessionStorage, SENT)) {
    const key = mark.slice(SENT.length);
    if (!arrived || refused) stay.add(key);
    else if (stored(key) === sessionStorage.getItem(mark)) drop(key);
    sessionStorage.removeItem(mark);
  }
  return stay;
}
function forgetOld() {
  for (const key of keysOf(localStorage, PREFIX)) {
    if (!(read(key).at > Date.now() - MONTH)) drop(key);
  }
}

function restore(form) {
  const key = keyOf(form);
  const draft = read(key);
  const names = Object.keys(draft?.values ?? {}).filter((name) => fieldsNamed(form, name).length);
  const changed = names.filter((name) => !isSame(draft.values[name], valueOf(form, name)));
  if (!changed.length) {
    if (names.length) drop(key);   // it was saved, if only as the tab closed
    return;
  }
  const values = Object.fromEntries(changed.map((name) => [name, valueOf(form, name)]));
  const before = { values, marks: readMarks(form) };
  fill(form, Object.fromEntries(changed.map((name) => [name, draft.values[name]])));
  setMarks(form, draft.marks, changed);
  // A field with data-draft goes with the text, without a word of its own.
  if (changed.every((name) => "draft" in fieldsNamed(form, name)[0].dataset)) return;
  tell(form, () => {
    fill(form, before.values);
    setMarks(form, before.marks, changed);
    drop(key);
    fieldsNamed(form, changed[0])[0].focus();
  });
}
function tell(form, takeOut) {
  const note = Object.assign(document.createElement("p"), { className: "reason" });
  note.setAttribute("role", "status");
  const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link p-0", textContent: "Take it out again" });
  undo.addEventListener("click", () => { takeOut(); note.remove(); });
  note.append("What you had typed here and not saved was put back. ", undo);
  form.prepend(note);
  form.closest("details")?.setAttribute("open", "");
}

forgetOld();
const refused = settle();
for (const form of document.querySelectorAll("form[data-draft-key]")) {
  if (!refused.has(keyOf(form))) restore(form);
}
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const form = target.matches?.("form[data-draft-key]") ? target : target.querySelector?.("form[data-draft-key]");
  if (form && !target.querySelector(REFUSED)) restore(form);
});
document.addEventListener("click", ({ target }) => {
  const form = formAround(target.closest("[data-drop-draft]"));
  if (form) drop(keyOf(form));
});

// What htmx has saved is no draft any more, unless something was typed while it was on its way.
const underWay = new WeakMap();
const savedBy = ({ requestConfig }) => (requestConfig.verb === "post" ? formAround(requestConfig.elt) : null);
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const form = savedBy(detail);
  if (form) underWay.set(form, stored(keyOf(form)));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = savedBy(detail);
  const isSaved = detail.xhr.status >= 200 && detail.xhr.status < 400 && !form?.querySelector("[data-unsaved]");
  if (form && isSaved && stored(keyOf(form)) === underWay.get(form)) drop(keyOf(form));
});

// While a choice stands open a form does not save by itself, lest its buttons change under the pointer.
const isOpenChoice = (form) => form.querySelector("[data-refused]") !== null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (!form || !isOpenChoice(form)) return;
  if (event.detail.requestConfig.triggeringEvent?.type !== "submit") event.preventDefault();
});

// A form that saves by itself is sent once more when its page goes out of sight.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if ("sent" in form.dataset || isOpenChoice(form) || !stored(keyOf(form))) continue;
    const body = new FormData(form);
    body.set("autosave", "1");
    fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } });
  }
});
