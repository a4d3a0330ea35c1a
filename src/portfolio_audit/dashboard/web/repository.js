// The page of one repository: its score by criterion and part, its plan, and everything the rules said.
import { curve } from "./charts.js";
import { audited, part_title } from "./data.js";
import { count, h, hidden, outside } from "./dom.js";
import { plan_section } from "./plan.js";
import { results_section } from "./results.js";

export function repository_page(report, one, back) {
  return [
    h(
      "header",
      { class: "top" },
      h(
        "div",
        { class: "who" },
        h("p", { class: "crumbs" }, report.portfolio ? [h("a", { href: back }, "All repositories"), neighbours(report, one)] : "Repository as a hiring reviewer reads it"),
        h("h1", { tabindex: "-1" }, one.full),
        h("p", { class: "facts" }, h("span", { class: "kind" }, one.kind), one.why, one.commit ? [" · at ", commit(one)] : null, ` · ${one.read[1]} of ${count(one.read[0], "file")} read`, report.portfolio ? null : ` · ${audited(report)}`),
      ),
      one.counted ? verdict(one) : h("p", { class: "not-counted" }, "Not counted as a portfolio piece"),
    ),
    h("div", { class: "two" }, criteria(report, one), depth(report, one), one.history.length > 1 ? h("section", { "aria-labelledby": "curve", class: "alone" }, h("h2", { class: "small", id: "curve" }, "Over time"), curve(one.history, { alone: true })) : null),
    plan_section(report, one.plan, one.score, one),
    results_section(report, one.results, one, one.projects.length ? "The repository as a whole" : "Results"),
    one.projects.map((project) => [
      h("section", { class: "project" }, h("div", { class: "heading" }, h("h2", null, `Project ${project.folder}`), verdict(project)), h("div", { class: "two" }, criteria(report, project), depth(report, project))),
      results_section(report, project.results, one, `Results of ${project.folder}`, project.folder),
    ]),
    one.problems.length ? h("section", null, h("h2", null, "What could not be read"), h("ul", { class: "plain-list" }, one.problems.map((text) => h("li", null, text)))) : null,
  ];
}

export const verdict = ({ grade, score }) =>
  h("p", { class: "verdict" }, hidden("Grade "), h("b", null, grade), h("span", null, score.toFixed(1), h("small", null, " of 100")));

function commit({ url, commit }) {
  const short = h("code", null, commit.slice(0, 7));
  return url ? outside(`${url}/tree/${commit}`, null, short) : short;
}

function neighbours(report, one) {
  const n = report.repositories.indexOf(one);
  const link = (other, text, key) => (other ? h("a", { href: `#/repository/${encodeURIComponent(other.full)}`, "data-step": key, title: other.full }, text) : null);
  return [link(report.repositories[n - 1], "← previous", "back"), link(report.repositories[n + 1], "next →", "on")];
}

function criteria({ asked }, one) {
  const known = asked.filter(({ id }) => one.criteria.has(id));
  return h("section", { "aria-label": "Criteria" }, h("h2", { class: "small" }, "Criteria"), bars(known.flatMap(({ id, title }) => [[title, one.criteria.get(id).score, weight(one.criteria.get(id))], ...(id === "reproducibility" ? ready(one.ready) : [])])));
}

const ready = ([score, runnable, clear]) => (runnable ? [["Readiness", score, `${clear} of ${runnable} look clear`]] : []);

function depth({ asked }, one) {
  return asked.filter(({ id }) => one.criteria.get(id)?.parts.size).map(({ id, title, parts }) => {
    const rows = parts.map((part) => [part_title(part), one.share(`${id}.${part}`), Object.hasOwn(one.rungs, part) ? one.rungs[part] : ""]);
    return h("section", { "aria-label": title }, h("h2", { class: "small" }, title), bars(rows));
  });
}

const weight = (criterion) => `weighs ${Math.round(criterion.weight)}`;

export function bars(rows) {
  return h(
    "dl",
    { class: "bars" },
    rows.map(([title, share, note]) =>
      h(
        "div",
        null,
        h("dt", null, title, note ? h("small", null, note) : null),
        share === null
          ? h("dd", { class: "none" }, "not judged")
          : h("dd", null, h("span", { class: "bar", "aria-hidden": "true" }, h("span", { style: { width: `${share * 100}%` } })), h("span", { class: "value" }, String(Math.round(share * 100)), hidden(" of 100"))),
      ),
    ),
  );
}
