// The reading desk: shows a PDF and turns, sizes and searches its pages. Markup: templates/dossiers/_reader.html.

import { followSelection } from "./reader-comment.mjs";
import { markThreads } from "./reader-marks.mjs";

const root = document.querySelector("[data-reader]");
const container = root.querySelector("[data-container]");
const note = root.querySelector("[data-note]");
const tools = root.querySelector(".reader-tools");
const findBar = root.querySelector(".reader-find");
const pageField = root.querySelector("#reader-page");
const zoomField = root.querySelector("#reader-zoom");
const words = root.querySelector("#reader-words");
const act = (name) => root.querySelector(`[data-do="${name}"]`);

function fail(error) {
  const why = {
    PasswordException: "It is protected by a password.",
    InvalidPDFException: "It is damaged, or it is not a PDF.",
    ResponseException: "It could not be fetched.",
  }[error?.name] ?? "";
  container.hidden = true;
  tools.hidden = true;
  const box = document.createElement("div");
  box.className = "notice notice-stop";
  box.innerHTML = "<div><h2>The document cannot be shown here</h2><p></p></div>";
  const link = Object.assign(document.createElement("a"), { href: root.dataset.file, textContent: "Download the file" });
  link.download = "";
  box.querySelector("p").append(`${why} The file itself is as it was filed. `.trimStart(), link,
    " to read it beside this page, then give the page and the words in the comment.");
  note.replaceChildren(box);
  note.hidden = false;
}

async function open() {
  const pdfjs = await import(root.dataset.pdfjs);
  const { EventBus, PDFFindController, PDFLinkService, PDFViewer } = await import(root.dataset.viewer);
  const parts = root.dataset.parts;
  pdfjs.GlobalWorkerOptions.workerSrc = root.dataset.worker;
  const task = pdfjs.getDocument({
    url: root.dataset.file,
    cMapUrl: `${parts}cmaps/`,
    standardFontDataUrl: `${parts}standard_fonts/`,
    wasmUrl: `${parts}wasm/`,
    iccUrl: `${parts}iccs/`,
    enableXfa: false,
  });
  const file = await task.promise;

  note.hidden = true;
  container.hidden = tools.hidden = false;
  const eventBus = new EventBus();
  const linkService = new PDFLinkService({ eventBus, externalLinkTarget: 2 });
  const findController = new PDFFindController({ eventBus, linkService });
  const viewer = new PDFViewer({
    container, eventBus, linkService, findController,
    annotationMode: pdfjs.AnnotationMode.ENABLE,
    annotationEditorMode: pdfjs.AnnotationEditorType.DISABLE,
    enableAutoLinking: false,
    enableSelectionRendering: false,
    removePageBorders: true,
  });
  linkService.setViewer(viewer);
  viewer.setDocument(file);
  linkService.setDocument(file);
  root.querySelector("[data-pages]").textContent = file.numPages;
  return { eventBus, viewer };
}

function turnPages({ eventBus, viewer }) {
  const go = (number) => {
    viewer.currentPageNumber = Math.min(Math.max(number, 1), viewer.pagesCount);
    pageField.value = viewer.currentPageNumber;
  };
  act("previous").addEventListener("click", () => go(viewer.currentPageNumber - 1));
  act("next").addEventListener("click", () => go(viewer.currentPageNumber + 1));
  pageField.addEventListener("change", () => go(Number.parseInt(pageField.value, 10) || viewer.currentPageNumber));
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const wide = container.scrollWidth > container.clientWidth;
    const step = { PageDown: 1, PageUp: -1, ...(wide ? {} : { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    if (step) go(viewer.currentPageNumber + step);
    else if (event.key === "Home") go(1);
    else if (event.key === "End") go(viewer.pagesCount);
    else return;
    event.preventDefault();
  });
  eventBus.on("pagechanging", ({ pageNumber }) => {
    pageField.value = pageNumber;
    act("previous").disabled = pageNumber === 1;
    act("next").disabled = pageNumber === viewer.pagesCount;
  });
  return go;
}

function zoom({ eventBus, viewer }) {
  act("smaller").addEventListener("click", () => viewer.decreaseScale());
  act("larger").addEventListener("click", () => viewer.increaseScale());
  zoomField.addEventListener("change", () => { viewer.currentScaleValue = zoomField.value; });
  eventBus.on("scalechanging", ({ scale, presetValue }) => {
    const value = presetValue ?? String(scale);
    const other = zoomField.querySelector("[value=other]");
    other.textContent = `${Math.round(scale * 100)} %`;
    zoomField.value = [...zoomField.options].some((option) => option.value === value) ? value : "other";
  });
  new ResizeObserver(() => {
    if (["page-width", "page-fit"].includes(viewer.currentScaleValue)) viewer.currentScaleValue = viewer.currentScaleValue;
  }).observe(container);
}

function find({ eventBus }) {
  const told = root.querySelector("[data-found]");
  const search = (type, backwards = false) => eventBus.dispatch("find", {
    source: window, type, query: words.value, caseSensitive: false, entireWord: false,
    highlightAll: true, findPrevious: backwards, matchDiacritics: false,
  });
  const show = (open) => {
    findBar.hidden = !open;
    act("find").setAttribute("aria-expanded", open);
    if (open) {
      words.focus();
      words.select();
      return;
    }
    eventBus.dispatch("findbarclose", { source: window });
    act("find").focus();
  };
  act("find").addEventListener("click", () => show(findBar.hidden));
  act("close-find").addEventListener("click", () => show(false));
  act("found-before").addEventListener("click", () => search("again", true));
  words.addEventListener("input", () => search(""));
  findBar.addEventListener("submit", (event) => { event.preventDefault(); search("again"); });
  findBar.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  root.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    show(true);
  });
  const tell = ({ matchesCount: { current: at, total } }) => {
    told.textContent = total ? `${at} of ${total}` : words.value ? "Not in this document" : "";
  };
  eventBus.on("updatefindmatchescount", tell);
  eventBus.on("updatefindcontrolstate", ({ state, matchesCount }) => { if (state !== 3) tell({ matchesCount }); });
}

note.textContent = "Loading the document …";
try {
  const desk = { root, container, ...await open() };
  const go = turnPages(desk);
  zoom(desk);
  find(desk);
  const show = markThreads(desk, go);
  desk.eventBus.on("pagesinit", () => {
    desk.viewer.currentScaleValue = "page-width";
    go(Number(root.dataset.page));
    followSelection(desk, act("comment"));
    const asked = location.hash.startsWith("#thread-") && location.hash.slice("#thread-".length);
    if (asked) show(asked);
    root.dataset.ready = "";
  });
} catch (error) {
  fail(error);
}
