/* What pages do beyond HTML. Everything here is an improvement: each page works without it.
   Holds no text of its own: words come with the markup, in the reader's language. */

const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* --- Theme: a cookie, so that the server sends the right one and nothing flashes ------------- */
function shownTheme() {
  return root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function setTheme(theme) {
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  dispatchEvent(new CustomEvent("lingyu:theme"));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (!root.dataset.theme) dispatchEvent(new CustomEvent("lingyu:theme"));
});

/* --- One listener for every click ------------------------------------------------------------- */
document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  let found;
  if (at("[data-theme-toggle]")) setTheme(shownTheme() === "dark" ? "light" : "dark");
  else if ((found = at("[data-dialog]"))) { event.preventDefault(); document.getElementById(found.dataset.dialog)?.showModal(); }
  else if ((found = at("[data-dismiss]"))) found.closest("[data-toast], .alert")?.remove();
  else if (at("[data-palette-open]")) openPalette();
  else if ((found = at("[data-copy]"))) copy(found);
  if (event.target.matches("dialog")) event.target.close(); // the backdrop belongs to the dialog
  for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of all("details[data-menu][open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k" && document.getElementById("palette")) {
    event.preventDefault();
    openPalette();
  }
});

async function copy(button) {
  if (navigator.clipboard) await navigator.clipboard.writeText(button.dataset.copy);
  else copyBySelection(button);
  button.dataset.copied = "";
  setTimeout(() => delete button.dataset.copied, 1600);
}

// Browsers offer the clipboard to https and to the machine itself only; a house on a local network has neither.
function copyBySelection(button) {
  const field = Object.assign(document.createElement("textarea"), { value: button.dataset.copy, readOnly: true, className: "unseen" });
  (button.closest("dialog") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  button.focus();
}

/* --- Go to…: every link marked data-jump, filtered as one types --------------------------------- */
const palette = document.getElementById("palette");
let chosen = 0;

function openPalette() {
  if (!palette || palette.open) return;
  palette.querySelector("input").value = "";
  listPages("");
  palette.showModal();
  palette.querySelector("input").focus();
}

function listPages(words) {
  const list = palette.querySelector("ul");
  const wanted = words.trim().toLowerCase();
  const pages = all("a[data-jump]").filter((a) => `${a.textContent} ${a.dataset.jump}`.toLowerCase().includes(wanted));
  chosen = 0;
  list.replaceChildren(...pages.slice(0, 30).map((a, i) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: a.href, tabIndex: -1, id: `jump-${i}` });
    link.setAttribute("role", "option");
    const drawn = a.querySelector("svg")?.cloneNode(true);
    if (drawn) link.append(drawn);
    link.append(a.textContent.trim());
    if (a.dataset.jump) link.append(Object.assign(document.createElement("small"), { textContent: a.dataset.jump }));
    item.setAttribute("role", "presentation");
    item.append(link);
    return item;
  }));
  if (!pages.length) list.append(Object.assign(document.createElement("p"), { textContent: list.dataset.nothing }));
  choose(0);
}

function choose(index) {
  const links = all("ul a", palette);
  if (!links.length) return;
  chosen = (index + links.length) % links.length;
  links.forEach((link, i) => link.setAttribute("aria-selected", i === chosen));
  palette.querySelector("input").setAttribute("aria-activedescendant", links[chosen].id);
  links[chosen].scrollIntoView({ block: "nearest" });
}

if (palette) {
  const field = palette.querySelector("input");
  field.addEventListener("input", () => listPages(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(chosen + (event.key === "ArrowDown" ? 1 : -1)); }
    if (event.key === "Enter") { event.preventDefault(); all("ul a", palette)[chosen]?.click(); }
  });
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of all("[data-mod-key]")) key.textContent = "⌘K";
}

/* --- Parts that a fragment may bring later: called for the page, and for what htmx swaps in ----- */
function enhance(within) {
  for (const table of all("table[data-sortable]", within)) sortable(table);
  for (const zone of all("[data-drop]", within)) dropZone(zone);
  for (const form of all("form[data-submit-on-change]", within)) form.addEventListener("change", () => form.requestSubmit());
  for (const field of all("input[data-filter]", within)) listFilter(field);
  for (const dialog of all("dialog[data-open]", within)) opened(dialog);
  if (within.querySelector("[data-chart]")) import("./charts.js").then((charts) => charts.draw(within));
  for (const toast of all("[data-toast][role=status]", within)) setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), 8000);
}

// A dialog that came as a fragment: shown at once, and gone when it is closed.
function opened(dialog) {
  dialog.removeAttribute("data-open");
  dialog.addEventListener("close", () => (dialog.closest("[data-dialog-frame]") ?? dialog).remove());
  dialog.showModal();
}

// A field that leaves of a form's [data-item]s those that hold what is typed, and of its groups those with any.
function listFilter(field) {
  const form = field.closest("form");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of all("[data-item]", form)) item.hidden = !item.textContent.toLowerCase().includes(wanted);
    for (const group of all("[data-items]", form)) {
      group.hidden = !group.querySelector("[data-item]:not([hidden])");
      if (group.tagName === "DETAILS") group.open = wanted !== "" && !group.hidden;
    }
    const none = form.querySelector("[data-no-item]");
    if (none) none.hidden = Boolean(form.querySelector("[data-item]:not([hidden])"));
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

function sortable(table) {
  table.removeAttribute("data-sortable");
  all("thead th", table).forEach((head, column) => {
    if (head.querySelector(".sort")) return;
    // Only the name becomes the button: an explanation beside it stays what it is.
    const name = head.firstChild;
    if (!name) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort", textContent: name.textContent.trim() });
    name.replaceWith(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sortBy(table, column, head));
  });
}

function sortBy(table, column, head) {
  const down = head.getAttribute("aria-sort") !== "descending";
  const body = table.tBodies[0];
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
  const numeric = (a, b) => Number(a) - Number(b);
  const rows = [...body.rows].map((row) => [value(row), row]);
  const order = rows.every(([v]) => v !== "" && !Number.isNaN(Number(v))) ? numeric : compare;
  rows.sort(([a], [b]) => (down ? order(b, a) : order(a, b)));
  body.append(...rows.map(([, row]) => row));
  for (const other of all("thead th[aria-sort]", table)) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

function dropZone(zone) {
  const input = zone.querySelector("input[type=file]");
  const say = () => { zone.querySelector("output").textContent = [...input.files].map((f) => f.name).join(", "); };
  for (const type of ["dragenter", "dragover"]) zone.addEventListener(type, () => { zone.dataset.over = ""; });
  for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => { delete zone.dataset.over; });
  input.addEventListener("change", say);
}

// What is looked at while one writes must not come between a form and the answer to it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.matches(".remarks-live") && event.target.closest("form.htmx-request")) event.detail.shouldSwap = false;
});

enhance(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) enhance(event.target); });
