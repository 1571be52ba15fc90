// Bundles the page's script and style: `node build.mjs OUT` writes page.js, page.css, NOTICES.txt, manifest.json.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "_built", "page"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Every source of the page, in path order, without what npm puts there. */
function sources(folder) {
  return readdirSync(folder)
    .filter((name) => name !== "node_modules")
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? sources(path) : [path];
    })
    .sort();
}

/** One hash over paths and bytes: an unchanged page is not bundled again. */
function stamp() {
  const hash = createHash("sha256");
  for (const path of sources(here)) {
    hash.update(relative(here, path).split(sep).join("/")).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** The licence texts of what ends up in the bundle (esbuild is a tool, axe-core a test: neither does). */
function notices(packages) {
  return packages
    .map((name) => {
      const folder = join(here, "node_modules", name);
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
    })
    .join("\n");
}

const bundled = ["leaflet", "supercluster", "kdbush"];
const result = await build({
  absWorkingDir: here,
  entryPoints: { page: "src/main.js" },
  bundle: true,
  minify: true,
  write: false,
  outdir: out,
  format: "iife",
  target: ["es2020", "chrome90", "firefox113", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  // Without this any tsconfig.json in a folder above would have a say in the bundle.
  tsconfigRaw: "{}",
  // Leaflet's stylesheet names sprites that this page never shows.
  loader: { ".png": "empty" },
  logLevel: "warning",
});

mkdirSync(out, { recursive: true });
const files = Object.fromEntries(result.outputFiles.map((file) => [file.path.slice(out.length + 1), Buffer.from(file.contents)]));
files["NOTICES.txt"] = Buffer.from(notices(bundled), "utf8");
const versions = bundled.map((name) => `${name} ${JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8")).version}`);
const manifest = {
  format: 1,
  layer_version: "1",
  stamp: stamp(),
  sources: versions,
  files: Object.fromEntries(Object.entries(files).sort().map(([name, bytes]) => [name, sha256(bytes)])),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(out, name), bytes);
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
