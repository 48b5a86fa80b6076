/* A desk's forms are sent when something is chosen; without this script they have a button. */
const ready = (root) => {
  for (const form of root.querySelectorAll("form[data-autosubmit]")) {
    form.querySelectorAll("[data-submit]").forEach((button) => { button.hidden = true; });
    form.addEventListener("change", () => form.requestSubmit());
  }
};

ready(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) ready(event.target); });
