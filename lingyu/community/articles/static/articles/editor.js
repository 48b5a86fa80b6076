// The rich editor: what it offers, its toolbar, its dialogs. What it gives back is HTML, which the server
// turns into Markdown; so it offers what Markdown can hold and nothing else.
import {
  Editor, Node as Block, Document, Paragraph, Text, Bold, Italic, Strike, Code, Heading, Blockquote,
  BulletList, OrderedList, ListItem, CodeBlock, HorizontalRule, HardBreak, Link, Table, TableRow,
  TableHeader, TableCell, UndoRedo, Dropcursor, Gapcursor, Placeholder, TrailingNode,
} from "../django_prose_editor/editor.js";
import { cleaned } from "./pasting.js";

const OURS = "/pictures/file/";

const Picture = Block.create({
  name: "picture",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes() {
    return { src: { default: null }, alt: { default: "" }, title: { default: null } };
  },
  parseHTML() {
    const read = (image) => image?.getAttribute("src")?.startsWith(OURS)
      && { src: image.getAttribute("src"), alt: image.getAttribute("alt") || "", title: image.getAttribute("title") };
    return [
      { tag: "figure", getAttrs: (figure) => read(figure.querySelector("img")) },
      { tag: "img", getAttrs: read },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    return ["figure", { "data-caption": HTMLAttributes.title }, ["img", HTMLAttributes]];
  },
});

// One paragraph a cell: a cell of Markdown is one line. Its alignment is kept as it was.
const side = {
  class: {
    default: null,
    parseHTML: (cell) => ["end", "middle"].find((name) => cell.classList.contains(name)) ?? null,
  },
};
const cell = (kind) => kind.extend({ content: "paragraph", addAttributes() { return { ...this.parent?.(), ...side }; } });

const extensions = (placeholder) => [
  Document, Paragraph, Text, Bold, Italic, Strike, Code.extend({ excludes: "" }),
  Heading.configure({ levels: [2, 3, 4, 5, 6] }), Blockquote, BulletList, OrderedList, ListItem, CodeBlock,
  HorizontalRule, HardBreak, Link.configure({ openOnClick: false, autolink: false, HTMLAttributes: { target: null, rel: null } }),
  Table.configure({ resizable: false }), TableRow, cell(TableHeader), cell(TableCell),
  UndoRedo, Dropcursor, Gapcursor, Placeholder.configure({ placeholder }), TrailingNode, Picture,
];

/* --- The toolbar ----------------------------------------------------------------------------------- */
// Focused at once: the chain's own focus() waits for the next frame, and what is typed until then would be lost.
const chain = (editor) => { editor.view.focus(); return editor.chain().focus(); };
const WORK = {
  undo: (e) => chain(e).undo().run(),
  redo: (e) => chain(e).redo().run(),
  heading2: (e) => chain(e).toggleHeading({ level: 2 }).run(),
  heading3: (e) => chain(e).toggleHeading({ level: 3 }).run(),
  heading4: (e) => chain(e).toggleHeading({ level: 4 }).run(),
  bold: (e) => chain(e).toggleBold().run(),
  italic: (e) => chain(e).toggleItalic().run(),
  strike: (e) => chain(e).toggleStrike().run(),
  code: (e) => chain(e).toggleCode().run(),
  bulletList: (e) => chain(e).toggleBulletList().run(),
  orderedList: (e) => chain(e).toggleOrderedList().run(),
  blockquote: (e) => chain(e).toggleBlockquote().run(),
  codeBlock: (e) => chain(e).toggleCodeBlock().run(),
  rule: (e) => chain(e).setHorizontalRule().run(),
  table: (e) => chain(e).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  addRowAfter: (e) => chain(e).addRowAfter().run(),
  addColumnAfter: (e) => chain(e).addColumnAfter().run(),
  deleteRow: (e) => chain(e).deleteRow().run(),
  deleteColumn: (e) => chain(e).deleteColumn().run(),
  deleteTable: (e) => chain(e).deleteTable().run(),
};
const MARKED = ["bold", "italic", "strike", "code", "link", "bulletList", "orderedList", "blockquote", "codeBlock", "picture", "table"];

function wire(form, editor, dialogs) {
  const tools = [...form.querySelectorAll("[data-command]")];
  for (const tool of tools) {
    // The selection stays where it is when a button is pressed.
    tool.addEventListener("mousedown", (event) => event.preventDefault());
    tool.addEventListener("click", () => (dialogs[tool.dataset.command] ?? WORK[tool.dataset.command])(editor));
  }
  for (const bar of form.querySelectorAll("[role=toolbar]")) roving(bar);
  const show = () => {
    for (const tool of tools) {
      const command = tool.dataset.command;
      const heading = command.match(/^heading(\d)$/);
      if (heading) tool.setAttribute("aria-pressed", editor.isActive("heading", { level: Number(heading[1]) }));
      else if (MARKED.includes(command)) tool.setAttribute("aria-pressed", editor.isActive(command));
      if (command === "undo") tool.setAttribute("aria-disabled", !editor.can().undo());
      if (command === "redo") tool.setAttribute("aria-disabled", !editor.can().redo());
    }
    form.querySelector("[data-in-table]").hidden = !editor.isActive("table");
  };
  editor.on("transaction", show);
  show();
}

// One stop of the Tab key for the whole bar; arrows go from tool to tool.
function roving(bar) {
  const tools = [...bar.querySelectorAll("button")];
  tools.forEach((tool, index) => { tool.tabIndex = index ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = { Home: 0, End: tools.length - 1 }[event.key] ?? (step && (tools.indexOf(document.activeElement) + step + tools.length) % tools.length);
    if (to === undefined || Number.isNaN(to)) return;
    event.preventDefault();
    tools.forEach((tool, index) => { tool.tabIndex = index === to ? 0 : -1; });
    tools[to].focus();
  });
}

/* --- Dialogs --------------------------------------------------------------------------------------- */
const FOLLOWED = /^(https?:\/\/|mailto:|\/(?!\/))\S+$/i;

function linkDialog(editor) {
  const dialog = document.getElementById("link-dialog");
  const form = dialog.querySelector("[data-link-form]");
  const wrong = form.querySelector("[data-error]");
  form.elements.href.value = editor.getAttributes("link").href ?? "";
  form.noValidate = true;
  wrong.hidden = true;
  form.onsubmit = (event) => {
    let href = form.elements.href.value.trim();
    if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(href)) href = `https://${href}`;
    if (!FOLLOWED.test(href)) { event.preventDefault(); wrong.hidden = false; return; }
    const at = chain(editor).extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) at.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else at.setLink({ href }).run();
  };
  form.querySelector("[data-unlink]").onclick = () => { chain(editor).extendMarkRange("link").unsetLink().run(); dialog.close(); };
  dialog.showModal();
}

function pictureDialog(editor, file = null) {
  const dialog = document.getElementById("picture-dialog");
  const form = dialog.querySelector("[data-picture-form]");
  const wrong = form.querySelector("[data-error]");
  const { picture, alt, caption } = form.elements;
  const chosen = !file && editor.isActive("picture") ? editor.getAttributes("picture") : null;
  form.reset();
  form.querySelector("output").textContent = "";
  wrong.hidden = true;
  form.querySelector("[data-choose]").hidden = Boolean(chosen);
  picture.required = !chosen;
  if (chosen) { alt.value = chosen.alt; caption.value = chosen.title ?? ""; }
  if (file) {
    const carried = new DataTransfer();
    carried.items.add(file);
    picture.files = carried.files;
    picture.dispatchEvent(new Event("change"));
  }
  form.onsubmit = async (event) => {
    event.preventDefault();
    const words = { alt: alt.value.trim(), title: caption.value.trim() || null };
    try {
      if (chosen) chain(editor).updateAttributes("picture", words).run();
      else chain(editor).insertContent([{ type: "picture", attrs: { src: await uploaded(form, picture.files[0]), ...words } }, { type: "paragraph" }]).run();
      dialog.close();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  };
  dialog.showModal();
}

async function uploaded(form, file) {
  const button = form.querySelector("[type=submit]");
  const body = new FormData();
  body.append("picture", file);
  body.append("alt", form.elements.alt.value);
  const token = document.querySelector("[data-writing]").elements.csrfmiddlewaretoken.value;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.upload, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return said.src;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

const pictureOf = (files) => [...(files ?? [])].find((file) => file.type.startsWith("image/"));

/* --- The editor ------------------------------------------------------------------------------------ */
export function openEditor(form, html, typed) {
  const surface = form.querySelector("#rich-text");
  const editor = new Editor({
    element: surface,
    extensions: extensions(surface.dataset.placeholder),
    content: html,
    // Its few rules of style are in writing.css: the security policy lets in no others.
    injectCSS: false,
    onUpdate: typed,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label" },
      transformPastedHTML: cleaned,
      handlePaste: (view, event) => {
        const file = !event.clipboardData?.getData("text/html") && pictureOf(event.clipboardData?.files);
        if (file) pictureDialog(editor, file);
        return Boolean(file);
      },
      handleDrop: (view, event, slice, moved) => {
        const file = !moved && pictureOf(event.dataTransfer?.files);
        if (file) { event.preventDefault(); pictureDialog(editor, file); }
        return Boolean(file);
      },
      handleKeyDown: (view, event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return false;
        event.preventDefault();
        event.stopPropagation();
        linkDialog(editor);
        return true;
      },
    },
  });
  wire(form, editor, { link: linkDialog, picture: pictureDialog });
  return editor;
}
