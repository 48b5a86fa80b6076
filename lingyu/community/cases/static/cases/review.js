// Keys for those who decide many cases, and "select all on this page". Without a script every one of
// them is a button, a link or a box that is there anyway.
for (const all of document.querySelectorAll("[data-select-all]")) {
  all.addEventListener("change", () => {
    for (const box of document.getElementsByName(all.dataset.selectAll)) box.checked = all.checked;
  });
}

const rows = [...document.querySelectorAll(".case-list > li")];
let here = -1;

function go(step) {
  if (!rows.length) return;
  rows[here]?.removeAttribute("aria-current");
  here = Math.min(Math.max(here + step, 0), rows.length - 1);
  rows[here].setAttribute("aria-current", "true");
  rows[here].querySelector("a")?.focus();
  rows[here].scrollIntoView({ block: "nearest" });
}

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [popover]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "x") rows[here]?.querySelector("input[type=checkbox]")?.click();
  else {
    const found = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!found) return;
    found.click();
    if (found.type === "radio") document.getElementById(event.key === "v" ? "id_lead" : "id_words")?.focus();
  }
  event.preventDefault();
});
