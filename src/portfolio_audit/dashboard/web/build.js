// Bundles main.js and page.css into ../assets: one script, one style, and the licences of what is inside them.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assets = process.argv[2] ?? join(here, "..", "assets");
const common = { absWorkingDir: here, bundle: true, minify: true, charset: "utf8", legalComments: "none" };

const script = await build({
  ...common,
  entryPoints: ["main.js"],
  format: "esm",
  target: ["chrome109", "firefox115", "safari16.4"],
  outfile: join(assets, "page.js"),
  metafile: true,
});
await build({ ...common, entryPoints: ["page.css"], outfile: join(assets, "page.css") });

const packages = new Set(
  Object.keys(script.metafile.inputs)
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean),
);
const licences = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
});
writeFileSync(
  join(assets, "LICENSES.txt"),
  `page.js holds code of the packages below.\n\n${licences.join("\n" + "-".repeat(72) + "\n\n")}`,
);
