/* What ECharts is told for each kind of chart: spec + colours + words + width -> option. */

import { curve, sankey } from "./flows.js";

const ROLE_COLOURS = { current: 0, other: 5 };

function alpha(colour, a) {
  const [r, g, b] = colour.match(/[\d.]+/g);
  return `rgba(${r},${g},${b},${a})`;
}

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (text) => String(text).replace(/[&<>"]/g, (c) => escapes[c]);

function frame(c, width) {
  return {
    textStyle: { fontFamily: c.font },
    color: c.series,
    grid: { left: 4, right: 14, top: 18, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      confine: true, backgroundColor: c.raised, borderColor: c.rule, padding: [9, 13],
      textStyle: { color: c.ink, fontSize: 12.5, fontFamily: c.font },
      extraCssText: "border-radius:11px;box-shadow:0 14px 36px -14px rgba(10,18,32,.4);line-height:1.7",
      axisPointer: { type: "line", lineStyle: { color: c.mute, width: 1, type: [3, 3] } },
    },
    narrow: width < 460,
  };
}

function tip(w, c, title, lines) {
  const rows = lines.map(({ name, value, colour }) =>
    `<div style="display:flex;gap:18px;align-items:center"><span style="flex:1;color:${c.ink2}"><i style="display:inline-block;width:8px;height:8px;border-radius:3px;margin-right:7px;background:${colour}"></i>${safe(name)}</span><b style="font-weight:620;font-variant-numeric:tabular-nums">${safe(value)}</b></div>`);
  return `<div style="color:${c.mute};font-size:12px">${safe(title)}</div>${rows.join("")}`;
}

function axes(spec, c, w, f, gap) {
  const category = {
    type: "category", data: spec.labels, boundaryGap: gap, axisTick: { show: false },
    axisLine: { lineStyle: { color: c.rule } },
    axisLabel: { color: c.mute, fontSize: 11.5, hideOverlap: true, margin: 10, formatter: w.label.near },
  };
  const value = {
    type: "value", splitNumber: spec.most ? 5 : 4, max: spec.most, axisLabel: { color: c.mute, fontSize: 11.5, formatter: w.axis },
    splitLine: { lineStyle: { color: c.rule2 } }, axisLine: { show: false },
  };
  if (!spec.horizontal) return { xAxis: category, yAxis: value };
  return { xAxis: { ...value, splitNumber: 3 }, yAxis: { ...category, inverse: true, axisLine: { show: false }, axisLabel: { ...category.axisLabel, color: c.ink2, fontSize: 12 } } };
}

function colourOf(series, index, c) {
  if (series.colour) return c.series[series.colour - 1];
  return series.role === "previous" ? c.mute : c.series[ROLE_COLOURS[series.role] ?? index % c.series.length];
}

function axisTip(spec, c, w) {
  return ([{ dataIndex: at }]) => tip(w, c, w.label.full(spec.labels[at]) + (spec.partial?.includes(at) ? " …" : ""), spec.series.map((s, i) => ({
    name: s.name, value: w.value(s.data[at]), colour: colourOf(s, i, c),
  })));
}

/* A bucket that is not over is drawn as what it is: hatched, or at the end of a line that is not firm yet. */
const HATCH = (c) => ({ symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: alpha(c.card, .75) });

function firm(data, partial = []) {
  return data.map((v, i) => (partial.includes(i) ? null : v));
}

function open(spec, c) {
  if (!spec.partial?.length) return [];
  const near = (i) => spec.partial.includes(i) || spec.partial.includes(i + 1);
  return spec.series.flatMap((s, i) => (s.role === "previous" ? [] : [{
    type: "line", data: s.data.map((v, at) => (near(at) ? v : null)), z: 2, smooth: .25, smoothMonotone: "x", symbol: "emptyCircle", symbolSize: 7, silent: true,
    lineStyle: { width: 2, type: [2, 4], color: colourOf(s, i, c) }, itemStyle: { color: colourOf(s, i, c) }, emphasis: { disabled: true },
  }]));
}

/* The last figure of each series stands at its end, unless there is no room for it. */
function line(spec, c, w, f) {
  const last = spec.labels.length - 1;
  return {
    ...f, ...axes(spec, c, w, f, spec.labels.length < 2),
    tooltip: { ...f.tooltip, trigger: "axis", formatter: axisTip(spec, c, w) },
    series: [...spec.series.map((s, i) => {
      const colour = colourOf(s, i, c), before = s.role === "previous", first = i === spec.series.findIndex((x) => x.role !== "previous");
      return {
        name: s.name, type: "line", data: before ? s.data : firm(s.data, spec.partial), z: before ? 1 : 3, smooth: .25, smoothMonotone: "x", connectNulls: false,
        symbol: "circle", symbolSize: 7, showSymbol: s.data.filter((v) => v !== null).length < 3,
        lineStyle: before ? { width: 1.5, type: [4, 4], color: c.mute } : { width: 2.25, color: colour },
        itemStyle: { color: colour, borderColor: c.card, borderWidth: 2 }, emphasis: { disabled: true },
        areaStyle: before || !first ? undefined : { color: { type: "linear", x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: alpha(colour, .2) }, { offset: 1, color: alpha(colour, 0) }] } },
        markPoint: first ? marks(spec, s, colour, c, last) : undefined,
      };
    }), ...open(spec, c)],
  };
}

function marks(spec, series, colour, c, last) {
  return {
    symbol: "circle", symbolSize: 8, silent: true, animation: false,
    itemStyle: { color: colour, borderColor: c.card, borderWidth: 2 },
    data: (spec.marks ?? []).filter((m) => m.at <= last && series.data[m.at] !== null).map((m) => ({
      coord: [m.at, series.data[m.at]],
      label: { show: true, position: "top", distance: 9, formatter: m.text, color: c.card, backgroundColor: c.ink, padding: [4, 8], borderRadius: 6, fontSize: 11.5 },
    })),
  };
}

/* An axis of plain numbers says of what. */
function named({ xAxis, yAxis }, spec, c) {
  if (!spec.across) return { xAxis, yAxis };
  return { xAxis: { ...xAxis, name: spec.across, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: c.mute, fontSize: 11.5 } }, yAxis };
}

function bars(spec, c, w, f, stacked) {
  const round = spec.horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0];
  const top = spec.series.length - 1;
  return {
    ...f, ...named(axes(spec, c, w, f, true), spec, c), grid: { ...f.grid, right: spec.horizontal ? 52 : f.grid.right, bottom: spec.across ? 24 : f.grid.bottom },
    tooltip: { ...f.tooltip, trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: alpha(c.mute, .09) } }, formatter: axisTip(spec, c, w) },
    series: spec.series.map((s, i) => ({
      name: s.name, type: "bar", data: s.data.map((value, at) => (spec.partial?.includes(at) ? { value, itemStyle: { decal: HATCH(c), opacity: .7 } } : value)), stack: stacked ? "all" : undefined, barMaxWidth: spec.horizontal ? 18 : 34,
      barCategoryGap: spec.labels.length > 20 ? "22%" : "42%", barGap: "12%", emphasis: { disabled: true },
      itemStyle: { color: s.role === "previous" ? alpha(c.mute, .45) : colourOf(s, i, c), borderRadius: stacked && i < top ? 0 : round },
      label: spec.horizontal && !stacked && top === 0 ? { show: true, position: "right", color: c.ink2, fontSize: 12, formatter: (p) => w.brief(p.value) } : undefined,
    })),
  };
}

/* First and last value stand on zero, the changes between them hang in the air. */
function waterfall(spec, c, w, f) {
  const data = spec.series[0].data, kinds = spec.series[0].kinds ?? data.map((_, i) => (i === 0 || i === data.length - 1 ? "total" : "change"));
  let level = 0;
  const steps = data.map((v, i) => {
    const from = kinds[i] === "total" ? 0 : level;
    level = from + (v ?? 0);
    return { from, to: level, v, total: kinds[i] === "total" };
  });
  const colour = (s) => (s.total ? c.series[0] : s.v >= 0 ? c.series[1] : c.series[2]);
  const { xAxis, yAxis } = axes(spec, c, w, f, true);
  return {
    ...f, xAxis: { ...xAxis, axisLabel: { ...xAxis.axisLabel, interval: 0, hideOverlap: false, color: c.ink2, width: f.narrow ? 52 : 96, overflow: "break" } }, yAxis,
    tooltip: { ...f.tooltip, trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: alpha(c.mute, .09) } },
      formatter: ([p]) => { const s = steps[p.dataIndex]; return tip(w, c, "", [{ name: spec.labels[p.dataIndex], value: (s.v > 0 && !s.total ? "+" : "") + w.value(s.v), colour: colour(s) }]); } },
    series: [
      { type: "bar", stack: "steps", stackStrategy: "all", silent: true, data: steps.map((s) => Math.min(s.from, s.to)), itemStyle: { color: "transparent" }, emphasis: { disabled: true } },
      { type: "bar", stack: "steps", stackStrategy: "all", barMaxWidth: 56, barCategoryGap: "34%", emphasis: { disabled: true },
        data: steps.map((s) => ({ value: Math.abs(s.to - s.from), itemStyle: { color: colour(s), borderRadius: s.total ? [5, 5, 0, 0] : 4 } })),
        label: { show: true, position: "top", color: c.ink, fontSize: 12, fontWeight: 600, formatter: (p) => { const s = steps[p.dataIndex]; return (s.v > 0 && !s.total ? "+" : "") + w.brief(s.v); } } },
    ],
  };
}

function donut(spec, c, w, f) {
  const data = spec.labels.map((name, i) => ({ name: w.label.near(name), value: spec.series[0].data[i] }));
  const sum = data.reduce((a, d) => a + (d.value ?? 0), 0);
  return {
    ...f,
    tooltip: { ...f.tooltip, trigger: "item", formatter: (p) => tip(w, c, "", [{ name: p.name, value: `${w.value(p.value)} · ${w.share(p.percent / 100)}`, colour: p.color }]) },
    title: { text: w.brief(sum), subtext: spec.series[0].name, left: f.narrow ? "center" : "29.5%", top: f.narrow ? "27%" : "39%", textAlign: f.narrow ? undefined : "center", itemGap: 2,
      textStyle: { color: c.ink, fontSize: 20, fontWeight: 660, fontFamily: c.font }, subtextStyle: { color: c.mute, fontSize: 12 } },
    legend: { orient: "vertical", icon: "roundRect", itemWidth: 9, itemHeight: 9, itemGap: f.narrow ? 7 : 13, ...(f.narrow ? { bottom: 0, left: "center" } : { left: "62%", top: "middle" }),
      textStyle: { color: c.ink2, fontSize: 12.5, rich: { n: { width: 96, fontSize: 12.5, color: c.ink2 }, v: { fontWeight: 600, color: c.ink, fontSize: 12.5 } } },
      formatter: (name) => `{n|${name}}{v|${sum ? w.share((data.find((d) => d.name === name).value ?? 0) / sum) : "–"}}` },
    series: [{ type: "pie", radius: f.narrow ? ["34%", "52%"] : ["58%", "82%"], center: f.narrow ? ["50%", "32%"] : ["30%", "50%"], data, padAngle: 1.5, label: { show: false },
      itemStyle: { borderRadius: 5, borderColor: c.card, borderWidth: 1 }, emphasis: { scaleSize: 4 } }],
  };
}

export function options(spec, colours, write, width) {
  const { narrow, ...rest } = frame(colours, width);
  const f = { ...rest, narrow };
  const made = { line, bar: (...a) => bars(...a, false), stacked: (...a) => bars(...a, true), waterfall, donut,
    curve: (...a) => curve(...a, { tip, alpha, colourOf }), sankey: (...a) => sankey(...a, { tip, alpha }) }[spec.type](spec, colours, write, f);
  delete made.narrow;
  return made;
}
