/* Charts: draws every figure[data-chart] from the spec inside it (look/charts.py says what a spec is).
   Colours and type come from the style sheet, numbers and dates are written in the reader's language. */

import * as echarts from "../vendor/echarts.js";
import { options } from "./options.js";
import { words } from "./words.js";

const drawn = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");

/* The colour an element would really have: custom properties keep light-dark() unresolved. */
function theme() {
  const probe = document.body.appendChild(document.createElement("i"));
  const style = getComputedStyle(probe);
  const colour = (name) => { probe.style.color = `var(${name})`; return style.color; };
  const found = {
    font: getComputedStyle(document.body).fontFamily,
    ink: colour("--ink"), ink2: colour("--ink-2"), mute: colour("--ink-3"), rule: colour("--rule"),
    rule2: colour("--rule-2"), card: colour("--card"), raised: colour("--raised"), brand: colour("--brand"),
    series: [1, 2, 3, 4, 5, 6].map((n) => colour(`--c${n}`)),
  };
  probe.remove();
  return found;
}

function paint(figure, colours) {
  const { chart, spec } = drawn.get(figure);
  const width = figure.querySelector(".chart-canvas").clientWidth;
  const still_ = still.matches || navigator.webdriver;
  chart.setOption({ animation: !still_, animationDuration: 500, ...options(spec, colours, words(spec), width) }, true);
}

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const figure = target.closest("figure");
    const entry = drawn.get(figure);
    if (!entry || !target.clientWidth || entry.width === target.clientWidth) continue;
    entry.width = target.clientWidth;
    entry.chart.resize();
    paint(figure, theme());
  }
});

/* Draw what is within an element and not drawn yet. */
export function draw(within = document) {
  const figures = [...within.querySelectorAll("figure[data-chart]:not([data-empty])")];
  if (within.matches?.("figure[data-chart]:not([data-empty])")) figures.push(within);
  const colours = figures.length ? theme() : null;
  for (const figure of figures) {
    if (drawn.has(figure)) continue;
    const canvas = figure.querySelector(".chart-canvas");
    const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    drawn.set(figure, { chart: echarts.init(canvas, null, { renderer: "svg" }), spec, width: canvas.clientWidth });
    paint(figure, colours);
    resized.observe(canvas);
    figure.dataset.drawn = "";
  }
}

addEventListener("lingyu:theme", () => {
  const colours = theme();
  for (const figure of drawn.keys()) figure.isConnected ? paint(figure, colours) : forget(figure);
});
document.addEventListener("htmx:beforeCleanupElement", (event) => { if (drawn.has(event.target)) forget(event.target); });

function forget(figure) {
  drawn.get(figure).chart.dispose();
  drawn.delete(figure);
}
