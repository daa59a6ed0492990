// Marks and numbered pins where comment threads stand in the pages, and the ways between a pin and its thread.

const MARGIN = 8;   // pixels from the edge of the page to the first pin
const PIN = 24;     // pixels that a pin takes, its target included

const readThreads = () => JSON.parse(document.getElementById("reader-threads").textContent);

// Marks of the threads on one page; pdf.js throws away what is in a page when it draws it anew.
function draw(view, threads, current) {
  view.div.querySelectorAll(".marks").forEach((marks) => marks.remove());
  const layer = (name) => Object.assign(document.createElement("div"), { className: `marks ${name}` });
  const under = layer("marks-under");
  const over = layer("marks-over");
  const { width, height } = view.viewport;
  const tops = [];
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  for (const thread of threads.filter((each) => each.page === view.id)) {
    const kind = thread.id === current ? "on" : thread.resolved ? "done" : thread.mine ? "mine" : "";
    const boxes = (thread.quads ?? []).map(([x1, y1, x2, y2]) => {
      const [a, b] = view.viewport.convertToViewportPoint(x1, y1);
      const [c, d] = view.viewport.convertToViewportPoint(x2, y2);
      return { left: Math.min(a, c), top: Math.min(b, d), right: Math.max(a, c), bottom: Math.max(b, d) };
    });
    for (const box of boxes) {
      const mark = document.createElement("span");
      mark.className = `anchor${kind ? ` anchor-${kind}` : ""}`;
      mark.style.left = percent(box.left, width);
      mark.style.top = percent(box.top, height);
      mark.style.width = percent(box.right - box.left, width);
      mark.style.height = percent(box.bottom - box.top, height);
      under.append(mark);
    }
    const pin = document.createElement("a");
    pin.className = `pin${kind ? ` pin-${kind}` : ""}${thread.mine ? " pin-mine" : ""}`;
    pin.href = `#thread-${thread.id}`;
    pin.textContent = thread.number;
    pin.setAttribute("aria-label", `Comment ${thread.number}${thread.quote ? `: ${thread.quote.slice(0, 80)}` : ""}`);
    pin.dataset.pin = thread.id;
    const top = boxes.length ? Math.min(...boxes.map((box) => box.top)) : MARGIN;
    const beside = tops.filter((each) => Math.abs(each - top) < PIN).length;
    tops.push(top);
    pin.style.top = percent(top, height);
    pin.style.left = `${MARGIN + beside * PIN}px`;
    over.append(pin);
  }
  view.div.querySelector(".canvasWrapper")?.after(under);
  view.div.append(over);
}

export function markThreads({ root, container, eventBus, viewer }, go) {
  let threads = readThreads();
  let current = null;
  const drawAll = () => {
    for (let index = 0; index < viewer.pagesCount; index += 1) {
      const view = viewer.getPageView(index);
      if (view?.div.querySelector(".canvasWrapper")) draw(view, threads, current);
    }
  };
  const take = (id) => {
    current = id;
    document.querySelectorAll(".thread-on").forEach((thread) => thread.classList.remove("thread-on"));
    document.getElementById(`thread-${id}`)?.classList.add("thread-on");
    drawAll();
  };
  const show = (id) => {
    const thread = threads.find((each) => each.id === id);
    if (!thread?.page) return;
    const top = Math.max(...(thread.quads ?? []).map((quad) => quad[3]));
    take(id);
    if (Number.isFinite(top)) viewer.scrollPageIntoView({ pageNumber: thread.page, destArray: [null, { name: "XYZ" }, null, top + 120, null] });
    else go(thread.page);
  };
  container.addEventListener("click", (event) => {
    const pin = event.target.closest("[data-pin]");
    const thread = pin && document.getElementById(`thread-${pin.dataset.pin}`);
    if (!thread) return;
    event.preventDefault();
    take(pin.dataset.pin);
    thread.tabIndex = -1;
    thread.focus({ preventScroll: true });
    thread.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto-page], [data-goto-thread]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.gotoThread) show(link.dataset.gotoThread);
    else go(Number(link.dataset.gotoPage));
    container.focus({ preventScroll: true });
    if (matchMedia("(max-width: 75rem)").matches) root.scrollIntoView();
  });
  document.addEventListener("htmx:afterSettle", () => {
    threads = readThreads();
    drawAll();
  });
  eventBus.on("pagerendered", ({ source }) => draw(source, threads, current));
  return show;
}
