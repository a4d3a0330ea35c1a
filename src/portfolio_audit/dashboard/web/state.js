// Where the reader is, kept in the address after the #, so that every view can be linked to.
// #/?q=…&kind=…&lacks=…&sort=…   the overview
// #/repository/NAME[/RULE[/PROJECT]]   one repository, one of its results, or of those of a project in it
export function place() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  const [, view, name, rule, project] = path.split("/").map(decoded);
  return { view: view ?? "", name: name ?? "", rule: rule ?? "", project: project ?? "", query: new URLSearchParams(query ?? "") };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const to_overview = (query) => (query?.toString() ? `#/?${query}` : "#/");
export const to_repository = (...names) => `#/repository/${names.filter(Boolean).map(encodeURIComponent).join("/")}`;

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
