// The data of the page as objects: the other side of dashboard/compact.py.
export const OUTCOMES = ["pass", "partial", "fail", "not_applicable", "unknown"];
export const EFFORTS = { "15m": 0.25, "1h": 1, "4h": 4, "1d": 8, "3d": 24 };
export const EFFORT_NAMES = { "15m": "15 minutes", "1h": "1 hour", "4h": "4 hours", "1d": "1 day", "3d": "3 days" };
export const part_title = (part) => (part === "api" ? "API" : part[0].toUpperCase() + part.slice(1));

export async function read(text) {
  let raw = JSON.parse(text);
  if (raw.gzip) {
    const bytes = Uint8Array.from(atob(raw.gzip), (character) => character.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    raw = await new Response(plain).json();
  }
  return new Report(raw);
}

class Report {
  constructor(raw) {
    const { texts, rules } = raw;
    Object.assign(this, raw);
    this.at = new Date(raw.at);
    this.notes = {
      unread: raw.notes.unread.map(([name, reason]) => ({ name, reason: texts[reason] })),
      left_out: raw.notes.left_out.map(([reason, count]) => ({ reason, count })),
      problems: raw.notes.problems.map((n) => texts[n]),
    };
    this.history = raw.history.map(moment);
    this.asked = raw.criteria.filter((one) => !one.profile);
    this.asked_of_profile = raw.criteria.filter((one) => one.profile);
    this.titles = new Map(raw.criteria.map(({ id, title }) => [id, title]));
    this.repositories = raw.repositories.map((one) => new Repository(one, texts, rules));
    if (!raw.portfolio && this.repositories[0].history.length < 2) this.repositories[0].history = this.history;
    this.by_name = new Map(this.repositories.map((one) => [one.full, one]));
    this.portfolio = raw.portfolio && {
      ...raw.portfolio,
      criteria: scores(raw.portfolio.criteria),
      results: raw.portfolio.results.map((row) => result(row, texts, rules)),
      plan: raw.portfolio.plan.map((row) => step(row, texts)),
    };
    this.rules_by_id = new Map(rules.map((rule) => [rule.id, rule]));
  }
}

class Repository {
  #raw;
  #texts;
  #rules;
  #results;

  constructor(raw, texts, rules) {
    this.#raw = raw;
    this.#texts = texts;
    this.#rules = rules;
    const { name, full, commit, url, kind, why, counted, grade, score, folder, rungs, ready, read } = raw;
    Object.assign(this, { name, full, commit, url, kind, why, counted, grade, score, folder, rungs, ready, read });
    this.criteria = scores(raw.criteria);
    this.history = raw.history.map(moment);
    this.projects = raw.projects.map((one) => new Repository(one, texts, rules));
  }

  // Decoded when they are first looked at: three hundred repositories have twenty thousand results.
  get results() {
    this.#results ??= this.#raw.results.map((row) => result(row, this.#texts, this.#rules));
    return this.#results;
  }

  get plan() {
    return this.#raw.plan.map((row) => step(row, this.#texts));
  }

  get problems() {
    return this.#raw.problems.map((n) => this.#texts[n]);
  }

  // The ids of the rules that are not (wholly) met, without decoding the results.
  get unmet() {
    return this.#raw.results.filter((row) => row[1] === 1 || row[1] === 2).map((row) => this.#rules[row[0]].id);
  }

  // 0 to 1, or null when nothing could be judged: of a criterion ("value") or a part ("depth.api").
  share(column) {
    const [criterion, part] = column.split(".");
    const whole = this.criteria.get(criterion);
    return (part ? whole?.parts.get(part)?.score : whole?.score) ?? null;
  }
}

const long_day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
export const audited = (report) => `audited ${long_day.format(report.at)}`;

const moment = ([at, score, grade, label]) => ({ at: new Date(at), score, grade, label });

function scored([score, points, possible, weight, parts]) {
  return { score, points, possible, weight, parts: scores(parts ?? {}) };
}

const scores = (rows) => new Map(Object.entries(rows).map(([id, row]) => [id, scored(row)]));

function result([rule, outcome = 0, points = 0, possible = 0, text = 0, suppressed = 0, places = [], likely = 0], texts, rules) {
  const more = places.length && typeof places.at(-1) === "number" ? places.at(-1) : 0;
  return {
    rule: rules[rule],
    outcome: OUTCOMES[outcome],
    points,
    possible,
    text: texts[text],
    suppressed: texts[suppressed],
    places: places.filter(Array.isArray).map(([path, line = 0, cell = 0, note = 0]) => ({ path: texts[path], line, cell, note: texts[note] })),
    more,
    likely: likely === 1,
  };
}

function step([rule, gain, score, grade, effort, fix, repository, project], texts) {
  return { rule, gain, score, grade, effort, fix: texts[fix], repository: texts[repository], project: texts[project] };
}

// Where a place can be looked at on GitHub, or null. Files that GitHub renders show no lines unless asked for plainly.
const RENDERED = /\.(md|markdown|mdx|rst|ipynb|csv|tsv|adoc|org|svg)$/i;

export function link_to(repository, { path, line }) {
  if (!repository.url || !repository.commit || !path || path.endsWith("…") || path.includes("\\u")) return null;
  const address = `${repository.url}/blob/${repository.commit}/${path.split("/").map(encodeURIComponent).join("/")}`;
  return line ? `${address}${RENDERED.test(path) ? "?plain=1" : ""}#L${line}` : address;
}

export const place_name = ({ path, line, cell }) => `${path}${cell ? ` · cell ${cell}` : ""}${line ? `:${line}` : ""}`;
