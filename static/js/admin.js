// Gives names to the controls of Django's administration that have none for a screen reader.

function nameOf(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  return label ? label.textContent.replace(":", "").trim() : "";
}

function nameComboboxes(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-selection");
    const name = nameOf(select);
    if (!box || !name) continue;
    for (const part of [box, ...box.querySelectorAll("[role=textbox]")]) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
    }
  }
}

function nameEmptyHeads(root) {
  for (const head of root.querySelectorAll("th:empty")) {
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = head.classList.contains("original") ? "Row" : "Remove";
    head.append(words);
  }
}

document.getElementById("searchbar")?.setAttribute("aria-label", "Search");
nameEmptyHeads(document);
// Django draws its comboboxes when jQuery says that the page is ready; ours follows them in that line.
window.django?.jQuery(() => nameComboboxes(document));
document.addEventListener("formset:added", (event) => nameComboboxes(event.target));
