#!/usr/bin/env bash
# Installs the build into a fresh folder, builds the consumer against that alone, runs it. run.sh BUILD SOURCE CXX_FLAGS
set -euo pipefail
build=$1 source=$2 flags=${3:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/prefix" >/dev/null
if grep -rn '#include <boost' "$work/prefix/include"; then echo "an installed header includes Boost"; exit 1; fi
cmake -G Ninja -S "$source/tests/install/consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_FLAGS="$flags" \
  -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON >/dev/null
cmake --build "$work/build" >/dev/null
said=$("$work/build/consumer" "$work/prefix/share/theriac/rules/terminology")
wanted='additive sedation · diazepam · mirtazapine · flag fall risk'
[ "$said" = "$wanted" ] || { printf 'expected: %s\nfound:    %s\n' "$wanted" "$said"; exit 1; }
screened=$("$work/prefix/bin/theriac" screen "$source/examples/01_quick_start/ada.yaml" | head -n 1)
case "$screened" in ada*) ;; *) printf 'the installed program said: %s\n' "$screened"; exit 1 ;; esac
echo "installed package works"
