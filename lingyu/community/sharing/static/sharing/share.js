// Passing a link on by the system's own sheet, where there is one; and an address that is selected by
// one click. Without it the address can be selected, and the code scanned.
const offered = () => {
  if (!navigator.share) return;
  for (const button of document.querySelectorAll("[data-share-url][hidden]")) button.hidden = false;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share-url]");
  if (button) navigator.share({ url: button.dataset.shareUrl, title: button.dataset.shareTitle }).catch(() => {});
  if (event.target.matches("input[data-select]")) event.target.select();
});
document.addEventListener("htmx:load", offered);
offered();
