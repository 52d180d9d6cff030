// Builds the scripts and styles of the house into src/dayu/core/static/dist, where Django serves them.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("../src/dayu/core/static/dist");

const options = {
  entryPoints: {
    app: here("src/app.ts"),
    "app-style": here("styles/app.css"),
    portal: here("src/portal.ts"),
    "portal-style": here("styles/portal-bundle.css"),
  },
  outdir,
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "iife",
  target: ["es2020", "chrome87", "safari15", "firefox91"],
  legalComments: "linked",
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  rmSync(outdir, { recursive: true, force: true });
  await esbuild.build(options);
}
