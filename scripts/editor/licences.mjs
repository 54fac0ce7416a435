// Writes the licences of the packages in static/vendor/codemirror.js beside it: those that esbuild says it took.
import { readFileSync, writeFileSync } from "node:fs";

const { outputs } = JSON.parse(readFileSync("meta.json", "utf8"));
const [{ inputs }] = Object.values(outputs);
const taken = Object.entries(inputs)
  .filter(([path, { bytesInOutput }]) => path.startsWith("node_modules/") && bytesInOutput > 0)
  .map(([path]) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)[1]);
const parts = [...new Set(taken)].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version} (${license})\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync("../../src/plan_graph/web/static/vendor/codemirror.LICENSE.txt", parts.join("\n"));
