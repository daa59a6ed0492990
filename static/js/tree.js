// The tree of sections by keyboard: arrows, Home, End and letters move between its links. It stays a list of
// links and folds; without this script Tab goes through them.

const tree = document.querySelector(".tree");
const rows = () => [...tree.querySelectorAll("a.n")].filter((row) => row.checkVisibility());
const foldOf = (row) => row.parentElement.querySelector(":scope > details");
const outerOf = (row) => row.closest("ul")?.closest("li")?.querySelector(":scope > a.n");
const LETTERS_LAST = 700;
let typed = "";
let typedAt = 0;

const rove = (row) => {
  for (const other of tree.querySelectorAll("a.n[tabindex='0']")) other.tabIndex = -1;
  row.tabIndex = 0;
};
const go = (row) => {
  if (!row) return;
  rove(row);
  row.focus();
};
const find = (letter, from) => {
  const now = Date.now();
  typed = now - typedAt > LETTERS_LAST ? letter : typed + letter;
  typedAt = now;
  const all = rows();
  const start = all.indexOf(from) + (typed.length === 1 ? 1 : 0);
  const inTurn = [...all.slice(start), ...all.slice(0, start)];
  return inTurn.find((row) => [row.children[0], row.children[1]].some((part) => part.textContent.toLowerCase().startsWith(typed)));
};
const ACTS = {
  ArrowDown: (row, all) => all[all.indexOf(row) + 1],
  ArrowUp: (row, all) => all[all.indexOf(row) - 1],
  Home: (row, all) => all[0],
  End: (row, all) => all.at(-1),
  ArrowRight: (row, all) => {
    const fold = foldOf(row);
    if (!fold) return null;
    if (fold.open) return all[all.indexOf(row) + 1];
    fold.open = true;
    return row;
  },
  ArrowLeft: (row) => {
    const fold = foldOf(row);
    if (!fold?.open) return outerOf(row);
    fold.open = false;
    return row;
  },
};

if (tree) {
  for (const row of tree.querySelectorAll("a.n")) row.tabIndex = -1;
  for (const mark of tree.querySelectorAll("summary")) mark.tabIndex = -1;
  rove(tree.querySelector("a.n[aria-current]") ?? tree.querySelector("a.n"));
  tree.addEventListener("focusin", (event) => { if (event.target.matches("a.n")) rove(event.target); });
  tree.addEventListener("keydown", (event) => {
    const row = event.target.closest("a.n");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = ACTS[event.key];
    const isLetter = event.key.length === 1 && /\S/.test(event.key) && event.key !== "/";
    if (!act && !isLetter) return;
    event.preventDefault();
    go(act ? act(row, rows()) : find(event.key.toLowerCase(), row));
  });
}
