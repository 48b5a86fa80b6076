// What is pasted from a word processor or a page, as the editor can use it: no styles, no comments,
// lists as lists, pictures from elsewhere as links. Safe HTML is the server's matter, not this one's.
const DROPPED = "style, script, meta, link, title, xml, noscript, iframe, object, svg, math, template";

export function cleaned(html) {
  // Word hides its list marks and its settings in conditional comments. Styles and handlers go before
  // anything is parsed: the security policy would complain of them, though none of them could run.
  const bare = html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<style[\s\S]*?(<\/style>|$)/gi, "")
    .replace(/(<[^>]*?)\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "$1");
  const page = new DOMParser().parseFromString(bare, "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  const comments = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  for (const element of page.querySelectorAll("*")) if (element.localName.includes(":")) element.replaceWith(...element.childNodes);
  wordLists(page);
  for (const heading of page.querySelectorAll("h1")) rename(heading, "h2");
  for (const image of page.querySelectorAll("img")) linked(image);
  return page.body.innerHTML;
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function linked(image) {
  const address = image.getAttribute("src") ?? "";
  if (address.startsWith("/pictures/file/")) return;
  if (!/^https?:/i.test(address)) { image.remove(); return; }
  const link = image.ownerDocument.createElement("a");
  link.href = address;
  link.textContent = image.alt || address;
  image.replaceWith(link);
}

// Word's lists are paragraphs with a mark in front: `mso-list: l0 level2 lfo1`.
function wordLists(page) {
  const open = [];
  for (const paragraph of page.querySelectorAll("p")) {
    const level = Number(paragraph.getAttribute("style")?.match(/mso-list:[^;]*level(\d)/i)?.[1] ?? 0);
    if (!level || (open.length && paragraph.previousElementSibling !== open[0])) open.length = 0;
    if (!level) continue;
    const mark = paragraph.querySelector("span[style*='mso-list']");
    const ordered = /^\s*[(（]?[0-9a-zA-Z一二三四五六七八九十]+[.)、）．]/.test((mark ?? paragraph).textContent);
    mark?.remove();
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = page.createElement(ordered ? "ol" : "ul");
      if (!open.length) paragraph.before(list);
      else (open.at(-1).lastElementChild ?? open.at(-1).appendChild(page.createElement("li"))).append(list);
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(paragraph);
    open.at(-1).append(item);
  }
}
