#!/usr/bin/env bash
# Extracts 5,000 made-up dispatches on a Spark cluster of two workers, one of whose tasks is killed once, and on one machine, and
# compares the builds byte by byte. Installs pyspark into WORK, and Debian's Java when there is none (as root).
#
# examples/spark/run.sh RELATA WORK [DOCUMENTS]
set -euo pipefail
relata="$(realpath "$1")"
work="$(mkdir -p "$2" && realpath "$2")"
documents="${3:-5000}"
here="$(cd "$(dirname "$0")" && pwd)"

if ! command -v java > /dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y default-jre-headless
fi
if ! [ -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
fi
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt"

rm -rf "$work/parts" "$work/spark" "$work/one"
python3 "$here/make_documents.py" "$documents" > "$work/documents.jsonl"
started=$SECONDS
"$work/venv/bin/python" "$here/extract_on_spark.py" "$relata" "$work/documents.jsonl" "$work/parts" --break-one
echo "Spark took $((SECONDS - started)) s"
"$relata" build --from "$work/parts" -o "$work/spark"
started=$SECONDS
"$relata" extract --lines < "$work/documents.jsonl" > "$work/one.jsonl"
echo "one machine took $((SECONDS - started)) s"
"$relata" build --from "$work/one.jsonl" -o "$work/one"
diff -r "$work/spark" "$work/one"
echo "the builds of $documents documents are the same bytes"
