// The plan: what to do next, with what it gains and costs, and where it leads.
import { climb } from "./charts.js";
import { EFFORTS, EFFORT_NAMES } from "./data.js";
import { count, h, hidden } from "./dom.js";
import { to_repository } from "./state.js";

const FIRST = 8;

export function plan_section(report, steps, start, of) {
  if (!steps.length) return null;
  const last = steps.at(-1);
  const most = Math.max(...steps.map(worth));
  const items = steps.map((step, n) => item(step, report, of, most, n));
  const rest = items.slice(FIRST);
  for (const one of rest) one.hidden = true;
  const more = rest.length
    ? h("button", { type: "button", class: "more", onclick: () => { for (const one of rest) one.hidden = false; more.remove(); rest[0].querySelector("a, b")?.focus?.(); } }, `Show ${rest.length} more`)
    : null;
  return h(
    "section",
    { "aria-labelledby": "plan", class: "plan" },
    h("div", { class: "heading" }, h("h2", { id: "plan" }, "What to do next"), h("p", { class: "told" }, `${count(steps.length, "fix", "fixes")} lead from ${Math.round(start)} to ${last.grade} ${Math.round(last.score)}`)),
    h("div", { class: "climb" }, climb(start, steps.slice(0, 24))),
    h("ol", { class: "steps" }, items),
    more,
  );
}

const worth = (step) => step.gain / (EFFORTS[step.effort] ?? 8);

function item(step, report, of, most, n) {
  const repository = of ?? report.by_name.get(step.repository);
  const where = [of ? null : repository?.name ?? (step.repository || "the profile"), step.project].filter(Boolean).join("/");
  const title = repository ? h("a", { href: to_repository(repository.full, step.rule, step.project) }, step.fix) : h("a", { href: `#/profile/${encodeURIComponent(step.rule)}` }, step.fix);
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("span", { style: { width: `${Math.max(2, Math.sqrt(worth(step) / most) * 100)}%` } }));
  return h(
    "li",
    { value: n + 1 },
    h("span", { class: "gain" }, `+${step.gain.toFixed(1)}`, hidden(" points")),
    h("span", { class: "what" }, title, where ? h("span", { class: "where" }, where, h("code", null, step.rule)) : h("span", { class: "where" }, h("code", null, step.rule))),
    h("span", { class: "effort" }, EFFORT_NAMES[step.effort] ?? step.effort),
    h("span", { class: "worth" }, bar, h("span", { class: "per" }, `${per_hour(worth(step))} an\u00a0hour`)),
    h("span", { class: "reaches" }, hidden("reaches "), h("b", null, step.grade), ` ${Math.round(step.score)}`),
  );
}

const per_hour = (value) => (value >= 1 ? value.toFixed(1) : value.toFixed(2));
