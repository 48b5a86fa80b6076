/* Charts whose axis is no row of names: curves that fall in steps with a band around them, and flows between nodes. */

export function curve(spec, c, w, f, { tip, alpha, colourOf }) {
  const at = spec.at, points = (values) => values.map((v, i) => [at[i], v]);
  const one = spec.series.length === 1;
  const lines = spec.series.map((s, i) => ({
    name: s.name, type: "line", step: "end", data: points(s.data), z: 3, symbol: "none", connectNulls: false, emphasis: { disabled: true },
    lineStyle: { width: 2.25, color: colourOf(s, i, c) }, itemStyle: { color: colourOf(s, i, c) },
  }));
  /* The band is what lies between two lines, one of them drawn upon the other. */
  const bands = spec.series.flatMap((s, i) => {
    const spread = s.low.map((v, n) => (v === null || s.high[n] === null ? null : s.high[n] - v));
    const band = { type: "line", step: "end", symbol: "none", stack: `band-${i}`, stackStrategy: "all", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, emphasis: { disabled: true } };
    return [{ ...band, data: points(s.low) }, { ...band, data: points(spread), areaStyle: { color: alpha(colourOf(s, i, c), one ? .18 : .1) } }];
  });
  const text = { color: c.mute, fontSize: 11.5 };
  return {
    ...f, grid: { ...f.grid, bottom: spec.across ? 24 : 4 },
    xAxis: { type: "value", min: 0, max: at.at(-1), name: spec.across, nameLocation: "middle", nameGap: 26, nameTextStyle: text, axisLabel: text, splitLine: { show: false }, axisLine: { lineStyle: { color: c.rule } }, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, max: 1, splitNumber: 5, axisLabel: { ...text, formatter: w.axis }, splitLine: { lineStyle: { color: c.rule2 } } },
    tooltip: { ...f.tooltip, trigger: "axis", formatter: (found) => {
      const n = found[0].dataIndex;
      const told = (s) => (s.low[n] === null ? w.value(s.data[n]) : `${w.value(s.data[n])} (${w.value(s.low[n])} – ${w.value(s.high[n])})`);
      return tip(w, c, `${spec.across ?? ""} ${at[n]}`, spec.series.map((s, i) => ({ name: s.name, value: told(s), colour: colourOf(s, i, c) })));
    } },
    series: [...lines, ...bands],
  };
}

export function sankey(spec, c, w, f, { tip, alpha }) {
  const { data, ends } = spec.series[0];
  const keys = Object.keys(spec.names), labels = [...new Set(keys.map((key) => spec.names[key]))];
  const colour = (key) => (/\*(exit|entry|others)\*$/.test(key) ? c.mute : c.series[labels.indexOf(spec.names[key]) % (c.series.length - 1)]);
  return {
    ...f, grid: undefined,
    tooltip: { ...f.tooltip, trigger: "item", formatter: (p) => {
      const title = p.dataType === "edge" ? `${spec.names[p.data.source]} → ${spec.names[p.data.target]}` : spec.names[p.name];
      return tip(w, c, title, [{ name: spec.series[0].name, value: w.value(p.value), colour: p.dataType === "edge" ? colour(p.data.source) : colour(p.name) }]);
    } },
    series: [{
      type: "sankey", nodeAlign: "left", draggable: false, nodeWidth: f.narrow ? 7 : 10, nodeGap: f.narrow ? 6 : 10, layoutIterations: 24,
      left: 4, top: 8, right: f.narrow ? 50 : 110, bottom: 8, emphasis: { focus: "adjacency" },
      data: keys.map((key) => ({ name: key, itemStyle: { color: colour(key), borderWidth: 0 } })),
      links: data.map((value, i) => ({ source: ends[i][0], target: ends[i][1], value, lineStyle: { color: alpha(colour(ends[i][0]), .26) } })),
      label: { color: c.ink2, fontSize: f.narrow ? 9.5 : 11.5, fontFamily: c.font, width: f.narrow ? 44 : 108, overflow: "truncate", formatter: (p) => spec.names[p.name] },
    }],
  };
}
