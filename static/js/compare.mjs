// Pages of two versions beside each other, drawn by pdf.js as they come into sight, each pair in one row so that
// both turn together. Markup: templates/dossiers/_compared_page.html. Without this script the words stand there.

const root = document.querySelector("[data-compare]");
const sheets = [...root.querySelectorAll("[data-sheet]")];
const files = new Map();
const SHARPEST = 2;
let pdfjs;

async function fileOf(url) {
  pdfjs ??= import(root.dataset.pdfjs);
  const { getDocument, GlobalWorkerOptions } = await pdfjs;
  GlobalWorkerOptions.workerSrc = root.dataset.worker;
  if (!files.has(url)) {
    const parts = root.dataset.parts;
    files.set(url, getDocument({
      url,
      cMapUrl: `${parts}cmaps/`,
      standardFontDataUrl: `${parts}standard_fonts/`,
      wasmUrl: `${parts}wasm/`,
      iccUrl: `${parts}iccs/`,
      enableXfa: false,
    }).promise);
  }
  return files.get(url);
}

async function draw(sheet) {
  try {
    const file = await fileOf(sheet.dataset.sheet);
    const page = await file.getPage(Number(sheet.dataset.page));
    const sharpness = Math.min(devicePixelRatio, SHARPEST);
    const scale = (sheet.clientWidth * sharpness) / page.getViewport({ scale: 1 }).width;
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.setAttribute("aria-hidden", "true");   // the words of the page stay for those who do not see it
    await page.render({ canvas, viewport }).promise;
    sheet.querySelector(".compared-text").classList.add("visually-hidden");
    sheet.prepend(canvas);
    sheet.dataset.drawn = "";
  } catch {
    sheet.dataset.drawn = "not";   // its words are shown instead
  }
  sheet.classList.remove("compared-waiting");
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    draw(target);
  }
}, { rootMargin: "400px 0px" });
for (const sheet of sheets) {
  sheet.classList.add("compared-waiting");   // keeps its room, so that nothing moves when it is drawn
  seen.observe(sheet);
}
