// "Select all on this page": ticks every checkbox of the name it is given. Without a script the box
// is not shown, and comments are ticked one by one.
for (const all of document.querySelectorAll("[data-select-all]")) {
  all.addEventListener("change", () => {
    for (const box of document.getElementsByName(all.dataset.selectAll)) box.checked = all.checked;
  });
}
