// Files go up piece by piece and are asked after until the checks are done. Without this script the form sends them whole.

const PIECE = 1024 * 1024;
const AT_ONCE = 3;
const WAITS = [500, 1500, 4000];
const SETTLED = new Set(["fit", "refused", "placed", "gone"]);

const form = document.querySelector("form[data-uploads]");
const list = document.querySelector("[data-list]");
const summary = document.querySelector("[data-summary]");
const placing = document.querySelector("[data-placing]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const rows = [];
const queue = [];
let active = 0;

const pause = (time) => new Promise((done) => { setTimeout(done, time); });
const percent = (part, whole) => Math.floor((100 * part) / whole);

async function ask(url, options = {}) {
  const headers = { "X-CSRFToken": token, Accept: "application/json", ...options.headers };
  const answer = await fetch(url, { credentials: "same-origin", redirect: "error", ...options, headers });
  const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  if (said && (answer.ok || [409, 422].includes(answer.status))) return said;
  if (answer.status >= 500 || answer.status === 429) throw new TypeError("The server did not answer.");
  return { state: "refused", words: "The dossier does not take it now. Load the page again to see why." };
}

// A broken line is tried again by itself a few times, and then left to the person.
async function insist(row, url, options) {
  for (let turn = 0; ; turn += 1) {
    try {
      return await ask(url, { ...options, signal: row.stop.signal });
    } catch (error) {
      if (row.stop.signal.aborted || turn >= WAITS.length) throw error;
      row.say("The line broke. Trying again");
      await pause(WAITS[turn]);
    }
  }
}

class Row {
  constructor(file) {
    this.file = file;
    this.state = "coming";
    this.element = document.createElement("li");
    this.name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
    this.bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    this.bar.setAttribute("aria-label", file.name);
    this.words = Object.assign(document.createElement("span"), { className: "words meta", textContent: "Waiting" });
    this.again = this.button("Try again", () => { this.again.hidden = true; enqueue(this); });
    this.away = this.button("Cancel", () => this.cancel());
    this.again.hidden = true;
    this.element.append(this.name, this.bar, this.words, this.again, this.away);
    list.append(this.element);
  }

  button(label, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: label });
    const of = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${this.file.name}` });
    button.append(of);
    button.addEventListener("click", act);
    return button;
  }

  say(words) { this.words.textContent = words; }

  async send() {
    this.stop = new AbortController();
    this.state = "coming";
    try {
      const body = new FormData();
      body.set("name", this.file.name);
      body.set("size", this.file.size);
      body.set("modified", this.file.lastModified);
      let said = await insist(this, form.dataset.uploads, { method: "POST", body });
      this.url = said.url;
      document.querySelector(`[data-waiting="${CSS.escape(said.url ?? "")}"]`)?.remove();
      while (said.state === "coming") {
        this.bar.value = percent(said.received, said.size);
        this.say(`${this.bar.value} %`);
        const piece = this.file.slice(said.received, said.received + PIECE);
        const headers = { "Upload-Offset": said.received, "Content-Type": "application/octet-stream" };
        said = await insist(this, this.url, { method: "POST", headers, body: piece });
      }
      await this.settle(said);
    } catch (error) {
      if (this.state === "gone") return;
      this.state = "broken";
      this.say(`Broken off at ${this.bar.value} %. What is here is kept.`);
      this.again.hidden = false;
    }
  }

  async settle(first) {
    let said = first;
    this.bar.value = 100;
    while (said.url && !SETTLED.has(said.state)) {
      this.say(said.words);
      await pause(700);
      said = await insist(this, this.url, {});
    }
    if (!said.state) said.state = "refused";
    this.state = said.state;
    if (said.state === "fit") this.place(said.row);
    else if (said.state === "placed") this.element.remove();
    else this.refuse(said.words);
  }

  place(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.querySelector("tr");
    if (!document.getElementById(row.id)) placing.querySelector("tbody").append(row);
    placing.hidden = false;
    this.element.remove();
  }

  refuse(words) {
    this.bar.remove();
    this.words.className = "words";
    this.say(`Not taken: ${words}`);
    this.away.firstChild.textContent = "Throw away";
  }

  async cancel() {
    this.state = "gone";
    this.stop?.abort();
    this.element.remove();
    report();
    if (this.url) await ask(`${this.url}discard/`, { method: "POST" }).catch(() => {});
  }
}

function report() {
  const mine = rows.filter((row) => row.state !== "gone");
  if (!mine.length) { summary.textContent = ""; return; }
  const ready = mine.filter((row) => row.state === "fit" || row.state === "placed").length;
  const refused = mine.filter((row) => row.state === "refused").length;
  const words = [`${ready} of ${mine.length} files ready to be placed`];
  if (refused) words.push(`${refused} not taken`);
  summary.textContent = `${words.join(", ")}.`;
}

function enqueue(row) {
  queue.push(row);
  work();
}

async function work() {
  if (active >= AT_ONCE || !queue.length) return;
  active += 1;
  const row = queue.shift();
  if (row.state !== "gone") await row.send();
  active -= 1;
  report();
  work();
}

function begin(files) {
  for (const file of files) {
    const row = new Row(file);
    rows.push(row);
    enqueue(row);
  }
  report();
}

const input = form.querySelector("input[type=file]");
input.addEventListener("change", () => {
  const files = [...input.files];
  input.value = "";
  begin(files);
});
const drop = form.querySelector(".drop");
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  begin(event.dataTransfer.files);
});

// Throwing a row away keeps what was typed in the others.
placing.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-discard]");
  if (!button) return;
  event.preventDefault();
  await ask(button.formAction, { method: "POST" });
  const table = button.closest("tbody");
  button.closest("tr").remove();
  placing.hidden = !table.children.length;
  input.focus();
});

// What was still in the checks when the page was made.
for (const element of list.querySelectorAll("[data-url]")) {
  const row = new Row({ name: element.querySelector(".name").textContent });
  row.url = element.dataset.url;
  row.stop = new AbortController();
  element.replaceWith(row.element);
  rows.push(row);
  row.settle({ url: row.url, state: "checking", words: "Being checked" }).catch(() => row.say("Load the page again.")).finally(report);
}
