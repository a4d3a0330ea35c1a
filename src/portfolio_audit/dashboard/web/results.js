// What the rules said: what is not met first, with the fix and the evidence.
import { EFFORT_NAMES, link_to, part_title, place_name } from "./data.js";
import { coded, count, h, hidden, outside } from "./dom.js";
import { to_repository } from "./state.js";

const MARKS = {
  pass: ["✓", "Met"],
  partial: ["◐", "Partly met"],
  fail: ["✗", "Not met"],
  not_applicable: ["–", "Not asked"],
  unknown: ["?", "Unknown"],
};
const GROUPS = [
  ["open", "To fix", (one) => one.outcome === "fail" || one.outcome === "partial"],
  ["met", "Met", (one) => one.outcome === "pass"],
  ["silent", "Not judged", (one) => one.outcome === "unknown" || one.outcome === "not_applicable"],
];

export function results_section(report, results, repository, title, project = "") {
  const groups = GROUPS.map(([id, name, belongs]) => ({ id, name, list: results.filter(belongs) }));
  const section = h("section", { "aria-label": title, class: "results", "data-open": "on", "data-met": results.some((one) => one.outcome === "fail") ? "off" : "on", "data-silent": "off" });
  const switches = groups.map(({ id, name, list }) =>
    h("label", { class: "switch" }, h("input", { type: "checkbox", checked: section.getAttribute(`data-${id}`) === "on", "data-group": id, onchange: (event) => section.setAttribute(`data-${id}`, event.target.checked ? "on" : "off") }), `${name} `, h("span", { class: "n" }, String(list.length))),
  );
  section.append(h("div", { class: "heading" }, h("h2", null, title), h("fieldset", { class: "switches" }, h("legend", { class: "unseen" }, "Which results are shown"), switches)));
  for (const [criterion, list] of by_criterion(results)) {
    section.append(h("div", { class: "criterion-group", "data-groups": [...new Set(list.map(group_of))].join(" ") }, h("h3", null, report.titles.get(criterion) ?? criterion), list.sort(by_cost).map((one) => entry(one, repository, project))));
  }
  return section;
}

// Shows the result of a rule that the address names, whatever is switched off.
export function reveal(root, rule, project) {
  for (const one of root.querySelectorAll(".named")) one.classList.remove("named");
  const found = [...root.querySelectorAll("article")].find((one) => one.dataset.rule === rule && one.dataset.project === project);
  if (!found) return;
  const section = found.closest(".results");
  section.setAttribute(`data-${found.dataset.group}`, "on");
  for (const box of section.querySelectorAll("input[data-group]")) box.checked = section.getAttribute(`data-${box.dataset.group}`) === "on";
  found.classList.add("named");
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
}

const group_of = (one) => GROUPS.find(([, , belongs]) => belongs(one))[0];
const RANK = { fail: 0, partial: 0, pass: 1, unknown: 2, not_applicable: 3 };
const by_cost = (one, other) => RANK[one.outcome] - RANK[other.outcome] || other.possible - other.points - (one.possible - one.points) || (one.rule.id < other.rule.id ? -1 : 1);

function by_criterion(results) {
  const groups = new Map();
  for (const one of results) groups.set(one.rule.criterion, [...(groups.get(one.rule.criterion) ?? []), one]);
  return groups;
}

function entry(one, repository, project) {
  const [mark, name] = MARKS[one.outcome];
  const open = group_of(one) === "open";
  return h(
    "article",
    { class: `result ${one.outcome}`, "data-rule": one.rule.id, "data-project": project, "data-group": group_of(one) },
    h("span", { class: "mark", "aria-hidden": "true" }, mark),
    h(
      "div",
      { class: "said" },
      h("h4", null, hidden(`${name}: `), open ? one.rule.title : h("code", null, one.rule.id), open ? h("code", null, one.rule.id) : null),
      h("p", { class: "meta" }, [one.rule.part && part_title(one.rule.part), one.possible ? `${number(one.points)} of ${number(one.possible)} points` : name.toLowerCase(), open && one.rule.severity !== "info" && `${one.rule.severity} severity`].filter(Boolean).join(" · ")),
      one.text ? h("p", { class: "message" }, one.likely ? h("em", { title: "Careful readers did not always agree with this rule" }, "Likely: ") : null, one.text) : null,
      one.suppressed ? h("p", { class: "message" }, `Suppressed: ${one.suppressed}`) : null,
      places(one, repository),
      open ? fix(one.rule) : null,
    ),
  );
}

function places(one, repository) {
  if (!one.places.length) return null;
  const list = one.places.map((at) => {
    const name = place_name(at);
    if (repository.inside?.has(at.path)) return h("li", null, h("a", { href: to_repository(at.path), class: "place" }, name));
    const address = link_to(repository, at);
    return h("li", null, address ? outside(address, { class: "place" }, name, hidden(" on GitHub, opens in a new tab")) : h("span", { class: "place" }, name), at.note ? h("span", { class: "note" }, at.note) : null);
  });
  return h("ul", { class: "places" }, list, one.more ? h("li", { class: "note" }, `and ${count(one.more, "more place")}`) : null);
}

function fix(rule) {
  return h(
    "details",
    { class: "fix" },
    h("summary", null, h("b", null, "Fix: "), rule.fix, " ", h("span", { class: "effort" }, EFFORT_NAMES[rule.effort] ?? rule.effort)),
    rule.why ? h("p", { class: "why" }, coded(rule.why)) : null,
    h("ol", null, rule.steps.map((one) => h("li", null, coded(one)))),
    rule.links.length ? h("p", { class: "links" }, rule.links.map((link) => outside(link, null, link))) : null,
  );
}

const number = (value) => String(Math.round(value * 10) / 10);
