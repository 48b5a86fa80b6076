// The writing page: the rich editor over the Markdown field, text kept as one types, a guard on leaving.
// Without it the page is a form with a Markdown field. Words come with the markup.
import { openEditor } from "./editor.js";

const form = document.querySelector("[data-writing]");
const plain = form.querySelector("[data-plain]");
const area = plain.querySelector("textarea");
const rich = form.querySelector("[data-rich]");
const state = form.querySelector("#copy-state");
const failed = form.querySelector("[data-failed]");
const kind = form.elements.form_of_body;
// Kept so long after the last key, and at least so often while one goes on typing.
const PAUSE = 1_500;
const AT_LEAST = 10_000;
const AGAIN = 8_000;
const MODE = "writing-mode";

let editor = null;
let edits = 0; // how often something was typed, and up to which of them was sent
let sent = 0;
let leaving = false;
let pause, latest, look;

/* --- Two ways of writing one text ---------------------------------------------------------------- */
async function converted(wanted) {
  sync();
  const body = new URLSearchParams({ body: area.value, form_of_body: kind.value, wanted });
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.convert, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

function show(mode) {
  form.dataset.mode = mode;
  rich.hidden = mode !== "rich";
  plain.hidden = mode === "rich";
  form.querySelector("[data-preview]").hidden = mode === "rich";
  form.querySelector("[data-surface]").classList.toggle("span-6", mode !== "rich");
  form.querySelector("[data-surface]").classList.toggle("span-12", mode === "rich");
  for (const button of form.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  try { localStorage.setItem(MODE, mode); } catch { /* a browser that keeps nothing */ }
  form.querySelector("#body-label").htmlFor = mode === "rich" ? "" : "id_body";
  if (mode !== "rich") form.dispatchEvent(new Event("look"));
}

function toRich(html) {
  if (!editor) editor = openEditor(form, html, typed);
  else editor.commands.setContent(html, { emitUpdate: false });
  kind.value = "html";
  show("rich");
  count();
}

function sync() {
  if (kind.value === "html" && editor) area.value = editor.isEmpty ? "" : editor.getHTML();
}

for (const button of form.querySelectorAll("button[data-mode]")) {
  button.addEventListener("click", async () => {
    if (button.dataset.mode === form.dataset.mode) return;
    try {
      if (button.dataset.mode === "rich") {
        const html = await converted("editor");
        toRich(html);
        editor.commands.focus("start");
      } else {
        const text = await converted("markdown");
        area.value = text;
        kind.value = "markdown";
        show("markdown");
        area.focus();
      }
    } catch { failed.hidden = false; }
  });
}

/* --- Keeping ---------------------------------------------------------------------------------------- */
function typed() {
  edits += 1;
  form.dataset.unkept = "";
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
  latest ??= setTimeout(keep, AT_LEAST);
  clearTimeout(look);
  look = setTimeout(() => { count(); if (form.dataset.mode !== "rich") form.dispatchEvent(new Event("look")); }, 400);
}

const unkept = () => "unkept" in form.dataset;

function keep() {
  clearTimeout(pause);
  clearTimeout(latest);
  latest = undefined;
  if (leaving) return;
  sync();
  sent = edits;
  form.dispatchEvent(new Event("keep"));
}

form.addEventListener("input", (event) => { if (event.target.closest("[name]") && event.target.type !== "hidden") typed(); });
form.addEventListener("change", (event) => { if (event.target.matches("select")) typed(); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && unkept()) keep(); });

state.addEventListener("htmx:afterRequest", (event) => {
  if (event.target !== state) return;
  failed.hidden = event.detail.successful;
  if (!event.detail.successful) {
    clearTimeout(pause);
    pause = setTimeout(keep, AGAIN);
    return;
  }
  if (sent === edits) delete form.dataset.unkept;
  const copy = state.querySelector("[name=copy]")?.value;
  // Whoever reloads, or comes back after a crash, comes back to this text.
  if (copy) history.replaceState(null, "", `${form.dataset.home}?copy=${copy}`);
});

addEventListener("beforeunload", (event) => { if (unkept() && !leaving) event.preventDefault(); });
form.addEventListener("submit", () => { sync(); leaving = true; clearTimeout(pause); clearTimeout(latest); });
// Back from another page by the browser's memory: the form may be sent again.
addEventListener("pageshow", () => { leaving = false; });

/* --- How much -------------------------------------------------------------------------------------- */
function count() {
  const text = form.dataset.mode === "rich" ? editor.getText() : area.value;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const others = text.match(/[\p{L}\p{N}]+/gu)?.map((w) => w.replace(/\p{Script=Han}+/gu, " ").trim()).filter(Boolean).length ?? 0;
  const output = form.querySelector("[data-count]");
  output.textContent = output.dataset.words.replace("#", (han + others).toLocaleString(document.documentElement.lang));
}

let wished = "rich";
try { wished = localStorage.getItem(MODE) || wished; } catch { /* as above */ }
const opened = form.querySelector("[data-opened]").innerHTML;
// What cannot be opened by the editor stays as Markdown.
if (wished === "rich" && (opened.trim() || !area.value.trim())) toRich(opened);
else { show("markdown"); count(); }
