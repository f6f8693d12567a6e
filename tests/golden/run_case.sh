#!/usr/bin/env bash
# run_case.sh PROGRAM SOURCE_FOLDER FILE.case: runs the commands of a case and holds their answers against it. See cli/README.md for the format.
set -u
program=$1 source=$2 case=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/theriac"
ln -s "$source/examples" "$work/examples"
ln -s "$source/rules" "$work/rules"
ln -s "$source/tests/golden/fhir" "$work/fhir"
ln -s "$source/tests/golden/lists" "$work/lists"
cd "$work" || exit 1
export PATH="$work/bin:$PATH" NO_COLOR=1 LC_ALL=C.UTF-8

failures=0
command='' into='' number=0 out=() err=() at=0 code=''

fail() {
  failures=$((failures + 1))
  printf '%s:%d: %s\n  after: %s\n' "${case##*/}" "$number" "$1" "${command:-(no command)}"
}
run() {
  bash -c "$command" >out.txt 2>err.txt
  code=$?
  mapfile -t out <out.txt
  mapfile -t err <err.txt
  at=0
  [ "$code" -ne 70 ] || fail "exit 70: $(cat err.txt)"
}
# Searches standard output for a line that holds $1, from the last line found on: two expectations may be of one line.
expect_line() {
  local i
  for ((i = at; i < ${#out[@]}; i++)); do
    if [[ ${out[i]} == *"$1"* ]]; then
      at=$i
      return
    fi
  done
  fail "no line of the output, from line $((at + 1)) on, holds: $1"
  printf '  | %s\n' "${out[@]}"
}
expect_error() {
  [[ "$(cat err.txt)" == *"$1"* ]] || { fail "standard error does not hold: $1"; printf '  e| %s\n' "${err[@]}"; }
}

while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  if [ -n "$into" ] && { [[ $line == '  '* ]] || [ -z "$line" ]; }; then
    printf '%s\n' "${line:2}" >>"$into"
    continue
  fi
  into=''
  case $line in
    '' | '#'*) ;;
    'file '*) into=${line#file } && : >"$into" ;;
    '$ '*) command=${line#'$ '} && run ;;
    'exit '*) [ "$code" = "${line#exit }" ] || { fail "exit $code, not ${line#exit }"; printf '  e| %s\n' "${err[@]}"; } ;;
    '| '*) expect_line "${line#| }" ;;
    '! '*) if grep -qF -- "${line#! }" out.txt; then fail "the output holds: ${line#! }"; fi ;;
    'e| '*) expect_error "${line#e| }" ;;
    'lines '*) [ "${#out[@]}" -le "${line#lines }" ] || fail "${#out[@]} lines, more than ${line#lines }" ;;
    *) fail "cannot read this line of the case: $line" ;;
  esac
done <"$case"
[ "$failures" -eq 0 ] || { printf '%s\n' "$failures failed"; exit 1; }
