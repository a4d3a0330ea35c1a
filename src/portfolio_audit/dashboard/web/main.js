// Starts the page, follows the address, and listens to the keyboard.
import { read } from "./data.js";
import { h } from "./dom.js";
import { notes, overview } from "./overview.js";
import { repository_page } from "./repository.js";
import { reveal } from "./results.js";
import { next_theme, place, set_theme, theme } from "./state.js";

const KEYS = [
  ["/", "search"],
  ["j  k", "next, previous repository"],
  ["Enter", "open it"],
  ["h", "back to all repositories"],
  ["p", "the plan"],
  ["t", "light, dark or as the system has it"],
  ["?", "these keys"],
];

const app = document.getElementById("app");
const content = h("main", { id: "content", tabindex: "-1" });
const report = await read(document.getElementById("data").textContent);
const keys = keys_dialog();
const turn = h("button", { type: "button", class: "quiet", onclick: () => use_theme(next_theme()) });
let shown = null;
let back = "#/";

function show(first) {
  const at = place();
  const asked = at.view === "repository" ? report.by_name.get(at.name) : null;
  const lost = at.view === "repository" && !asked ? at.name : "";
  const one = asked ?? (report.portfolio ? null : report.repositories[0]);
  const key = lost ? `lost ${lost}` : one ? one.full : at.view === "profile" && shown?.startsWith("?") ? shown : `?${at.query}`;
  if (shown !== key) {
    shown = key;
    if (!one && !lost) back = location.hash || "#/";
    content.replaceChildren(...[lost && missing(lost), one ? repository_page(report, one, back) : overview(report, at.query, go), notes(report)].flat(Infinity).filter(Boolean));
    document.title = `${one ? one.full : report.portfolio?.name || report.target} · ${one && !one.counted ? "not counted" : (one ?? report).grade} · Portfolio audit`;
    if (!first) {
      scrollTo(0, 0);
      content.querySelector("h1").focus({ preventScroll: true });
    }
  }
  const rule = one ? at.rule : at.view === "profile" ? at.name : "";
  if (rule) reveal(content, rule, at.project);
}

// Links outlive repositories: who follows an old one is told.
const missing = (name) => h("p", { class: "missing", role: "alert" }, "This report has no repository ", h("b", null, name.slice(0, 140)), ".");

// Changes the address without a step in the browser's history: filters are no pages.
function go(address) {
  history.replaceState(null, "", address);
  shown = `?${place().query}`;
  back = address;
}

function use_theme(name) {
  set_theme(name);
  turn.textContent = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" }[name];
}

function keys_dialog() {
  const rows = KEYS.map(([key, what]) => h("div", null, h("dt", null, key.split("  ").map((one) => h("kbd", null, one))), h("dd", null, what)));
  return h("dialog", { "aria-labelledby": "keys" }, h("h2", { id: "keys" }, "Keys"), h("dl", { class: "keys" }, rows), h("button", { type: "button", class: "quiet", onclick: () => keys.close() }, "Close"));
}

function step(by) {
  const next = content.querySelector(`a[data-step="${by > 0 ? "on" : "back"}"]`);
  if (next) return next.click();
  const links = [...content.querySelectorAll(".matrix tbody a")];
  const now = links.indexOf(document.activeElement);
  links[now < 0 ? 0 : Math.max(0, Math.min(links.length - 1, now + by))]?.focus();
}

const ACTIONS = {
  "/": () => { if (!document.getElementById("search")) location.hash = back; setTimeout(() => document.getElementById("search")?.focus()); },
  j: () => step(1),
  k: () => step(-1),
  h: () => { location.hash = back; },
  p: () => document.getElementById("plan")?.scrollIntoView(),
  t: () => use_theme(next_theme()),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.id === "search") event.target.blur();
  if (keys.open || event.target.closest("input, select, textarea")) return;
  if (!Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key]();
});

// On paper every fix is unfolded; afterwards everything is as it was.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...content.querySelectorAll("details.fix:not([open])")];
  for (const one of unfolded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of unfolded) one.open = false;
});
addEventListener("hashchange", () => { if (location.hash.startsWith("#/") || !location.hash) show(false); });

use_theme(theme());
app.replaceChildren(
  content,
  h(
    "footer",
    { class: "foot" },
    h("p", null, `portfolio-audit ${report.tool}, ruleset ${report.ruleset}. A static score is readiness: only running the work proves that it runs.`, report.shortened ? " This portfolio is large: the page keeps fewer places a result than the audit found." : ""),
    h("p", null, turn, h("button", { type: "button", class: "quiet", onclick: () => keys.showModal() }, "Keys")),
  ),
  keys,
);
show(true);
document.documentElement.dataset.ready = "";
