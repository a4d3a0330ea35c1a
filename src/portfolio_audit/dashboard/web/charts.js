// The two drawn charts: the portfolio's curve over time, and what the plan leads to. Colours come from the style.
import { scaleLinear, scalePoint, scaleUtc } from "d3-scale";
import { area, curveMonotoneX, curveStepAfter, line } from "d3-shape";
import { h, svg } from "./dom.js";

const EDGE = { top: 12, right: 16, bottom: 26, left: 32 };
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

export function curve(history, { alone = false } = {}) {
  const { wide, tall } = alone || one_column() ? size(1152, 0.16) : size(576, 0.36);
  const x = scaleUtc([history[0].at, history.at(-1).at], [EDGE.left, wide - EDGE.right]);
  const y = heights(history.map((one) => one.score), tall);
  const place = [(one) => x(one.at), (one) => y(one.score)];
  const last = history.at(-1);
  return figure(
    `Score over time: from ${rounded(history[0].score)} on ${day.format(history[0].at)} to ${rounded(last.score)} on ${day.format(last.at)}`,
    [
      grid(y, wide),
      x.ticks(4).map((at) => tick(x(at), tall, x.tickFormat(4)(at), x(at) > wide - 48)),
      svg("path", { class: "area", d: area(place[0], y.range()[0], place[1]).curve(curveMonotoneX)(history) }),
      svg("path", { class: "line", d: line(...place).curve(curveMonotoneX)(history) }),
      svg("circle", { class: "dot", cx: x(last.at), cy: y(last.score), r: 4 }),
    ],
    { wide, tall },
    ["When", "Score", "Grade", "At"],
    history.map((one) => [day.format(one.at), rounded(one.score), one.grade, one.label]),
  );
}

export function climb(start, steps) {
  const { wide, tall } = size(1152, 0.16);
  const stops = [{ score: start, fix: "today" }, ...steps];
  const x = scalePoint(stops.map((_, n) => n), [EDGE.left + 8, wide - EDGE.right]);
  const y = heights(stops.map((one) => one.score), tall);
  const place = [(_, n) => x(n), (one) => y(one.score)];
  return figure(
    `What the plan leads to: from ${rounded(start)} today to ${rounded(stops.at(-1).score)} after ${steps.length} fixes`,
    [
      grid(y, wide),
      stops.map((_, n) => (n % Math.ceil(stops.length / (wide / 48)) ? null : tick(x(n), tall, n === 0 ? "today" : n))),
      svg("path", { class: "area", d: area(place[0], y.range()[0], place[1]).curve(curveStepAfter)(stops) }),
      svg("path", { class: "line", d: line(...place).curve(curveStepAfter)(stops) }),
      stops.map((one, n) => svg("circle", { class: "dot", cx: x(n), cy: y(one.score), r: 3.5 })),
    ],
    { wide, tall },
  );
}

// The width a chart will have, so that its letters are as tall as those around it.
function size(most, ratio) {
  const wide = Math.max(280, Math.min(most, document.documentElement.clientWidth - 32));
  return { wide, tall: Math.max(150, Math.round(wide * ratio)) };
}

// Below this the style puts what stands side by side one below the other.
const one_column = () => document.documentElement.clientWidth < 880;

function heights(scores, tall) {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const room = Math.max(4, (high - low) * 0.15);
  return scaleLinear([Math.max(0, low - room), Math.min(100, high + room)], [tall - EDGE.bottom, EDGE.top]).nice(4);
}

const grid = (y, wide) =>
  y.ticks(4).map((at) => [
    svg("line", { class: "rule", x1: EDGE.left, x2: wide - EDGE.right, y1: y(at), y2: y(at) }),
    svg("text", { class: "tick", x: EDGE.left - 8, y: y(at) + 4, "text-anchor": "end" }, String(at)),
  ]);

const tick = (x, tall, text, last = false) => svg("text", { class: "tick", x: last ? x + EDGE.right : x, y: tall - 6, "text-anchor": last ? "end" : "middle" }, String(text));

export const rounded = (score) => score.toFixed(1);

function figure(label, marks, { wide, tall }, heads, rows) {
  const drawing = svg("svg", { viewBox: `0 0 ${wide} ${tall}`, role: "img", "aria-label": label, class: "chart" }, marks);
  if (!rows) return drawing;
  const table = h(
    "table",
    { class: "numbers" },
    h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map((cell) => h("td", null, String(cell)))))),
  );
  return h("div", null, drawing, h("details", { class: "as-table" }, h("summary", null, "The curve in numbers"), table));
}
