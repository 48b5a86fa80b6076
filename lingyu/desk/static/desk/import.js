// The upload form: says at once when a file is too large, and that it is on its way when it is sent.
// Without a script the server says the same, later.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const file = form.querySelector("input[type=file]");
  const send = form.querySelector("button[type=submit]");
  file.addEventListener("change", () => {
    const large = file.files[0]?.size > Number(file.dataset.limit);
    file.setCustomValidity(large ? file.dataset.tooLarge : "");
    if (large) file.reportValidity();
  });
  form.addEventListener("submit", () => { send.setAttribute("aria-busy", "true"); });
  // Coming back by the browser's button finds the page as it was left.
  addEventListener("pageshow", () => { send.removeAttribute("aria-busy"); });
}
