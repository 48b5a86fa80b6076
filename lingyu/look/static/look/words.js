/* How a chart writes its numbers and labels, in the language of its spec. */

export function words(spec) {
  const tag = spec.language.startsWith("zh") ? "zh-CN" : "en";
  const scale = spec.unit === "money" ? 10 ** spec.minor : 1;
  const minus = (text) => text.replace(/^-/, "−");
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: spec.unit === "count" ? 0 : 2 });
  const exactMoney = new Intl.NumberFormat(tag, { minimumFractionDigits: spec.minor, maximumFractionDigits: spec.minor });
  const short = new Intl.NumberFormat(tag, { notation: "compact", maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(tag, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const roundShare = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  const isShare = spec.unit === "ratio" || spec.unit === "percent";

  const value = (v) => {
    if (v === null || v === undefined || Number.isNaN(v)) return "–";
    if (isShare) return minus(share.format(v));
    if (spec.unit === "money") return (v < 0 ? "−" : "") + spec.symbol + exactMoney.format(Math.abs(v) / scale);
    return minus(plain.format(v));
  };
  const signed = (v, body) => (v < 0 ? "−" : "") + (spec.unit === "money" ? spec.symbol : "") + body;
  /* Axes count in one step and may all be short; a number that stands alone is told in full below ten thousand. */
  const axis = (v) => (isShare ? minus(roundShare.format(v)) : signed(v, short.format(Math.abs(v) / scale)));
  const brief = (v) => {
    const size = Math.abs(v) / scale;
    if (isShare) return minus(share.format(v));
    return signed(v, size < 10_000 ? plain.format(Math.round(size * 10) / 10) : short.format(size));
  };
  return { value, brief, axis, share: (v) => share.format(v), label: labels(tag, spec.grain) };
}

function labels(tag, grain) {
  const near = new Intl.DateTimeFormat(tag, grain === "month" ? { year: "numeric", month: "short", timeZone: "UTC" } : { month: "numeric", day: "numeric", timeZone: "UTC" });
  const full = new Intl.DateTimeFormat(tag, grain === "month" ? { year: "numeric", month: "long", timeZone: "UTC" } : { year: "numeric", month: "short", day: "numeric", weekday: "short", timeZone: "UTC" });
  const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null);
  return {
    near: (text) => { const d = day(text); return d ? near.format(d) : text; },
    full: (text) => { const d = day(text); return d ? full.format(d) : text; },
  };
}
