// Where the reader is, kept in the address after the #, so that every view can be linked to.
// #/?q=…&kind=…&lacks=…&sort=…   the overview
// #/repository/NAME[/RULE]       one repository, one of its results
export function place() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  const [, view, name, rule] = path.split("/").map(decoded);
  return { view: view ?? "", name: name ?? "", rule: rule ?? "", query: new URLSearchParams(query ?? "") };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const to_overview = (query) => (query?.toString() ? `#/?${query}` : "#/");
export const to_repository = (name, rule) => `#/repository/${encodeURIComponent(name)}${rule ? `/${encodeURIComponent(rule)}` : ""}`;

const THEMES = ["auto", "light", "dark"];

export function theme() {
  try {
    return THEMES.find((one) => one === localStorage.getItem("portfolio-audit-theme")) ?? "auto";
  } catch {
    return "auto";
  }
}

export function set_theme(name) {
  document.documentElement.dataset.theme = name;
  try {
    localStorage.setItem("portfolio-audit-theme", name);
  } catch {
    // A browser that keeps nothing for files: the choice lasts as long as the page.
  }
}

export const next_theme = () => THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
