// Repositories × criteria as a heat map: a plain table, sorted and filtered in place.
import { part_title } from "./data.js";
import { count, h, hidden } from "./dom.js";
import { to_overview, to_repository } from "./state.js";

const STEPS = 6;
const AT_ONCE = 40;

// The criteria, then the parts of those that have any.
const columns_of = (report) => [
  ...report.asked.map(({ id, title }) => ({ id, title, of: "criterion" })),
  ...report.asked.flatMap(({ id, title, parts }) => parts.map((part) => ({ id: `${id}.${part}`, title: part_title(part), of: "part", whole: title }))),
];

export function matrix(report, query, go) {
  const columns = columns_of(report);
  const values = new Map([
    ["name", (one) => one.full.toLowerCase()],
    ["score", (one) => (one.counted ? one.score : one.score - 1000)],
    ...columns.map(({ id }) => [id, (one) => one.share(id) ?? -1]),
  ]);
  const kinds = counted_by(report.repositories.map((one) => one.kind));
  const lacking = counted_by(report.repositories.filter((one) => one.counted).flatMap((one) => [...new Set(one.unmet)]));
  const body = h("tbody");
  const told = h("p", { class: "told", role: "status" });
  const heads = h("tr", null, head("name", "Repository"), head("score", "Grade"), columns.map(({ id, title, of, whole }) => head(id, title, of, whole)));
  const rows = new Map();
  const row_of = (one) => rows.get(one) ?? rows.set(one, row(one, columns)).get(one);
  let turns = 0;
  const search = h("input", { type: "search", id: "search", placeholder: "Name, kind or rule", autocomplete: "off", "aria-keyshortcuts": "/" });
  const kind = select("kind", "Every kind", [...kinds].map(([id, n]) => [id, `${id} (${n})`]));
  const lacks = select("lacks", "Anything", [...lacking].map(([id, n]) => [id, `${report.rules_by_id.get(id)?.title ?? id} (${n})`]));
  const sort = select("sort", null, [["-score", "Best first"], ["score", "Weakest first"], ["name", "Name"], ...columns.map(({ id, title, whole }) => [`-${id}`, `${whole ? `${whole}: ` : ""}${title}, best first`])]);

  function head(id, title, of, whole) {
    const button = h("button", { type: "button", onclick: () => turn(id) }, title, h("span", { class: "arrow", "aria-hidden": "true" }));
    return h("th", { scope: "col", "data-column": id, class: of ?? id }, whole ? hidden(`${whole}: `) : null, button);
  }

  function turn(id) {
    const downward = `-${id}`;
    query.set("sort", sorting() === (id === "name" ? id : downward) ? (id === "name" ? downward : id) : id === "name" ? id : downward);
    update();
  }

  const sorting = () => (values.has((query.get("sort") ?? "").replace(/^-/, "")) ? query.get("sort") : "-score");

  function update() {
    go(to_overview(query));
    show();
  }

  function show() {
    const by = sorting();
    const value = values.get(by.replace(/^-/, ""));
    const sign = by.startsWith("-") ? -1 : 1;
    const shown = report.repositories.filter(wanted(query)).map((one) => [value(one), one]);
    shown.sort(([a, one], [b, other]) => (a < b ? -sign : a > b ? sign : one.full < other.full ? -1 : 1));
    lay(shown.map(([, one]) => one));
    for (const cell of heads.children) {
      const sorted = cell.dataset.column === by.replace(/^-/, "");
      if (sorted) cell.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    told.textContent = shown.length === report.repositories.length ? count(shown.length, "repository", "repositories") : `${shown.length} of ${count(report.repositories.length, "repository", "repositories")}`;
    if (sort.value !== by) sort.value = [...sort.options].some((one) => one.value === by) ? by : "";
  }

  // What fits on a screen now, the others as soon as that has been painted.
  function lay(list) {
    const turn = (turns += 1);
    if (!list.length) return body.replaceChildren(nothing());
    body.replaceChildren(...list.slice(0, AT_ONCE).map(row_of));
    if (list.length > AT_ONCE) requestAnimationFrame(() => setTimeout(() => turn === turns && body.append(...list.slice(AT_ONCE).map(row_of))));
  }

  function nothing() {
    const clear = h("button", { type: "button", class: "quiet", onclick: everything }, "Show all");
    return h("tr", null, h("td", { class: "nothing", colspan: String(2 + columns.length) }, "No repository is like that. ", clear));
  }

  function everything() {
    for (const name of ["q", "kind", "lacks"]) query.delete(name);
    fill();
    update();
    search.focus();
  }

  function fill() {
    search.value = query.get("q") ?? "";
    kind.value = query.get("kind") ?? "";
    lacks.value = query.get("lacks") ?? "";
  }

  fill();
  for (const [name, control] of [["q", search], ["kind", kind], ["lacks", lacks], ["sort", sort]]) {
    control.addEventListener("input", () => {
      if (control.value) query.set(name, control.value);
      else query.delete(name);
      update();
    });
  }
  body.addEventListener("click", (event) => {
    const link = event.target.closest("tr")?.querySelector("a");
    if (link && !event.target.closest("a")) link.click();
  });
  show();
  return h(
    "section",
    { "aria-labelledby": "repositories", class: "wide" },
    h("div", { class: "heading" }, h("h2", { id: "repositories" }, "Repositories"), told),
    h(
      "div",
      { class: "controls", role: "search", "aria-label": "Filter the repositories" },
      labelled("Search", search),
      labelled("Kind", kind),
      labelled("Lacks", lacks),
      labelled("Order", sort),
    ),
    h(
      "div",
      { class: "scrolls", tabindex: "0", role: "region", "aria-label": "Repositories by criteria" },
      h(
        "table",
        { class: "matrix" },
        h("caption", { class: "unseen" }, "Scores of 100 by criterion, then by part; more saturated is better."),
        h("thead", null, over(report), heads),
        body,
      ),
    ),
    legend(),
  );
}

function wanted(query) {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const kind = query.get("kind");
  const lacks = query.get("lacks");
  return (one) => {
    if (kind && one.kind !== kind) return false;
    if (lacks && !(one.counted && one.unmet.includes(lacks))) return false;
    if (!words.length) return true;
    const text = `${one.full} ${one.kind} ${one.unmet.join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function over(report) {
  const parted = report.asked.filter(({ parts }) => parts.length);
  return h("tr", { class: "over", "aria-hidden": "true" }, h("td", { colspan: String(2 + report.asked.length) }), parted.map(({ title, parts }) => h("td", { colspan: String(parts.length) }, h("span", null, `parts of ${title.toLowerCase()}`))));
}

function row(one, columns) {
  return h(
    "tr",
    { class: one.counted ? null : "aside" },
    h("th", { scope: "row" }, h("a", { href: to_repository(one.full), title: one.full }, one.name), h("span", { class: "kind" }, one.kind)),
    one.counted
      ? h("td", { class: "score" }, h("b", null, one.grade), " ", h("span", null, String(Math.round(one.score))))
      : h("td", { class: "score", title: one.why }, h("span", null, "not counted")),
    columns.map(({ id, of }) => heat(one.counted ? one.share(id) : null, of)),
  );
}

function heat(share, of) {
  if (share === null) return h("td", { class: `heat none ${of}` }, h("span", { "aria-hidden": "true" }, "·"), hidden("not judged"));
  return h("td", { class: `heat h${Math.min(STEPS - 1, Math.floor(share * STEPS))} ${of}` }, String(Math.round(share * 100)));
}

function legend() {
  const steps = Array.from({ length: STEPS }, (_, n) => h("i", { class: `heat h${n}` }));
  return h("p", { class: "legend", "aria-hidden": "true" }, "0", h("span", { class: "steps" }, steps), "100", h("i", { class: "heat none" }, "·"), "not judged");
}

function counted_by(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function select(name, everything, options) {
  return h("select", { id: `choose-${name}` }, everything === null ? null : h("option", { value: "" }, everything), options.map(([value, text]) => h("option", { value }, text)));
}

const labelled = (text, control) => h("div", { class: "control" }, h("label", { for: control.id }, text), control);
