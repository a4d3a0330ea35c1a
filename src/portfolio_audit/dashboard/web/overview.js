// The first page of a portfolio: the grade and its curve, the profile, the repositories, the plan, and what was left out.
import { curve } from "./charts.js";
import { audited } from "./data.js";
import { count, h } from "./dom.js";
import { matrix } from "./matrix.js";
import { plan_section } from "./plan.js";
import { bars, verdict } from "./repository.js";
import { results_section } from "./results.js";

export function overview(report, query, go) {
  const { portfolio } = report;
  return [
    h(
      "header",
      { class: "top" },
      h(
        "div",
        { class: "who" },
        h("p", { class: "crumbs" }, "Portfolio as a hiring reviewer reads it"),
        h("h1", { tabindex: "-1" }, portfolio.name || report.target),
        h("p", { class: "facts" }, summary(report)),
      ),
      verdict(report),
    ),
    h("div", { class: "two" }, report.history.length > 1 ? h("section", { "aria-labelledby": "curve" }, h("h2", { class: "small", id: "curve" }, "Over time"), curve(report.history)) : null, profile(report)),
    matrix(report, query, go),
    plan_section(report, portfolio.plan, report.score),
    h("div", { id: "profile" }, results_section(report, portfolio.results, { inside: report.by_name }, "The profile as a whole")),
  ];
}

function summary(report) {
  const counted = report.repositories.filter((one) => one.counted).length;
  const pieces = report.portfolio.pieces.length;
  return [
    `${count(counted, "portfolio piece")} among ${count(report.repositories.length, "repository", "repositories")}`,
    pieces ? `the score follows the best ${pieces === 1 ? "one" : pieces}` : null,
    audited(report),
  ].filter(Boolean).join(" · ");
}

function profile({ portfolio, asked_of_profile }) {
  const known = asked_of_profile.filter(({ id }) => portfolio.criteria.has(id));
  const rows = known.map(({ id, title }) => [title, portfolio.criteria.get(id).score, `weighs ${Math.round(portfolio.criteria.get(id).weight)}`]);
  return h("section", { "aria-labelledby": "whole" }, h("h2", { class: "small", id: "whole" }, "The profile"), bars(rows));
}

export function notes({ notes: { unread, left_out, problems } }) {
  const list = (title, items) => (items.length ? [h("h3", null, title), h("ul", { class: "plain-list" }, items.map((one) => h("li", null, one)))] : null);
  if (!unread.length && !left_out.length && !problems.length) return null;
  return h(
    "section",
    { "aria-labelledby": "notes" },
    h("h2", { id: "notes" }, "What is not in here"),
    list("Could not be read", unread.map(({ name, reason }) => [h("b", null, name), ` ${reason}`])),
    list("Left out", left_out.map(({ reason, count: n }) => `${reason}: ${n}`)),
    list("Problems", problems),
  );
}
