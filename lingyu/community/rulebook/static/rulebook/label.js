// Labelling by keyboard: a key presses the button that names it in data-key. Keys with Ctrl, Alt or Meta,
// and those typed into a field, are left alone.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input:not([type=hidden]), textarea, select")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});
