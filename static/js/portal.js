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

// A box in the head of a section ticks the rows below it.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-tick-all]")) return;
  for (const box of target.closest("section").querySelectorAll("[name=row]")) box.checked = target.checked;
});

// A refused form starts at its list of errors.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector?.("[data-focus]")?.focus());
