// The comment form beside the pages: it has the fields page, quote, prefix, suffix and quads, and takes its place
// from the selection until something is written in it; then only the button moves it.

import { anchorOf } from "./reader-anchor.mjs";

const WAIT = 150;   // milliseconds after which a selection counts as made

const whole = (page) => ({ page, quote: "", prefix: "", suffix: "", quads: [] });

function previewOf() {
  const preview = document.createElement("div");
  preview.className = "quote-now";
  preview.setAttribute("role", "status");
  const words = Object.assign(document.createElement("p"), { className: "quote" });
  const acts = Object.assign(document.createElement("p"), { className: "linkacts" });
  const button = (text) => Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link p-0", textContent: text });
  const wholePage = button("Comment on the whole page");
  const byHand = button("Type page and words by hand");
  acts.append(wholePage, byHand);
  preview.append(words, acts);
  return { preview, words, wholePage, byHand };
}

export function followSelection({ root, container, eventBus, viewer }, button) {
  const form = document.getElementById(root.dataset.commentForm);
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const text = [...form.querySelectorAll("textarea")].find((area) => area !== field("quote"));
  const plain = ["page", "quote"].map((name) => field(name)?.closest("[data-plain], .mb-3")).filter(Boolean);
  const { preview, words, wholePage, byHand } = previewOf();
  let selected = null;

  const tell = () => {
    const { value: quote } = field("quote");
    const { value: page } = field("page");
    words.textContent = quote ? `Page ${page}: “${quote}”` : `On page ${page} as a whole. Select words in the page to comment on these.`;
    wholePage.hidden = !quote;
  };
  const place = (anchor) => {
    for (const [name, value] of Object.entries(anchor)) {
      field(name).value = name === "quads" ? JSON.stringify(value) : value;
    }
    tell();
  };
  const showFields = (shown) => {
    plain.forEach((box) => { box.hidden = !shown; });
    preview.hidden = shown;
  };
  const takeSelection = () => {
    if (!selected) return;
    place(selected);
    showFields(false);
    form.scrollIntoView({ block: "nearest" });
    text?.focus({ preventScroll: true });
  };

  (plain[0] ?? form.firstElementChild).before(preview);
  if (field("quote").value || text?.value) tell();
  else place(whole(viewer.currentPageNumber));
  showFields(plain.some((box) => box.matches(".field-bad")));

  button.addEventListener("click", takeSelection);
  wholePage.addEventListener("click", () => place(whole(viewer.currentPageNumber)));
  byHand.addEventListener("click", () => {
    field("quads").value = "[]";
    showFields(true);
    field("page").focus();
  });
  container.addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || !selected) return;
    event.preventDefault();
    takeSelection();
  });
  eventBus.on("pagechanging", ({ pageNumber }) => {
    if (!preview.hidden && !field("quote").value && !text?.value.trim()) place(whole(pageNumber));
  });
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const selection = document.getSelection();
      if (!container.contains(selection.anchorNode)) return;
      selected = anchorOf(selection, (number) => viewer.getPageView(number - 1));
      button.hidden = !selected;
      if (selected && !preview.hidden && !text?.value.trim()) place(selected);
    }, WAIT);
  });
}
