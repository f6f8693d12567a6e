#!/usr/bin/env bash
# axe.sh PROGRAM SOURCE_FOLDER: the pages of the first example and of the vignettes under axe-core in headless Chromium, at two widths.
# Needs chromium, node, and the packages axe-core and puppeteer-core below $NODE_PATH; without them it says so and is skipped (77).
set -u
program=$1 source=$2
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] || ! command -v node >/dev/null || [ ! -d "${NODE_PATH:-/nowhere}/axe-core" ] || [ ! -d "${NODE_PATH:-/nowhere}/puppeteer-core" ]; then
  echo "skipped: axe-core is not here. To run it: apt-get install chromium; npm install --no-save --prefix /tmp/axe-npm axe-core puppeteer-core; NODE_PATH=/tmp/axe-npm/node_modules ctest --preset dev -R golden.report.axe"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for input in "$source"/examples/01_quick_start/ada.yaml "$source"/tests/golden/vignettes/*.yaml; do
  "$program" screen "$input" --format html -o "$work/$(basename "$input" .yaml).html" || exit 1
done
node "$source/tests/golden/report/axe.mjs" "$chromium" "$work"/*.html
