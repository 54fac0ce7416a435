#!/bin/sh
# Makes src/plan_graph/web/static/vendor/network.js: sigma and graphology as one minified ES module, from npm, with the
# licences of all that is in it beside it. Needs node and npm; run it in the checkout. The same versions give the same
# bytes.
set -eu
vendor="$(cd "$(dirname "$0")/.." && pwd)/src/plan_graph/web/static/vendor"
packages="sigma@3.0.3 graphology@0.26.0 events@3.3.0 graphology-utils@2.5.2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2086  # several words
npm install --prefix "$work" --ignore-scripts --no-save --no-audit --no-fund $packages esbuild@0.28.2 >/dev/null
cat >"$work/entry.js" <<'ENTRY'
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeArrowProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
ENTRY
"$work/node_modules/.bin/esbuild" "$work/entry.js" --bundle --minify --format=esm --target=es2022 \
  --define:process.env.NODE_ENV='"production"' --legal-comments=none --log-level=warning --outfile="$vendor/network.js"
for package in $packages; do
  printf '%s\n\n' "== $package"
  cat "$work/node_modules/${package%@*}"/LICENSE*
  printf '\n'
done >"$vendor/network.LICENSE.txt"
