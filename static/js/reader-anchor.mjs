// Where selected words stand: page, the words, what is before and after them, and a box for every line in PDF points.

const AROUND = 60;   // characters kept before and after, to find the place again in a new version
const LEAST = 1;     // boxes thinner than this are line breaks

const tidy = (text) => text.replace(/\s+/g, " ");

// The text layer parts lines by <br>, which Range.toString() leaves out.
function textOf(range) {
  const walker = document.createTreeWalker(range.cloneContents(), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (node.nodeName === "BR") text += " ";
  }
  return tidy(text);
}

function between(start, end) {
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

// One box a line: boxes that share most of their height are parts of one line.
function lines(rects) {
  const found = [];
  for (const rect of rects) {
    if (rect.width < LEAST || rect.height < LEAST) continue;
    const { left, top, right, bottom } = rect;
    const line = found.find((each) => {
      const shared = Math.min(each.bottom, bottom) - Math.max(each.top, top);
      return shared > 0.6 * Math.min(each.bottom - each.top, bottom - top) && left - each.right < bottom - top && each.left - right < bottom - top;
    });
    if (!line) {
      found.push({ left, top, right, bottom });
      continue;
    }
    line.left = Math.min(line.left, left);
    line.top = Math.min(line.top, top);
    line.right = Math.max(line.right, right);
    line.bottom = Math.max(line.bottom, bottom);
  }
  return found;
}

export function anchorOf(selection, pageView) {
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const from = range.startContainer;
  const layer = (from.nodeType === Node.ELEMENT_NODE ? from : from.parentElement).closest(".textLayer");
  if (!layer) return null;
  if (!layer.contains(range.endContainer)) range.setEnd(layer, layer.childNodes.length);   // a comment stands on one page
  const quote = textOf(range).trim();
  if (!quote) return null;
  const page = layer.closest(".page");
  const view = pageView(Number(page.dataset.pageNumber));
  const frame = page.querySelector(".canvasWrapper").getBoundingClientRect();
  const scale = view.viewport.width / frame.width;
  const point = (x, y) => view.viewport.convertToPdfPoint((x - frame.left) * scale, (y - frame.top) * scale);
  const round = (number) => Math.round(number * 100) / 100;
  const quads = lines(range.getClientRects()).map(({ left, top, right, bottom }) => {
    const [a, b] = point(left, top);
    const [c, d] = point(right, bottom);
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)].map(round);
  });
  return {
    page: view.id,
    quote,
    prefix: textOf(between([layer, 0], [range.startContainer, range.startOffset])).slice(-AROUND),
    suffix: textOf(between([range.endContainer, range.endOffset], [layer, layer.childNodes.length])).slice(0, AROUND),
    quads,
  };
}
