// Tells the server, once, that this article was really read: the page was visible and focused for
// fifteen seconds in all, and half of the text has been on the screen. Without it nothing is lost
// but the count.
const article = document.querySelector("[data-read]");
const NEEDED = 15_000;
const STEP = 1_000;

function reached(element) {
  const box = element.getBoundingClientRect();
  return box.height > 0 && innerHeight - box.top >= box.height / 2;
}

function watch(element) {
  let stayed = 0;
  let halfway = false;
  const timer = setInterval(async () => {
    if (document.visibilityState !== "visible" || !document.hasFocus()) return;
    stayed += STEP;
    halfway ||= reached(element);
    if (stayed < NEEDED + STEP || !halfway) return;
    clearInterval(timer);
    const body = new URLSearchParams({ token: element.dataset.token });
    const headers = { "X-CSRFToken": element.dataset.csrf };
    await fetch(element.dataset.read, { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }, STEP);
}

if (article) watch(article);
