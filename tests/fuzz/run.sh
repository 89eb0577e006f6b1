#!/usr/bin/env bash
# Fuzzes one target with stable Rust for some seconds: tests/fuzz/run.sh TARGET SECONDS
set -euo pipefail
cd "$(dirname "$0")"
target="$1" seconds="$2"
flags="-Cpasses=sancov-module -Ccodegen-units=1"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
  flags+=" -Cllvm-args=-sanitizer-coverage-$option"
done
RUSTFLAGS="$flags --cfg fuzzing" cargo build --release --target x86_64-unknown-linux-gnu --bin "$target"
mkdir -p "corpus/$target" "artifacts/$target"
exec "${CARGO_TARGET_DIR:-target}/x86_64-unknown-linux-gnu/release/$target" "corpus/$target" "seeds/$target" \
  -max_total_time="$seconds" -timeout=120 -rss_limit_mb=4096 -max_len=8192 -artifact_prefix="artifacts/$target/"
